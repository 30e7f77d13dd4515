"""The deadline of a piece of work: set where the work begins, looked at wherever much may be done.

It belongs to the thread that works, as the engine's trips, the marks and the facets of one request do, so
that no function has to hand it on; work without a deadline takes as long as it takes.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from kashshaf.index.errors import TimeLimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


class Deadline:
    """The moment, ``seconds`` from now, at which work ends; ``reached``: something was left out for it."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.reached = False

    @property
    def left(self) -> float:
        """Seconds until then; 0 afterwards."""
        return max(0.0, self._end - time.monotonic())

    def passed(self) -> bool:
        """Tell whether it is over; whoever asks leaves out what is not done by then."""
        self.reached = self.reached or time.monotonic() >= self._end
        return self.reached


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[Deadline]:
    """Bound the work of the block; within the block of an earlier deadline, that one stays."""
    outer = _current.get()
    deadline = outer if outer and outer.left <= seconds else Deadline(seconds)
    token = _current.set(deadline)
    try:
        yield deadline
    finally:
        _current.reset(token)


def is_over() -> bool:
    """Tell whether the deadline of the present work has passed, if it has one."""
    deadline = _current.get()
    return deadline is not None and deadline.passed()


def check() -> None:
    """Raise TimeLimitError once the deadline of the present work has passed."""
    if is_over():
        raise TimeLimitError("the search was ended at its time limit; ask for less: fewer words, or a filter")


def seconds_left() -> float:
    """Seconds that the present work may take; -1 without a deadline, as locks have it for ever."""
    deadline = _current.get()
    return -1 if deadline is None else deadline.left


def in_time(work: Callable[[], T], otherwise: T) -> T:
    """The result of ``work``, or ``otherwise`` where the deadline comes before it is done."""
    try:
        check()
        return work()
    except TimeLimitError:
        return otherwise
