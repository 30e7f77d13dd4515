"""Bulk requests with back-pressure: a cluster that is busy is waited for, and what it refuses has a name."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_exponential, wait_random

from kashshaf.index.engines.opensearch.errors import (
    BusyError,
    Failure,
    LostMomentError,
    TooLargeError,
    items_failed,
    raise_for,
)
from kashshaf.index.errors import AwayError, ClusterError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from kashshaf.index.engines.opensearch.connection import Connection

BYTES = 4 << 20
"""Bytes of a request; a document more than it may make it larger."""
THREADS = 2
"""Requests under way at once: more do not make a cluster of two processors quicker."""
AHEAD = 2 * THREADS
"""Requests that are held at most, under way or waiting: what bounds the memory."""
PATIENCE = 120.0
"""Seconds that a cluster is waited for that is busy or cannot be reached, each time twice as long."""

Passing = type[ClusterError] | tuple[type[ClusterError], ...]
PASSING: Passing = (AwayError, LostMomentError)
"""What passes: the second is told as well of a node that went away in the middle of a request."""


class Change(NamedTuple):
    """A document that is put or removed: its id, and its lines of a bulk request."""

    id: str
    lines: bytes

    @property
    def name(self) -> str:
        """The id on one line: that of a comment has the article's on a line before its own."""
        return " / ".join(self.id.splitlines())


class Bulk:
    """Sends changes to an index in requests of a bounded size, some at once; in no order.

    ``add`` and ``finish`` raise what a request before failed by: NoSpaceError at once where a disk of the
    cluster is full, ClusterError where it does not answer, is busy too long, or refuses a document.
    """

    def __init__(self, connection: Connection, target: str) -> None:
        self._connection = connection
        self._target = target
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="bulk")
        self._sent: deque[Future[None]] = deque()
        self._held: list[Change] = []
        self._bytes = 0

    def add(self, change: Change) -> None:
        """Send a change with others, when there are enough; waits where too many are under way."""
        self._held.append(change)
        self._bytes += len(change.lines)
        if self._bytes >= BYTES:
            self._submit()
        while len(self._sent) > AHEAD or (self._sent and self._sent[0].done()):
            self._sent.popleft().result()

    def finish(self) -> None:
        """Send what is left, and wait until all is taken."""
        self._submit()
        while self._sent:
            self._sent.popleft().result()

    def close(self) -> None:
        """Send no more; what is under way is waited for."""
        self._held = []
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self) -> None:
        if self._held:
            self._sent.append(self._pool.submit(self._send, self._held))
            self._held, self._bytes = [], 0

    def _send(self, changes: list[Change]) -> None:
        """Send changes until each is taken."""
        left = changes
        for attempt in _patiently(PATIENCE):
            with attempt:
                left = self._refused(left)
                if left:
                    raise BusyError(
                        f"the cluster at {self._connection.address} was too busy for {len(left)} documents,"
                        f" {left[0].name} the first; what was committed before serves; try again later"
                    )

    def _refused(self, changes: list[Change]) -> list[Change]:
        """Send changes once; return those that the cluster was too busy for."""
        try:
            answer = self._connection.bulk(self._target, (change.lines for change in changes))
        except TooLargeError:
            if len(changes) == 1:
                raise
            half = len(changes) // 2
            return [*self._refused(changes[:half]), *self._refused(changes[half:])]
        failed = items_failed(answer) if answer["errors"] else {}
        self._raise_for(changes, failed)
        return [changes[place] for place in failed]

    def _raise_for(self, changes: Sequence[Change], failed: dict[int, Failure]) -> None:
        """Raise the error of the items that no waiting helps."""
        lasting = {place: each for place, each in failed.items() if not each.passes()}
        if not lasting:
            return
        place, first = next(iter(lasting.items()))
        if first.is_blocked():
            raise_for(first, self._connection.address)
        raise ClusterError(
            f"the cluster at {self._connection.address} refused {len(lasting)} documents; the first is"
            f" {changes[place].name}: {first.kind} {first.reason}; what was committed before serves"
        )


def _patiently(seconds: float, passing: Passing = PASSING) -> Retrying:
    return Retrying(
        retry=retry_if_exception_type(passing),
        wait=wait_exponential(multiplier=0.25, max=15) + wait_random(0, 0.25),
        stop=stop_after_delay(seconds),
        reraise=True,
    )


def patiently(ask: Callable[[], None], seconds: float, passing: Passing = PASSING) -> None:
    """Ask what a cluster may refuse by errors that pass, again for a while."""
    for attempt in _patiently(seconds, passing):
        with attempt:
            ask()
