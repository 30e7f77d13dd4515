"""Files of Tantivy's segments: when they merge, and what is left behind."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.index.engine import open_engine
from kashshaf.index.engines.tantivy import merging
from kashshaf.index.engines.tantivy.checksums import segments
from kashshaf.index.engines.tantivy.merging import removed_share
from kashshaf.index.errors import LockedError
from kashshaf.index.query import Search
from tests.index.contract.bench import Bench, record, scored, term
from tests.index.engines.test_tantivy import by_memory, names

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(open_engine("tantivy"), tmp_path / "comments")


def files(bench: Bench) -> set[str]:
    return {file.name for file in bench.folder.iterdir()}


def test_repeated_updates_leave_no_files_behind(bench: Bench) -> None:
    records = [record(name, "a b c", article=name) for name in names(20)]
    sizes = []
    for _ in range(12):
        bench.put(*records)
        sizes.append(len(files(bench)))
        assert bench.search(Search()).total == 20
    assert max(sizes) <= sizes[0] + 1
    with bench.engine.writer(bench.folder, "comments") as writer:
        for _ in range(12):
            for each in records:
                writer.put(each)
            writer.commit()
    assert len(files(bench)) <= sizes[0] + 1


def test_a_writer_that_was_closed_early_leaves_no_files_behind(bench: Bench) -> None:
    bench.put(record("1", "a"))
    before = files(bench)
    with bench.engine.writer(bench.folder, "comments") as writer:
        writer.put(record("2", "b"))
    bench.put(record("3", "c"))
    assert len(files(bench)) <= 2 * len(before)
    assert bench.search(Search()).total == 2


@pytest.mark.parametrize(("removed", "left"), [(10, 100), (11, 89), (100, 0)])
def test_segments_merge_when_removed_documents_pass_a_tenth(bench: Bench, removed: int, left: int) -> None:
    bench.put(*(record(name, "a b") for name in names(100)))
    bench.remove(*names(100)[:removed])
    assert sum(segment["max_doc"] for segment in segments(bench.folder)) == left
    assert bench.search(Search(term("a"))).total == 100 - removed
    assert removed_share(bench.folder) in (0, 0.1)
    with bench.reader() as reader:
        assert reader.frequencies([term("a")]) == [left]
        reader.check()
        assert sorted(reader.scan()) == sorted(f"stored {name}".encode() for name in names(100)[removed:])


def test_an_index_updated_in_place_ranks_like_a_fresh_one(bench: Bench, tmp_path: Path) -> None:
    old = [record(name, "a " * (place % 9 + 1)) for place, name in enumerate(names(90))]
    new = [record(name, "a b " * (place % 5 + 1)) for place, name in enumerate(names(30))]
    bench.put(*old)
    bench.put(*new)
    search = Search(term("a"), scored("a", "b"), limit=90)
    assert bench.search(search) == by_memory(*new, *old[30:], search=search, tmp_path=tmp_path)


def test_merging_that_makes_something_else_is_not_taken_over(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.put(*(record(name, "a") for name in names(20)))
    monkeypatch.setattr(merging, "MAX_U32", 1)
    bench.remove(*names(20)[:10])
    assert removed_share(bench.folder) == 0.5
    assert bench.search(Search()).total == 10
    assert merging.ASIDE not in files(bench)


def test_a_commit_stands_where_merging_fails(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def link_files(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    bench.put(*(record(name, "a") for name in names(20)))
    with monkeypatch.context() as patch:
        patch.setattr(merging, "link_files", link_files)
        bench.remove(*names(20)[:10])
    assert removed_share(bench.folder) == 0.5
    bench.remove("d0010")
    assert removed_share(bench.folder) == 0
    assert bench.search(Search()).total == 9


def test_merging_that_was_cut_short_leaves_nothing(bench: Bench) -> None:
    bench.put(*(record(name, "a") for name in names(20)))
    (bench.folder / merging.ASIDE).mkdir()
    (bench.folder / merging.ASIDE / "some.idx").write_bytes(b"")
    managed = bench.folder / merging.MANAGED
    managed.write_bytes(orjson.dumps([*orjson.loads(managed.read_bytes()), "never_there.idx"]))
    bench.put(record("x", "a"))
    assert merging.ASIDE not in files(bench)
    assert bench.search(Search()).total == 21


def test_nobody_merges_what_is_being_written(bench: Bench) -> None:
    with bench.engine.writer(bench.folder, "comments"), pytest.raises(LockedError, match="try again"):
        merging.merge(bench.folder)


def test_a_reader_keeps_its_snapshot_when_segments_are_merged(bench: Bench) -> None:
    bench.put(*(record(name, "a") for name in names(20)))
    with bench.reader() as before:
        bench.remove(*names(20)[:10])
        assert before.search(Search(term("a"), scored("a"))).total == 20
        assert len(list(before.scan())) == 20


def test_tantivys_list_of_its_files_names_what_was_merged(bench: Bench) -> None:
    bench.put(*(record(name, "a") for name in names(20)))
    bench.remove(*names(20)[:10])
    managed = set(orjson.loads((bench.folder / merging.MANAGED).read_bytes()))
    assert {name for name in files(bench) if not name.startswith(".")} <= managed
