"""The watch of a reader, on a board in memory, in hundredths of seconds."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import ClusterError, NoIndexError
from kashshaf.index.store.sharing import watch as watching
from kashshaf.index.store.sharing.following import Follower
from kashshaf.index.store.sharing.publishing import Publisher
from kashshaf.index.store.sharing.watch import Watch
from tests.index.store.sharing.boards import MemoryBoard, files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SECONDS", 0.05)


def soon(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_is_told_later_is_taken_over(tmp_path: Path) -> None:
    board = MemoryBoard()
    with closing(Watch(Follower(tmp_path / "reader", board))) as watch:
        watch.begin()
        assert isinstance(watch.trouble, NoIndexError)
        Publisher(tmp_path / "writer", board).publish("G1", files(tmp_path / "writer"))
        soon((tmp_path / "reader" / "current.json").exists)
        soon(lambda: watch.trouble is None)


def test_an_error_is_said_once_and_the_watch_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    board = MemoryBoard()
    Publisher(tmp_path / "writer", board).publish("G1", files(tmp_path / "writer"))
    asked: list[None] = []

    def fail() -> None:
        asked.append(None)
        raise ClusterError("no node answers")

    with closing(Watch(Follower(tmp_path / "reader", board))) as watch:
        watch.begin()
        assert watch.trouble is None
        monkeypatch.setattr(board, "version", fail)
        soon(lambda: len(asked) > 3)
        assert str(watch.trouble) == "no node answers"
        monkeypatch.delattr(board, "version")
        soon(lambda: watch.trouble is None)
    assert [row.getMessage() for row in caplog.records] == [
        "the index of the writer cannot be followed: no node answers"
    ]


def test_all_processes_of_a_machine_ask_once_in_a_while_together(tmp_path: Path) -> None:
    board = MemoryBoard()
    Publisher(tmp_path / "writer", board).publish("G1", files(tmp_path / "writer"))
    watches = [Watch(Follower(tmp_path / "reader", board)) for _ in range(4)]
    started = time.monotonic()
    for watch in watches:
        watch.begin()
    time.sleep(0.5)
    for watch in watches:
        watch.close()
    periods = (time.monotonic() - started) / watching.SECONDS
    assert board.asked <= len(watches) + 2 * periods  # each by itself: four times as often
