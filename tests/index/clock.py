"""A clock that stands still, or ticks each time that it is looked at, for tests of deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import pytest


class Clock:
    """Stands in for the module ``time`` of ``index/limits/deadline.py``."""

    def __init__(self, tick: float = 0.0) -> None:
        self.now = self.work = 0.0
        self.tick = tick

    @classmethod
    def of(cls, monkeypatch: pytest.MonkeyPatch, tick: float = 0.0) -> Self:
        clock = cls(tick)
        monkeypatch.setattr("kashshaf.index.limits.deadline.time", clock)
        return clock

    def monotonic(self) -> float:
        """The time of the clock, which no thread's processor runs ahead of."""
        self.work += self.tick
        return max(self.now, self.work)

    def thread_time(self) -> float:
        return self.work
