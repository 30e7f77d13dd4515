"""A moment of an index: a point in time that all searches of a reader are asked at."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import orjson
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_fixed

from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.engines.opensearch.connection import in_time
from kashshaf.index.engines.opensearch.errors import Failure, LostMomentError, raise_for
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.index.engines.opensearch.connection import Connection
    from kashshaf.index.engines.opensearch.queries import Query

KEPT = "10m"
"""The time that the cluster keeps a moment after its last search; a node has room for 300 of them."""
PAGE = 500
"""Documents, or values, that one answer brings where all are wanted."""
EXACT: Mapping[str, Any] = {"search_type": "dfs_query_then_fetch", "allow_partial_search_results": False}
"""Statistics of all shards, so that their number changes no score; all shards answer, or none does."""
ASKED = "/_search?search_type=dfs_query_then_fetch&allow_partial_search_results=false"
Answer = dict[str, Any]
T = TypeVar("T")


Steps = Generator[Mapping[str, Any], Answer, T]
"""Searches, as bodies, each of which is made from the answers to those before, and a result of them all."""


class Moment:
    """A point in time of one index.

    It dies with its node, and where nobody asks for ``KEPT``; then a new one is opened, which may be later.
    """

    def __init__(self, connection: Connection, name: str) -> None:
        self.connection = connection
        self._name = name
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._pit = ""
        self.renewals = 0
        """How often it had to be opened anew: what is remembered of the one before does not count."""
        self._pit = self._opened()

    def search(self, body: Mapping[str, Any]) -> Answer:
        """The answer to a search; the score of a document is the same from whichever shard it comes."""
        pit = self.held()
        try:
            return self._asked(pit, body)
        except LostMomentError:
            return self._asked(self._renewed(pit), body)

    def run(self, steps: Steps[T]) -> T:
        """The result of some steps, whose searches are asked one after the other."""
        return run_together([(self, steps)])[0]

    def answer(self, pit: str, body: Mapping[str, Any], told: Answer) -> Answer:
        """An answer to one of several searches; asked anew where the moment it was asked of is lost."""
        if "error" not in told:
            return told
        try:
            raise_for(Failure.of(int(told["status"]), told["error"]), self.connection.address)
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
                self.connection.delete("/_search/point_in_time", {"pit_id": [pit]})

    def _asked(self, pit: str, body: Mapping[str, Any]) -> Answer:
        answer: Answer = self.connection.post(in_time(ASKED), {**body, "pit": _pit(pit)})
        return answer

    @retry(
        retry=retry_if_exception_type(LostMomentError),
        stop=stop_after_attempt(4),
        wait=wait_fixed(0.25),
        reraise=True,
    )
    def _opened(self) -> str:
        """Open one, again where a node that is to hold a part of it goes away meanwhile."""
        path = (
            f"/{quote(self._name)}/_search/point_in_time?keep_alive={KEPT}&allow_partial_pit_creation=false"
        )
        return str(self.connection.post(path)["pit_id"])

    def held(self) -> str:
        """The point in time; raises BrokenIndexError once the moment is closed."""
        if not self._pit:
            raise BrokenIndexError("the index is closed")
        return self._pit

    def _renewed(self, lost: str) -> str:
        """Another moment in place of a lost one, unless another thread has opened it."""
        with self._lock:
            if self._pit == lost:
                self._pit, self._process = self._opened(), os.getpid()
                self.renewals += 1
        return self.held()


def run_together(several: Sequence[tuple[Moment, Steps[T]]]) -> list[T]:
    """The results of several steps: the searches of all that wait for an answer are one request."""
    results: dict[int, T] = {}
    waiting: dict[int, Mapping[str, Any]] = {}
    answers: dict[int, Answer | None] = dict.fromkeys(range(len(several)))
    while answers:
        for place, answer in answers.items():
            steps = several[place][1]
            try:
                waiting[place] = steps.send(answer) if answer is not None else next(steps)
            except StopIteration as done:
                results[place] = done.value
        told = _ask_all([(several[place][0], body) for place, body in waiting.items()])
        answers = dict(zip(waiting, told, strict=True))
        waiting = {}
    return [results[place] for place in range(len(several))]


def _ask_all(asked: Sequence[tuple[Moment, Mapping[str, Any]]]) -> list[Answer]:
    if len(asked) < 2:
        return [moment.search(body) for moment, body in asked]
    held = [moment.held() for moment, _ in asked]
    bodies = [{**body, "pit": _pit(pit)} for pit, (_, body) in zip(held, asked, strict=True)]
    lines = (orjson.dumps(line) + b"\n" for body in bodies for line in (EXACT, body))
    told = asked[0][0].connection.search_all(lines)
    return [
        moment.answer(pit, body, answer)
        for (moment, body), pit, answer in zip(asked, held, told, strict=True)
    ]


def _pit(pit: str) -> dict[str, str]:
    return {"id": pit, "keep_alive": KEPT}
