"""The sizes of indexes that growth is measured at."""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """Figures of one size; ``peak`` and ``size`` in bytes."""

    records: int
    articles: int
    seconds: float
    processor: float
    peak: int
    size: int
    p50_ms: float
    p99_ms: float

    @property
    def rate(self) -> float:
        """Records, articles and comments alike, a second."""
        return self.records / self.seconds
