"""Snapshot and restore: files as they were, or nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.index.errors import BrokenIndexError, IndexingError, SourceError
from kashshaf.index.settings import EMBEDDED
from kashshaf.index.store.generations import Store
from kashshaf.indexer.moving import index_copy
from kashshaf.indexer.moving.index_copy import INSIDE, LIST, restore, snapshot
from tests.indexer.live.sites import put
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL, HARVEST)
    site.remove("bridge/c2")
    return site


def elsewhere(site: Site) -> Site:
    """Another index folder, with nothing in it."""
    other = Site.__new__(Site)
    other.folder, other.sources = site.folder, site.sources
    other.settings = replace(site.settings, index=site.folder / "other")
    other.store = Store(other.settings.index)
    return other


def whole(other: Site, site: Site) -> bool:
    return other.stored() == site.stored() and other.verify().articles == len(site.stored())


@pytest.mark.parametrize("engine", EMBEDDED)
@pytest.mark.parametrize("linked", [0, 1 << 40])
def test_a_snapshot_is_the_index(
    tmp_path: Path, engine: str, linked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_copy, "LINKED", linked)
    site = Site(tmp_path)
    site.settings = replace(site.settings, engine=engine)
    site.build(BRIDGE, SCHOOL)
    put(site, HARVEST)
    before = site.stored()
    copied = snapshot(site.settings, tmp_path / "copy", UTC)
    assert bool(copied.linked) is not bool(linked)
    put(site, {**HARVEST, "title": "عنوان آخر"})  # what goes on does not change it
    site.remove("bridge")
    other = elsewhere(site)
    restore(other.settings, tmp_path / "copy", UTC)
    assert other.stored() == before
    assert other.verify().articles == 3
    put(other, {**HARVEST, "title": "عنوان ثالث"})
    restore(
        replace(site.settings, index=tmp_path / "third"), tmp_path / "copy", UTC
    )  # nor does who restores it


def files(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


@pytest.mark.parametrize("kind", ["changed", "cut", "missing", "added", "list"])
def test_a_damaged_snapshot_is_refused_and_nothing_is_changed(site: Site, kind: str) -> None:
    copy = site.folder / "copy"
    snapshot(site.settings, copy, UTC)
    for number, name in enumerate(files(copy)):
        broken = site.folder / f"broken{number}"
        shutil.copytree(copy, broken)
        raw = (broken / name).read_bytes()
        match kind:
            case "changed":
                (broken / name).write_bytes(bytes([raw[0] ^ 1]) + raw[1:] if raw else b"x")
            case "cut":
                (broken / name).write_bytes(raw[:-1] if raw else b"x")
            case "missing":
                (broken / name).unlink()
            case "added":
                (broken / name).with_suffix(".more").write_bytes(raw)
            case _:
                (broken / LIST).write_bytes(raw if name != LIST else b"{}")
        with pytest.raises(SourceError, match="nothing was changed"):
            restore(elsewhere(site).settings, broken, UTC)
        assert not elsewhere(site).store.exists()


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "generation/../../evil", ""])
def test_a_list_does_not_lead_out_of_its_folder(site: Site, name: str) -> None:
    copy = site.folder / "copy"
    snapshot(site.settings, copy, UTC)
    data = orjson.loads((copy / LIST).read_bytes())
    data["files"][0]["name"] = name
    (copy / LIST).write_bytes(orjson.dumps(data))
    with pytest.raises(SourceError):
        restore(elsewhere(site).settings, copy, UTC)


def test_an_index_that_is_there_is_replaced_only_if_asked(site: Site) -> None:
    copy = site.folder / "copy"
    snapshot(site.settings, copy, UTC)
    site.write("a.jsonl", SCHOOL)
    site.index(sync=True)
    with pytest.raises(IndexingError, match="--replace"):
        restore(site.settings, copy, UTC)
    assert site.found() == {"school"}
    restore(site.settings, copy, UTC, replaces=True)
    assert site.found() == {"bridge", "school", "harvest"}
    site.rollback()
    assert site.found() == {"school"}


def test_what_was_removed_since_stays_removed(site: Site) -> None:
    copy = site.folder / "copy"
    snapshot(site.settings, copy, UTC)
    site.remove("harvest")
    restore(site.settings, copy, UTC, replaces=True)
    assert site.found() == {"bridge", "school"}
    assert [each.id for each in site.stored()["bridge"].comments] == ["c1"]


def test_a_snapshot_of_another_version_says_what_to_do(site: Site) -> None:
    copy = site.folder / "copy"
    snapshot(site.settings, copy, UTC)
    manifest = copy / INSIDE / "manifest.json"
    manifest.write_bytes(orjson.dumps({**orjson.loads(manifest.read_bytes()), "format": 1}))
    data = orjson.loads((copy / LIST).read_bytes())
    changed = next(row for row in data["files"] if row["name"].endswith("manifest.json"))
    changed.update(index_copy._row(copy, manifest))
    (copy / LIST).write_bytes(orjson.dumps(data))
    with pytest.raises(BrokenIndexError, match=r"format 1.*export"):
        restore(elsewhere(site).settings, copy, UTC)


def test_a_folder_with_something_in_it_is_left_alone(site: Site) -> None:
    with pytest.raises(IndexingError, match="new or empty"):
        snapshot(site.settings, site.sources, UTC)


def test_a_snapshot_is_taken_while_a_rebuild_runs(site: Site) -> None:
    with site.store.rebuild_lock("reindex"):
        snapshot(site.settings, site.folder / "copy", UTC)
    other = elsewhere(site)
    restore(other.settings, site.folder / "copy", UTC)
    assert whole(other, site)
