"""Files of sources: found, named, and marked; whatever they are called and however old they claim to be."""

from __future__ import annotations

import os
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kashshaf.index.errors import SourceError
from kashshaf.index.store.ledger import FileRow, Ledger, digest
from kashshaf.indexer.ingest.files import files
from kashshaf.indexer.ingest.options import Options
from tests.kashshaf.site import BRIDGE, HARVEST, Row, Site, row

PLAIN = Options(None, UTC)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def names(*sources: Path, ledger: Ledger | None = None) -> list[str]:
    return [file.name for file in files(sources, PLAIN, ledger)]


def test_names_are_paths_below_the_source(site: Site) -> None:
    site.write("b/2.jsonl", BRIDGE)
    site.write("a.jsonl", BRIDGE)
    path = site.write("b/1.jsonl", BRIDGE)
    assert names(site.sources) == ["a.jsonl", "b/1.jsonl", "b/2.jsonl"]
    assert names(path) == ["1.jsonl"]


def test_a_name_that_is_taken_gets_folders_before_it(site: Site) -> None:
    for name in ("x/one/n.jsonl", "x/two/n.jsonl", "y/two/n.jsonl"):
        site.write(name, BRIDGE)
    one, two, other = (site.sources / name for name in ("x/one", "x/two", "y/two"))
    assert names(one, two, other) == ["n.jsonl", "two/n.jsonl", "y/two/n.jsonl"]
    assert names(one, one) == ["n.jsonl", "n.jsonl"]


def test_names_stay_what_they_were(site: Site, tmp_path: Path) -> None:
    site.write("one/n.jsonl", BRIDGE)
    site.write("two/n.jsonl", BRIDGE)
    with Ledger(tmp_path) as ledger:
        for file in files([site.sources / "one"], PLAIN, ledger):
            ledger.note_file(FileRow(file.key, file.name, file.root, file.mark))
        assert names(site.sources / "two", ledger=ledger) == ["two/n.jsonl"]
        assert names(site.sources / "one", ledger=ledger) == ["n.jsonl"]


def test_a_source_that_is_not_there(site: Site) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        names(site.sources / "nowhere")


def test_hidden_files_and_ways_out_are_passed_over(site: Site, tmp_path: Path) -> None:
    outside = tmp_path / "outside.jsonl"
    outside.write_text("{}")
    site.write(".hidden.jsonl", BRIDGE)
    site.write(".git/a.jsonl", BRIDGE)
    site.write("a.jsonl", BRIDGE)
    (site.sources / "out.jsonl").symlink_to(outside)
    (site.sources / "dead.jsonl").symlink_to(site.sources / "nothing")
    (site.sources / "loop").symlink_to(site.sources)
    os.mkfifo(site.sources / "pipe.jsonl")
    assert names(site.sources) == ["a.jsonl"]


def test_the_options_are_part_of_the_mark(site: Site) -> None:
    site.write("a.jsonl", BRIDGE)
    marks = {
        file.mark.options
        for options in (PLAIN, Options(None, ZoneInfo("Asia/Beirut")))
        for file in files([site.sources], options)
    }
    assert len(marks) == 2


def test_a_digest_is_of_all_an_article_holds(site: Site) -> None:
    digests = set()
    changes: list[Row] = [{}, {"title": "غيره"}, {"tags": ["أ"]}]
    changes += [{"comments": []}, {"comments_declared": 1}, {"body": "ن"}]
    for change in changes:
        site.write("a.jsonl", {**HARVEST, **change})
        site.reindex(site.sources)
        digests.add(digest(site.stored()["harvest"]))
    assert len(digests) == 5  # no comments are no change: it has none


@pytest.mark.parametrize("content", [b'{"title": "\xd8\xae\xd8\xa8\xd8\xb1"}', b"no json"])
def test_a_file_whose_name_is_no_text(site: Site, content: bytes) -> None:
    site.write("a.jsonl", BRIDGE)
    Path(os.fsdecode(os.fsencode(site.sources) + b"/\xff\xe3.jsonl")).write_bytes(content)
    report = site.reindex(site.sources)
    assert report.articles + len(report.refused) == 2
    assert site.index().added == 0


FAR_OFF = 10**10
"""In 2286: a file may say so, and SQLite's numbers hold nanoseconds until 2262."""


def test_a_file_from_another_age(site: Site) -> None:
    path = site.write("a.jsonl", BRIDGE)
    os.utime(path, (FAR_OFF, FAR_OFF))
    if int(path.stat().st_mtime) != FAR_OFF:
        pytest.skip("this file system keeps no such times")
    site.reindex(site.sources)
    assert site.found() == {"bridge"}
    assert site.index().read == 0


def test_a_file_that_may_not_be_looked_at_does_not_end_the_run(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a folder that may be listed and not entered, which does not bind root."""
    site.write("a.jsonl", BRIDGE)
    site.write("b.jsonl", HARVEST)
    real = Path.lstat

    def lstat(path: Path) -> os.stat_result:
        if path.name == "a.jsonl":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "lstat", lstat)
    assert names(site.sources) == ["a.jsonl", "b.jsonl"]
    assert site.reindex(site.sources).articles == 2


def test_a_file_with_an_arabic_name(site: Site) -> None:
    site.write("أرشيف ٢٠١٦/خبر «أول».jsonl", row("", "خبر"))
    assert site.reindex(site.sources).added == 1
    assert site.index().unchanged == 1


def test_a_file_that_goes_while_it_is_found(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("a.jsonl", BRIDGE)
    found = [site.sources / "gone.jsonl", site.sources / "a.jsonl"]
    monkeypatch.setattr("kashshaf.indexer.ingest.files.discover", lambda *_: iter(found))
    assert site.reindex(site.sources).articles == 1
