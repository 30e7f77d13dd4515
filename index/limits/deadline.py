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


PATIENCE = 4
"""Seconds of the clock for each second of work: a busy machine or a cold disk is no fault of a search."""


class Deadline:
    """The end of work that may take so many ``seconds`` of its thread's processor, by the clock more.

    ``reached``: something was left out for it. To be asked in the thread that made it.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.thread_time() + seconds
        self._first = time.monotonic() + seconds
        self._last = self._first + seconds * (PATIENCE - 1)
        self.reached = False

    @property
    def left(self) -> float:
        """Seconds of work until then; 0 afterwards."""
        return max(0.0, self._end - time.thread_time()) if self.wait else 0.0

    @property
    def wait(self) -> float:
        """Seconds of the clock until then; 0 afterwards."""
        return max(0.0, self._last - time.monotonic())

    def passed(self) -> bool:
        """Tell whether it is over; whoever asks leaves out what is not done by then."""
        # A thread's processor never runs ahead of the clock, which is quicker to ask.
        if not self.reached and time.monotonic() >= self._first:
            self.reached = not self.left
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


def seconds_to_wait() -> float:
    """Seconds that the present work may wait; -1 without a deadline, as locks have it for ever."""
    deadline = _current.get()
    return -1 if deadline is None else deadline.wait


def in_time(work: Callable[[], T], otherwise: T) -> T:
    """The result of ``work``, or ``otherwise`` where the deadline comes before it is done."""
    try:
        check()
        return work()
    except TimeLimitError:
        return otherwise
