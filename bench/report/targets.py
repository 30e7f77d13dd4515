"""Ratios of a run, and whether each reaches what the project asks of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bench.report.rows import Row

TANTIVY, WHOOSH, OPENSEARCH = "kashshaf, tantivy", "kashshaf, whoosh", "kashshaf, opensearch"
RAW, STOCK = "tantivy-py", "stock Whoosh"
MEGA = 1e6


class Target(NamedTuple):
    """A figure of a row, set against another row where it is a ratio. ``aim`` is what would be good."""

    what: str
    ours: str
    peer: str | None
    figure: Callable[[Row], float]
    bound: float
    aim: float | None = None
    least: bool = False
    """True if the bound is the least that will do, not the most."""


TARGETS = (
    Target(
        "articles a second, Tantivy engine to tantivy-py",
        TANTIVY,
        RAW,
        lambda row: row.rate,
        0.4,
        0.8,
        least=True,
    ),
    Target("p50 of a search, Tantivy engine to tantivy-py", TANTIVY, RAW, lambda row: row.p50_ms, 5, 3),
    Target(
        "p99 of a search, Tantivy engine, ms (bound: at 260,000 records)",
        TANTIVY,
        None,
        lambda row: row.p99_ms,
        15,
        8,
    ),
    Target(
        "peak memory of reindex, Tantivy engine, MB (bound: at 70,000 articles)",
        TANTIVY,
        None,
        lambda row: row.peak / MEGA,
        800,
    ),
    Target(
        "articles a second, Whoosh engine to stock Whoosh",
        WHOOSH,
        STOCK,
        lambda row: row.rate,
        0.8,
        1.5,
        least=True,
    ),
    Target("p50 of a search, Whoosh engine to stock Whoosh", WHOOSH, STOCK, lambda row: row.p50_ms, 0.35),
)


class Verdict(NamedTuple):
    """A target and what was measured."""

    what: str
    value: float
    bound: float
    aim: float | None
    reached: bool

    def __str__(self) -> str:
        sign = "reached" if self.reached else "missed"
        aim = f", aim {self.aim:g}" if self.aim else ""
        return f"{self.what}: {self.value:.3g} ({sign}: bound {self.bound:g}{aim})"


def verdicts(rows: Mapping[str, Row]) -> Iterator[Verdict]:
    """Yield a verdict for each target that the rows have figures for."""
    for target in TARGETS:
        if target.ours in rows and (target.peer is None or target.peer in rows):
            value = target.figure(rows[target.ours])
            if target.peer is not None:
                value /= target.figure(rows[target.peer])
            reached = value >= target.bound if target.least else value <= target.bound
            yield Verdict(target.what, value, target.bound, target.aim, reached)


def processors(rows: Mapping[str, Row]) -> Iterator[str]:
    """Yield verdicts by processor time, which other work on the machine disturbs less."""
    for ours, peer in ((TANTIVY, RAW), (WHOOSH, STOCK)):
        if ours not in rows or peer not in rows:
            continue
        one, other = rows[ours], rows[peer]
        if one.processor and other.processor and one.processor_ms and other.processor_ms:
            yield (
                f"processor time, {ours} to {peer}: {one.processor / other.processor:.3g} to index,"
                f" {one.processor_ms / other.processor_ms:.3g} to search"
            )
