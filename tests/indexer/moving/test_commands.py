"""``export``, ``import``, ``snapshot``, ``restore`` as people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kashshaf.command import called, kashshaf, one_line
from tests.kashshaf.site import BRIDGE, SCHOOL, Site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kashshaf.command import Ran

    Capture = pytest.CaptureFixture[str]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL)
    return site


def run(capture: Capture, site: Site, *words: str, index: str = "built") -> Ran:
    return called(capture, *words, index=site.folder / index)


def test_content_goes_from_one_index_to_another(capsys: Capture, site: Site) -> None:
    path = site.folder / "all.jsonl.gz"
    exported = run(capsys, site, "export", str(path))
    assert (exported.status, exported.out) == (0, "")
    assert "2 articles with 3 comments" in exported.err
    imported = run(capsys, site, "import", str(path), index="other")
    assert imported.status == 0
    assert "the index holds 2 articles and 3 comments" in imported.out
    again = run(capsys, site, "import", str(path), index="other")
    assert again.status == 1
    assert "nothing was changed" in again.err
    path.write_bytes(path.read_bytes()[:-20])
    damaged = run(capsys, site, "import", str(path), index="third")
    assert damaged.status == 1
    assert one_line(damaged.err)
    assert run(capsys, site, "import", "nowhere.jsonl", index="third").status == 2
    assert not (site.folder / "third").exists()


def test_content_goes_through_a_pipe(site: Site) -> None:
    ran = kashshaf("export", index=site.settings.index)
    assert ran.status == 0
    assert ran.out.startswith('{"kashshaf":"export"')
    (site.folder / "piped.jsonl").write_text(ran.out)
    assert kashshaf("import", "piped.jsonl", index=site.folder / "other").status == 0


def test_an_index_goes_as_files(capsys: Capture, site: Site) -> None:
    copy = str(site.folder / "copy")
    assert "snapshot in" in run(capsys, site, "snapshot", copy).out
    assert run(capsys, site, "snapshot", copy).status == 1
    assert "restored 2 articles" in run(capsys, site, "restore", copy, index="other").out
    assert run(capsys, site, "restore", copy, index="other").status == 1
    assert run(capsys, site, "restore", copy, "--replace", index="other").status == 0
    assert run(capsys, site, "verify", index="other").status == 0
    assert run(capsys, site, "restore", str(site.sources), index="third").status == 1
    assert run(capsys, site, "restore", "nowhere", index="third").status == 2
    assert not (site.folder / "third").exists()


@pytest.mark.parametrize("words", [["export"], ["snapshot", "copy"]])
def test_without_an_index_there_is_nothing_to_move(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = called(capsys, *words, index=tmp_path / "none")
    assert (ran.status, ran.out) == (1, "")
    assert one_line(ran.err)
    assert [*tmp_path.iterdir()] == []
