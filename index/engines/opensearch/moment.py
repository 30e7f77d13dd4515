"""A moment of an index: a point in time that all searches of a reader are asked at."""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.engines.opensearch.errors import LostMomentError
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kashshaf.index.engines.opensearch.connection import Connection
    from kashshaf.index.engines.opensearch.queries import Query

KEPT = "10m"
"""The time that the cluster keeps a moment after its last search; a node has room for 300 of them."""
PAGE = 500
"""Documents, or values, that one answer brings where all are wanted."""
ASKED = "/_search?search_type=dfs_query_then_fetch&allow_partial_search_results=false"
"""Statistics of all shards, so that their number changes no score; all shards answer, or none does."""
Answer = dict[str, Any]


class Moment:
    """A point in time of one index.

    It dies with its node, and where nobody asks for ``KEPT``; then a new one is opened, which may be later.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._pit = ""
        self.renewals = 0
        """How often it had to be opened anew: what is remembered of the one before does not count."""
        self._pit = self._opened()

    def search(self, body: Mapping[str, Any]) -> Answer:
        """The answer to a search; the score of a document is the same from whichever shard it comes."""
        pit = self._held()
        try:
            return self._asked(pit, body)
        except LostMomentError:
            return self._asked(self._renewed(pit), body)

    def each(self, query: Query, body: Mapping[str, Any], by: str) -> Iterator[dict[str, Any]]:
        """Every hit of a query, in the order of a field of which each document has a value of its own."""
        after: Mapping[str, Any] = {}
        while True:
            page = self.search({"query": query, "size": PAGE, "sort": [{by: "asc"}], **body, **after})
            yield from page["hits"]["hits"]
            if len(page["hits"]["hits"]) < PAGE:
                return
            after = {"search_after": page["hits"]["hits"][-1]["sort"]}

    def close(self) -> None:
        """Give it back, in the process that opened it. A second time does nothing."""
        with self._lock:
            pit, self._pit = self._pit, ""
        if pit and self._process == os.getpid():
            with contextlib.suppress(KashshafError):  # it runs out by itself
                self._connection.delete("/_search/point_in_time", {"pit_id": [pit]})

    def _asked(self, pit: str, body: Mapping[str, Any]) -> Answer:
        answer: Answer = self._connection.post(ASKED, {**body, "pit": {"id": pit, "keep_alive": KEPT}})
        return answer

    def _opened(self) -> str:
        path = (
            f"/{quote(self._name)}/_search/point_in_time?keep_alive={KEPT}&allow_partial_pit_creation=false"
        )
        return str(self._connection.post(path)["pit_id"])

    def _held(self) -> str:
        if not self._pit:
            raise BrokenIndexError("the index is closed")
        return self._pit

    def _renewed(self, lost: str) -> str:
        """Another moment in place of a lost one, unless another thread has opened it."""
        with self._lock:
            if self._pit == lost:
                self._pit, self._process = self._opened(), os.getpid()
                self.renewals += 1
        return self._held()
