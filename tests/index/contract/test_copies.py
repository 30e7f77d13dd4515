"""Copies: what is committed in one folder, in another, on every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.query import Search
from tests.index.contract.bench import Bench, record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(bench: Bench, tmp_path: Path) -> Bench:
    """A copy of an index with two documents."""
    bench.put(record("1", "a"), record("2", "a b"))
    copied = Bench(bench.engine, tmp_path / "new")
    bench.engine.copy(bench.folder, tmp_path / "copy", "comments")
    copied.folder = tmp_path / "copy"
    return copied


def test_a_copy_has_what_is_committed(bench: Bench, copy: Bench) -> None:
    assert copy.ids(Search()) == bench.ids(Search()) == ["1", "2"]


def test_a_change_of_the_copy_does_not_show_to_a_reader_of_the_index(bench: Bench, copy: Bench) -> None:
    with bench.reader() as reader:
        copy.put(record("1", "c"), record("3", "c"))
        copy.remove("2")
        assert copy.ids(Search()) == ["1", "3"]
        assert [hit.id for hit in reader.search(Search()).hits] == ["1", "2"]
        with copy.reader() as copied:
            reader.check()
            copied.check()
            assert reader.stored(["2"]) == {"2": b"stored 2"}


def test_both_are_one_index_where_the_folder_does_not_hold_it(bench: Bench, copy: Bench) -> None:
    copy.put(record("3", "c"))
    assert bench.ids(Search()) == (["1", "2"] if bench.engine.embedded else ["1", "2", "3"])


def test_locks_are_not_copied(bench: Bench, copy: Bench) -> None:
    names = {path.name for path in copy.folder.iterdir()}
    assert not names & bench.engine.locks


def test_a_dropped_index_is_gone_and_a_second_time_does_nothing(bench: Bench) -> None:
    bench.engine.drop(bench.folder)
    assert not bench.folder.exists()
    with pytest.raises(BrokenIndexError, match="reindex"):
        bench.engine.reader(bench.folder, "comments")
    bench.engine.drop(bench.folder)
    bench.engine.create(bench.folder, "comments")
    assert bench.ids(Search()) == []


def test_what_the_folder_does_not_hold_has_a_size(bench: Bench) -> None:
    bench.put(record("1", "a"))
    assert bool(bench.engine.size(bench.folder)) is not bench.engine.embedded
