"""The writer of the usage log: a thread of its own, so that no search waits for it or fails by it."""

from __future__ import annotations

import logging
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.search_app.usage.database import HOURS_A_DAY, open_for_writing, this_hour

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

LONGEST_QUERY = 200
"""Characters; a longer query is a pasted text, of which nobody learns anything."""
MOST_WAITING = 1_000
"""Entries that wait to be written; more are dropped, since a search may not wait."""
AT_ONCE = 100
"""Entries written in one transaction."""
MOST_ROWS = 200_000
"""Rows of a table: some 20 MB. The oldest hours go first."""
_CLOSE_SECONDS = 5
_SEARCH = """
INSERT INTO searches (hour, query, target, stem, times, "full", partial) VALUES (?, ?, ?, ?, 1, ?, ?)
ON CONFLICT DO UPDATE SET
times = times + 1, "full" = max("full", excluded."full"), partial = max(partial, excluded.partial)
"""
_CLICK = """
INSERT INTO clicks (hour, query, article, rank, times) VALUES (?, ?, ?, ?, 1)
ON CONFLICT DO UPDATE SET times = times + 1
"""
_PRUNE = (
    """
    DELETE FROM searches WHERE hour < ?1
    OR hour <= (SELECT hour FROM searches ORDER BY hour DESC LIMIT 1 OFFSET ?2)
    """,
    """
    DELETE FROM clicks WHERE hour < ?1
    OR hour <= (SELECT hour FROM clicks ORDER BY hour DESC LIMIT 1 OFFSET ?2)
    """,
)
_logger = logging.getLogger(__name__)


class Searched(NamedTuple):
    """A search: its query in canonical form, ``articles`` or ``comments``, its full and partial matches."""

    query: str
    target: str
    full: int
    partial: int


class Clicked(NamedTuple):
    """A result that was opened: the query in canonical form, the article's id, the result's rank from 1."""

    query: str
    article: str
    rank: int


class UsageLog:
    """The log in ``path``, of the last ``days``. Safe to share between threads.

    ``stem_of`` gives the text by which queries without results are put together. Neither method that takes an
    entry raises or waits: errors are logged, each kind once.
    """

    def __init__(self, path: Path, days: int, stem_of: Callable[[str], str]) -> None:
        self._path = path
        self._hours = days * HOURS_A_DAY
        self._stem_of = stem_of
        self._queue: Queue[Searched | Clicked | None] = Queue(MOST_WAITING)
        self._writer: Thread | None = None
        self._starting = Lock()
        self._pruned = 0
        self._told: set[str] = set()

    def put(self, entry: Searched | Clicked) -> None:
        """Take an entry to be written; an empty query, and a very long one, is none."""
        if not 0 < len(entry.query) <= LONGEST_QUERY:
            return
        with self._starting:
            if self._writer is None:
                self._writer = Thread(target=self._write, name="usage log", daemon=True)
                self._writer.start()
        with suppress(Full):
            self._queue.put_nowait(entry)

    def flush(self) -> None:
        """Wait until all that was put has been written or dropped."""
        self._queue.join()

    def close(self) -> None:
        """Write what waits and stop; nothing may be put afterwards."""
        if self._writer is not None:
            self._queue.put(None)
            self._writer.join(_CLOSE_SECONDS)

    def _write(self) -> None:
        ends = False
        while not ends:
            taken = self._taken()
            ends = None in taken
            try:
                self._keep([entry for entry in taken if entry is not None])
            except Exception as error:  # noqa: BLE001 - the thread lives on, whatever one entry did
                self._tell(error)
            for _ in taken:
                self._queue.task_done()

    def _taken(self) -> list[Searched | Clicked | None]:
        """The next entries, at least one."""
        taken = [self._queue.get()]
        with suppress(Empty):
            while len(taken) < AT_ONCE:
                taken.append(self._queue.get_nowait())
        return taken

    def _keep(self, entries: list[Searched | Clicked]) -> None:
        """Write entries in one transaction, and once an hour delete what is too old or too much."""
        rows = [self._row(entry) for entry in entries]
        connection = open_for_writing(self._path)
        try:
            with connection:
                for statement, values in rows:
                    connection.execute(statement, values)
                self._prune(connection)
        finally:
            connection.close()

    def _row(self, entry: Searched | Clicked) -> tuple[str, tuple[object, ...]]:
        if isinstance(entry, Clicked):
            return _CLICK, (this_hour(), *entry)
        stem = self._stem_of(entry.query)[:LONGEST_QUERY]
        return _SEARCH, (this_hour(), entry.query, entry.target, stem, entry.full, entry.partial)

    def _prune(self, connection: sqlite3.Connection) -> None:
        hour = this_hour()
        if hour == self._pruned:
            return
        for statement in _PRUNE:
            connection.execute(statement, (hour - self._hours, MOST_ROWS))
        self._pruned = hour

    def _tell(self, error: Exception) -> None:
        if str(error) not in self._told and len(self._told) < AT_ONCE:
            self._told.add(str(error))
            _logger.error("a search was not logged in %s: %s", self._path, error)
