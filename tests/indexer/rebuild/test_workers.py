"""Tasks for many items: the same in one process and in several, in order; what fails says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kashshaf.indexer.rebuild.counting.count
import kashshaf.indexer.rebuild.pipeline
import kashshaf.indexer.rebuild.spool
from kashshaf.index.errors import IndexingError, SourceError
from kashshaf.index.store.generations import LEXICON
from kashshaf.indexer.rebuild.workers import FROM, Pool, processes_for
from tests.conftest import ROOT
from tests.kashshaf.site import Site, row

if TYPE_CHECKING:
    from collections.abc import Sequence

GONE_WITHIN = 20.0
"""Seconds in which processes end whose parent was killed."""


def double(number: int) -> int:
    if number < 0:
        raise SourceError("no such number")
    return 2 * number


def end(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_their_items(tmp_path: Path, processes: int) -> None:
    with Pool(tmp_path) as pool:
        workers = pool.workers(double, processes)
        assert list(workers.results(range(50))) == [2 * number for number in range(50)]
        assert workers.submit(21).result() == 42


class Remembers:
    """A task that tells how much it did in the same process, and which one that is."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._done = 0

    def __call__(self, _: int) -> tuple[str, int, int]:
        self._done += 1
        return self._name, self._done, os.getpid()


def test_one_task_after_the_other_is_done_by_the_same_processes(tmp_path: Path) -> None:
    def done(name: str) -> list[tuple[str, int, int]]:
        with pool.workers(Remembers(name), 2) as workers:
            return [*workers.results(range(20))]

    with Pool(tmp_path) as pool:
        first, second = done("one"), done("two")
        pool.rest()
        third = done("three")
    for found, name in ((first, "one"), (second, "two"), (third, "three")):
        assert {each[0] for each in found} == {name}
        assert sum(each[1] == 1 for each in found) == len({each[2] for each in found})  # each begins anew
    processes = {each[2] for each in (*first, *second)}
    assert len(processes) <= 2
    assert processes.isdisjoint(each[2] for each in third)
    assert os.getpid() not in processes


def test_tasks_may_take_turns_and_are_let_go_when_they_are_over(tmp_path: Path) -> None:
    """What a task remembers stays as long as it is not over."""
    with Pool(tmp_path) as pool:
        one, two = (pool.workers(Remembers(name), 2) for name in ("one", "two"))
        turns = [workers.submit(0).result() for _ in range(20) for workers in (one, two)]
        with one:
            assert len([*tmp_path.iterdir()]) == 2
        assert len([*tmp_path.iterdir()]) == 1
        assert two.submit(0).result()[0] == "two"
    for name in ("one", "two"):
        mine = [each for each in turns if each[0] == name]
        begun = sum(each[1] == 1 for each in mine)
        assert begun == len({each[2] for each in mine})  # once in each process


def test_tasks_are_gone_with_their_pool(tmp_path: Path) -> None:
    (tmp_path / "7.task").write_bytes(b"of a run that was killed")
    with Pool(tmp_path) as pool:
        assert [*tmp_path.iterdir()] == []
        [*pool.workers(double, 2).results(range(3))]
        assert [*tmp_path.iterdir()]
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("processes", [1, 2])
def test_what_the_task_raises_is_raised(tmp_path: Path, processes: int) -> None:
    with pytest.raises(SourceError, match="no such number"), Pool(tmp_path) as pool:
        list(pool.workers(double, processes).results([1, -1, 2]))


def test_a_process_that_was_killed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="was killed"), Pool(tmp_path) as pool:
        list(pool.workers(end, 2).results(range(10)))


def test_few_articles_need_no_other_process() -> None:
    assert processes_for(FROM - 1) == 1
    assert processes_for(FROM) >= 1


def built(site: Site, names: Sequence[str]) -> tuple[bytes, list[tuple[str, float]]]:
    """The lexicon, and a ranking with its scores."""
    site.write("a.jsonl", *(row(name, f"الجسر {name} الوزير", ("c", f"قال {name}")) for name in names))
    site.reindex(site.sources)
    hits = site.ask("الجسر والوزير", size="100")["hits"]
    return (site.store.current().folder / LEXICON).read_bytes(), [(hit["id"], hit["score"]) for hit in hits]


@pytest.mark.parametrize("many", [1, 10_000])
def test_a_rebuild_in_several_processes_makes_the_same_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """From ``many`` articles on, others begin where a step has ended."""
    names = [f"كلمة{number % 40}" for number in range(60)]
    site = Site(tmp_path)
    alone = built(site, names)
    monkeypatch.setattr(kashshaf.indexer.rebuild.spool, "BATCH", 2_000)
    monkeypatch.setattr(kashshaf.indexer.rebuild.counting.count, "FEWEST", 2)
    monkeypatch.setattr(kashshaf.indexer.rebuild.counting.count, "processes_for", lambda _: 2)
    monkeypatch.setattr(kashshaf.indexer.rebuild.pipeline, "processes_for", lambda _: 2)
    monkeypatch.setattr(kashshaf.indexer.rebuild.pipeline, "MANY", many)
    assert built(site, names) == alone
    assert len(alone[1]) == 40


SCRIPT = """
import sys, time
from pathlib import Path
from kashshaf.indexer.rebuild.workers import Pool
print("begun", flush=True)
with Pool(Path(sys.argv[1])) as pool:
    workers = pool.workers(time.sleep, 2)
    list(workers.results([0.0, 0.0]))
    print("ready", flush=True)
    list(workers.results([60.0] * 4))
"""


def test_the_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    """Killed outright, by a script that has no guard against being run again by its own processes."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    with subprocess.Popen(
        [sys.executable, script, tmp_path],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        assert process.stdout.readline() == "ready\n"
        children = _children(process.pid)
        assert children
        process.kill()
    ends = time.monotonic() + GONE_WITHIN
    while any(map(_lives, children)) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not any(map(_lives, children))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False
