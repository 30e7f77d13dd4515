"""Adjacency of the words of a phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def adjacent(positions: Sequence[Collection[int]]) -> bool:
    """Tell whether the words stand side by side anywhere; ``positions`` has those of each word."""
    return bool(occurrences(positions))


def occurrences(positions: Sequence[Collection[int]]) -> set[int]:
    """Return the positions of the first word from which on the words stand side by side."""
    starts = set(positions[0]) if positions else set()
    for offset, later in enumerate(positions[1:], start=1):
        starts &= {position - offset for position in later}
        if not starts:
            break
    return starts
