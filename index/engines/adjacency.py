"""Adjacency: the words of a phrase stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def adjacent(positions: Sequence[Collection[int]]) -> bool:
    """True if some position of the first word is followed, one on, by one of the second, and so forth."""
    return bool(occurrences(positions))


def occurrences(positions: Sequence[Collection[int]]) -> set[int]:
    """The positions of the first word that are followed, one on, by one of the second, and so forth."""
    starts = set(positions[0]) if positions else set()
    for offset, later in enumerate(positions[1:], start=1):
        starts &= {position - offset for position in later}
        if not starts:
            break
    return starts
