"""Generations: begun, switched, rolled back, swept; locks; all that can be wrong with the files."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from kashshaf.analyzers.errors import KashshafError
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.index.engine import open_engine
from kashshaf.index.errors import BrokenIndexError, IndexingError, LockedError, NoIndexError
from kashshaf.index.store import generations
from kashshaf.index.store.generations import LEXICON, Store
from kashshaf.index.store.parts import FORMAT
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kashshaf.index.store.generations import Generation


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "index")


def begun(store: Store) -> Generation:
    generation = store.begin(open_engine("memory"))
    Lexicon.build(generation.folder / LEXICON, {})
    generation.write_state(0, 0)
    return generation


def folders(store: Store) -> set[str]:
    return {each.name for each in (store.root / "generations").iterdir()}


def test_nothing_serves_before_the_first_switch(store: Store) -> None:
    begun(store)
    assert not store.exists()
    for ask in (store.current, store.before, store.earlier):
        with pytest.raises(NoIndexError, match="reindex SOURCE"):
            ask()


def test_two_generations_are_kept_and_dead_ones_swept(store: Store) -> None:
    names = []
    for _ in range(4):
        generation = begun(store)
        store.switch(generation)
        names.append(generation.name)
        assert folders(store) == set(names[-2:])
    assert names == sorted(names)
    dead = begun(store)
    assert folders(store) == {*names[-2:], dead.name}
    begun(store)
    assert dead.name not in folders(store)
    assert store.current().name == names[-1]


def test_rollback_goes_back_once(store: Store) -> None:
    first, second = begun(store), None
    store.switch(first)
    second = begun(store)
    store.switch(second)
    store.go_back(store.earlier())
    assert store.current().name == first.name
    assert store.current().name == first.name
    with pytest.raises(IndexingError, match="nothing was changed"):
        store.earlier()
    third = begun(store)
    store.switch(third)
    assert folders(store) == {first.name, third.name}


def test_rollback_with_one_generation_changes_nothing(site: Site) -> None:
    site.build(BRIDGE)
    pointer = site.store.pointer().read_bytes()
    with pytest.raises(IndexingError, match="nothing was changed"):
        site.rollback()
    assert site.store.pointer().read_bytes() == pointer
    assert site.found("الجسر") == {"bridge"}


@pytest.mark.parametrize("change", [{"fingerprint": "0"}, {"engine_version": "0"}, {"format": 0}])
def test_rollback_refuses_a_generation_that_cannot_be_read(site: Site, change: dict[str, Any]) -> None:
    site.build(BRIDGE)
    site.build(HARVEST)
    before = site.store.before()
    assert before is not None
    site.edit_json("manifest.json", before, **change)
    serving = site.store.current().name
    with pytest.raises(BrokenIndexError, match="reindex"):
        site.rollback()
    assert site.store.current().name == serving


def test_each_commit_is_counted(site: Site) -> None:
    site.build(BRIDGE)
    assert site.store.current().state().commits == 1
    site.write("b.jsonl", HARVEST)
    site.index()
    state = site.store.current().state()
    assert (state.commits, state.articles, state.comments) == (2, 2, 2)


def test_a_second_writer_is_told_who_writes(store: Store) -> None:
    with (
        store.lock("reindex"),
        pytest.raises(LockedError, match=rf"process {os.getpid()} \(kashshaf reindex, since 2"),
        Store(store.root).lock("index"),
    ):
        pytest.fail("there were two writers")
    with store.lock("index"):
        assert b"kashshaf index" in (store.root / "lock").read_bytes()


@pytest.mark.parametrize("doing", ["reindex", "reindex again", "index", "remove"])
def test_every_writing_command_respects_the_lock(site: Site, doing: str) -> None:
    site.build(BRIDGE)
    site.write("a.jsonl", HARVEST)
    commands: dict[str, Callable[[], object]] = {
        "reindex": lambda: site.reindex(site.sources),
        "reindex again": site.reindex,
        "index": site.index,
        "remove": lambda: site.remove("bridge"),
    }
    with site.store.lock("test"), pytest.raises(LockedError, match="kashshaf test"):
        commands[doing]()
    assert site.found() == {"bridge"}
    assert len(site.generations()) == 1


def test_the_lock_goes_with_its_holder(site: Site) -> None:
    """A process that holds the lock is killed: nobody has to tidy up after it."""
    site.build(BRIDGE)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with site.store.lock("reindex"):
            os.write(writing, b"x")
            signal.pause()
        os._exit(1)
    os.read(reading, 1)
    try:
        with pytest.raises(LockedError, match=f"process {child} "):
            site.index()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
        os.close(writing)
    site.write("b.jsonl", HARVEST)
    assert site.index().added == 1


POINTERS: dict[str, bytes | None] = {
    "missing": None,
    "empty": b"",
    "cut short": b'{"current": "2026',
    "no object": b"[1, 2]",
    "without the name": b'{"before": null}',
    "a name that is none": b'{"current": 7, "before": null}',
    "points nowhere": b'{"current": "20000101T000000000000", "before": null}',
    "without the one before": b'{"current": "20000101T000000000000"}',
    "before is no name": b'{"current": "20000101T000000000000", "before": 7}',
}


def spoil_pointer(site: Site, content: bytes | None) -> None:
    site.build(BRIDGE)
    pointer = site.store.pointer()
    if content is None:
        pointer.unlink()
    else:
        pointer.write_bytes(content)
    site.write("a.jsonl", HARVEST)


@pytest.mark.parametrize("content", POINTERS.values(), ids=POINTERS)
def test_a_spoilt_pointer_is_told(site: Site, content: bytes | None) -> None:
    spoil_pointer(site, content)
    with pytest.raises(IndexingError, match="reindex"):
        site.ask("الجسر")
    with pytest.raises(IndexingError, match="reindex"):
        site.reindex()


@pytest.mark.parametrize(
    "name",
    [
        "missing",
        *list(POINTERS)[1:6],
        "points nowhere",
        "without the one before",
        "before is no name",
    ],
)
def test_a_spoilt_pointer_is_mended_by_a_rebuild(site: Site, name: str) -> None:
    """It is what the message tells one to do."""
    spoil_pointer(site, POINTERS[name])
    site.reindex(site.sources)
    assert site.found() == {"harvest"}


@pytest.mark.parametrize(
    "name",
    [
        "missing",
        "empty",
        "points nowhere",
        "without the one before",
        "before is no name",
    ],
)
def test_a_rollback_from_a_spoilt_pointer_is_one_sentence(site: Site, name: str) -> None:
    spoil_pointer(site, POINTERS[name])
    with pytest.raises(KashshafError):
        site.rollback()


MANIFESTS = [
    pytest.param({"format": FORMAT + 1}, id="another format"),
    pytest.param({"format": None}, id="no format"),
    pytest.param({"engine_version": "0"}, id="another version of the engine"),
    pytest.param({"engine": "lucene"}, id="unknown engine"),
    pytest.param({"fingerprint": "0"}, id="another analyzer"),
    pytest.param({"surprise": 1}, id="an unknown key"),
]


@pytest.mark.parametrize("change", MANIFESTS)
def test_an_index_of_another_version_says_reindex(site: Site, change: dict[str, Any]) -> None:
    site.build(BRIDGE)
    site.edit_json("manifest.json", **change)
    site.write("a.jsonl", HARVEST)
    for command in (site.ask, site.index, site.verify, lambda: site.remove("bridge")):
        with pytest.raises(BrokenIndexError, match="kashshaf reindex") as told:
            command()
        assert "\n" not in str(told.value)
    site.reindex(site.sources)
    assert site.found() == {"harvest"}


def test_a_sealed_fingerprint_is_not_worked_out_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(BRIDGE)
    monkeypatch.setattr(generations, "fingerprint", lambda: "another")
    assert site.found() == {"bridge"}
    site.edit_json("manifest.json", seal="")
    with pytest.raises(BrokenIndexError, match="kashshaf reindex"):
        site.found()


@pytest.mark.parametrize("name", ["manifest.json", "state.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"null", b"\xff"])
def test_spoilt_files_of_a_generation_say_reindex(site: Site, name: str, content: bytes) -> None:
    site.build(BRIDGE, SCHOOL)
    (site.store.current().folder / name).write_bytes(content)
    site.write("a.jsonl", HARVEST)
    for command in (site.ask, site.verify):
        with pytest.raises(BrokenIndexError, match="kashshaf reindex"):
            command()
    site.reindex(site.sources)
    assert site.found() == {"harvest"}


def test_names_in_the_pointer_are_whole(site: Site) -> None:
    site.build(BRIDGE)
    first = site.store.current().name
    site.build(HARVEST)
    assert orjson.loads(site.store.pointer().read_bytes()) == {
        "current": site.store.current().name,
        "before": first,
    }
