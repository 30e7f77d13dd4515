"""Frequent queries of the log, to complete what is being typed.

A query that was asked rarely may be somebody's own name. So only those are offered that were asked in three
different hours at least, and that find something.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from heapq import nlargest
from threading import Lock, Thread
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.errors import UsageLogError
from kashshaf.search_app.usage.database import reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kashshaf.index.settings import Settings

OCCASIONS = 3
"""Hours in which a query was asked."""
MOST = 8
"""Queries offered."""
KEPT = 5_000
"""Queries kept in memory, the most frequent."""
FRESH_SECONDS = 300.0
"""The time after which the log is read again, beside the searches."""
_BEYOND = "\U0010ffff"
_FREQUENT = """
SELECT query, sum(times) AS asked FROM searches GROUP BY query
HAVING count(DISTINCT hour) >= ? AND max("full") > 0 ORDER BY asked DESC, query LIMIT ?
"""


def frequent_queries(settings: Settings) -> Callable[[str], list[str]]:
    """The frequent queries of the log that the settings name; none where nothing is logged."""
    return FrequentQueries(settings.usage_file) if settings.log_searches == "yes" else _none


def _none(_: str) -> list[str]:
    return []


class _Query(NamedTuple):
    folded: str
    text: str
    times: int


class FrequentQueries:
    """The frequent queries in ``path``; safe to share between threads.

    A call takes microseconds: the log is read by a thread of its own once the last reading is old, and only
    the very first call waits for it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._queries: list[_Query] = []
        self._read_at: float | None = None
        self._reading = Lock()

    def __call__(self, beginning: str) -> list[str]:
        """The most frequent queries that begin so, however it is spelt; eight at most."""
        self._refresh()
        queries, folded = self._queries, fold_text(beginning)
        start = bisect_left(queries, (folded,))
        end = bisect_left(queries, (folded + _BEYOND,), lo=start)
        return [query.text for query in nlargest(MOST, queries[start:end], key=lambda each: each.times)]

    def _refresh(self) -> None:
        now = time.monotonic()
        if self._read_at is not None and now - self._read_at < FRESH_SECONDS:
            return
        first = self._read_at is None
        if not self._reading.acquire(blocking=first):
            return
        if first and self._read_at is not None:  # another thread has read it meanwhile
            self._reading.release()
        elif first:
            self._read()
        else:
            Thread(target=self._read, name="frequent queries", daemon=True).start()

    def _read(self) -> None:
        try:
            self._queries = sorted(_frequent(self._path))
        except UsageLogError:  # nothing to offer; the log says itself what is wrong with its file
            self._queries = []
        finally:
            self._read_at = time.monotonic()
            self._reading.release()


def _frequent(path: Path) -> list[_Query]:
    with reading(path) as log:
        rows = log.execute(_FREQUENT, (OCCASIONS, KEPT)).fetchall() if log else []
    return [_Query(fold_text(query), query, times) for query, times in rows]
