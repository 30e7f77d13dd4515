"""Commits as folders: readers see one moment, whatever was cut short beside it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from kashshaf.index import disk
from kashshaf.index.store import commits
from kashshaf.index.store.generations import Generation
from kashshaf.index.store.snapshot import Snapshots
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, EngineWriter, Site, at_point, killed, row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kashshaf.site import Point

CHANGED = row("bridge", "إغلاق الميناء", ("c9", "خسارة فادحة"))
CUT_SHORT: dict[str, Point] = {
    "before the first index": (EngineWriter, "commit", 1),
    "between the two indexes": (EngineWriter, "commit", 2),
    "before its files are on disk": (commits, "write_list", 1),
    "before it serves": (Generation, "write_state", 1),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL)
    site.write("a.jsonl", CHANGED, SCHOOL, HARVEST)
    return site


def folders(site: Site) -> list[str]:
    return sorted(each.name for each in site.store.current().commits_folder().iterdir())


@pytest.mark.parametrize("point", CUT_SHORT.values(), ids=CUT_SHORT)
def test_what_was_cut_short_is_not_seen(site: Site, point: Point) -> None:
    before = site.stored()
    assert killed(site.index, point)
    began = time.monotonic()
    with Snapshots(site.store).use() as snapshot:
        assert snapshot.state.commits == 1
        assert time.monotonic() - began < 2, "a reader waits for a commit that nobody carries out"
    assert site.stored() == before
    assert site.verify().articles == 2
    site.index()
    assert site.found() == {"bridge", "school", "harvest"}
    assert folders(site) == [str(site.store.current().state().commits)]


def test_a_commit_shares_the_files_it_did_not_change(site: Site) -> None:
    def inodes() -> set[int]:
        folder = site.store.current().index_folder("comments")
        return {path.stat().st_ino for path in folder.glob("*.col")}

    site.write("a.jsonl", BRIDGE, SCHOOL, HARVEST)
    before = inodes()
    site.index()
    assert len(before & inodes()) >= len(before) - 1, "nothing was said of the comments"
    assert folders(site) == ["2"]


def test_without_second_names_files_are_copied(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.hardlink_to", refuse)
        site.index()
    assert site.found() == {"bridge", "school", "harvest"}
    assert site.verify().articles == 3


def test_an_error_leaves_no_folder(site: Site) -> None:
    def fail() -> None:
        raise ValueError("stop here")

    undo = at_point((commits, "write_list", 1), fail)
    with pytest.raises(ValueError, match="stop here"):
        site.index()
    undo()
    assert folders(site) == ["1"]


def test_tidying_leaves_what_serves(site: Site) -> None:
    generation = site.store.current()
    (generation.commits_folder() / "7").mkdir()
    (generation.folder / "state.new").write_bytes(b"half")
    commits.tidy(generation)
    assert folders(site) == ["1"]
    assert not list(generation.folder.glob("*.new"))
    assert site.verify().articles == 2


def test_syncing_passes_over_what_goes_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"x")
    synced: list[str] = []

    def sync(path: Path) -> None:
        synced.append(path.name)
        if path.name == "file":
            raise FileNotFoundError

    monkeypatch.setattr(disk, "sync", sync)
    disk.sync_tree(tmp_path)
    assert synced == ["file", tmp_path.name, tmp_path.parent.name]
