"""Searches of both in turns; ``python -m bench.turns.search INDEX TEXT`` is the first one of a process."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.measure.step import percentiles
from bench.peers import ours, tantivy_py
from bench.serving import WARM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MS = 1000


class Times(NamedTuple):
    """Milliseconds of each search, by the clock and of processor."""

    clock: list[float]
    processor: list[float]

    def p50(self, *, processor: bool = False) -> float:
        """The median."""
        return percentiles(self.processor if processor else self.clock)["p50_ms"]

    def mean(self) -> float:
        """The mean of processor time."""
        return statistics.mean(self.processor)

    def cells(self) -> list[str]:
        """Median, 99th percentile and mean, of both."""
        return [cell for times in self for cell in (*_percentiles(times), f"{statistics.mean(times):.2f}")]


def _percentiles(times: Sequence[float]) -> list[str]:
    return [f"{value:.2f}" for value in percentiles(times).values()]


def asked(index: Path, raw: Path, topics: list[str]) -> tuple[Times, Times]:
    """Ask each topic of our index, and then of tantivy-py; the first are not on the clock."""
    systems = ours.opened(index), tantivy_py.opened(raw)
    times = Times([], []), Times([], [])
    for place, text in enumerate(topics):
        for system, found in zip(systems, times, strict=True):
            clock, processor = timed(system, text)
            if place >= WARM:
                found.clock.append(clock)
                found.processor.append(processor)
    return times


def timed(system: Callable[[str], object], text: str) -> tuple[float, float]:
    """Milliseconds of one search, by the clock and of processor."""
    clock, processor = time.perf_counter(), time.thread_time()
    system(text)
    return (time.perf_counter() - clock) * MS, (time.thread_time() - processor) * MS


if __name__ == "__main__":
    sys.stdout.write(f"{timed(ours.opened(Path(sys.argv[1])), sys.argv[2])[1]}\n")
