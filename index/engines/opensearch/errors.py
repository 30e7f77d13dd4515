"""Errors of a cluster's answers as ours: by their type, since one status stands for several of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from kashshaf.index.errors import (
    AwayError,
    BrokenIndexError,
    ClusterError,
    IndexingError,
    NoSpaceError,
    TimeLimitError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

LOST = (
    "search_context_missing_exception",
    "no_such_node",
    "no_node_available_exception",
    "node_not_connected_exception",
    "node_disconnected_exception",
    "node_closed_exception",
)
"""What a snapshot that is no more is told by: it ran out, or went with its node."""
BUSY = (
    "rejected_execution_exception",
    "circuit_breaking_exception",
    "unavailable_shards_exception",
    "task_cancelled_exception",
)
"""What passes by itself: a full queue, back-pressure, too little memory, a shard on its way to a node."""
TOO_LARGE = ("coordinating_operation_bytes", "max content length", "entity too large")
FLOODED = "flood-stage"
LATE = "Cancellation timeout"
"""What a search is told by that the cluster ended at the deadline that it was given."""
CROWDED = "too many Point In Time contexts"
"""What a node is told by that has no room for another snapshot."""


class LostMomentError(ClusterError):
    """The snapshot of a reader is not there any more; a new one can be opened."""


class BusyError(AwayError):
    """The cluster cannot take more at the moment; the same will be taken later."""


class UnreachableError(AwayError):
    """No node of the cluster answers, or the one that did took too long."""


class TooLargeError(ClusterError):
    """The cluster will never take so much at once; half of it may pass."""


class Failure(NamedTuple):
    """An error as a cluster tells it: the status, its type, and its reason."""

    status: int
    kind: str
    reason: str

    @classmethod
    def of(cls, status: int, error: Any) -> Failure:
        """Read the ``error`` of an answer, or of one item of it, whatever its form."""
        if not isinstance(error, dict):
            return cls(status, "", str(error)[:500])
        causes = error.get("root_cause") or [error]
        told = " ".join(str(each.get("reason", "")) for each in (error, *causes))
        kinds = " ".join(str(each.get("type", "")) for each in (error, *causes))
        return cls(status, kinds, told[:500])

    def is_busy(self) -> bool:
        """True where the same request may pass later."""
        leaderless = "cluster_block_exception" in self.kind and self.status == 503
        return leaderless or any(kind in self.kind for kind in BUSY)

    def passes(self) -> bool:
        """True where the same request, of something else than a snapshot, may pass later."""
        return self.is_busy() or self.is_lost()

    def is_flooded(self) -> bool:
        """True where a disk of the cluster is too full to be written to."""
        return FLOODED in self.reason

    def is_blocked(self) -> bool:
        """True where the cluster lets nothing be written to the index, for want of space or by order."""
        return "cluster_block_exception" in self.kind and self.status != 503

    def is_lost(self) -> bool:
        """True where the snapshot that was asked is no more."""
        return any(kind in self.kind for kind in LOST) or any(
            words in self.reason for words in ("No search context", "no node found for id")
        )


def raise_for(failure: Failure, address: str) -> NoReturn:
    """Raise the error that tells a failure of the cluster at ``address``, with what to do about it."""
    if failure.is_lost():
        raise LostMomentError(failure.reason)
    if LATE in failure.reason:
        raise TimeLimitError("the cluster ended the search at its time limit; ask for less")
    if CROWDED in failure.reason:
        raise BusyError(
            f"a node of the cluster at {address} has no room for another snapshot ({failure.reason}); each"
            " process of serve holds two, others go by themselves after ten minutes; or raise the cluster's"
            " setting search.max_open_pit_context"
        )
    if failure.is_flooded():
        raise NoSpaceError(
            f"a disk of the cluster at {address} is too full to be written to; what was committed before"
            " serves; free some space there, or add a node, and try again"
        )
    if failure.status == 413 or any(words in failure.reason for words in TOO_LARGE):
        raise TooLargeError(f"the cluster at {address} takes no request so large: {failure.reason}")
    if failure.is_busy():
        raise BusyError(
            f"the cluster at {address} is too busy ({failure.reason}); try again later, or give it more"
            " memory"
        )
    raise _other(failure, address)


def _other(failure: Failure, address: str) -> IndexingError:
    if failure.is_blocked():
        return ClusterError(
            f"the cluster at {address} does not let the index be written to ({failure.reason}); take the"
            " block away there, and try again; what was committed before serves"
        )
    if failure.status in (401, 403):
        return ClusterError(
            f"the cluster at {address} refuses the user; set opensearch_user and opensearch_password to one"
            " that may create, read and delete the indexes that begin with opensearch_prefix"
        )
    if "index_not_found_exception" in failure.kind or "index_closed_exception" in failure.kind:
        return BrokenIndexError(
            f"the index is not on the cluster at {address}, or closed there ({failure.reason});"
            " go back with: kashshaf rollback, or rebuild it with: kashshaf reindex SOURCE"
        )
    if failure.status == 503:
        return ClusterError(
            f"a part of the index is not to be had from the cluster at {address} ({failure.kind}"
            f" {failure.reason});"
            " see the health of the cluster; nothing was changed"
        )
    return ClusterError(
        f"the cluster at {address} answers {failure.status}: {failure.kind} {failure.reason}; see its log"
    )


def items_failed(answer: Mapping[str, Any]) -> dict[int, Failure]:
    """The failures of a bulk request that was answered 200, by the place of the item."""
    failed = {}
    for place, item in enumerate(answer["items"]):
        ((_, told),) = item.items()
        if told.get("error"):
            failed[place] = Failure.of(int(told["status"]), told["error"])
    return failed
