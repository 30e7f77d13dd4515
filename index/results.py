"""The answers of an engine: hits, totals, groups."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A document's id and its score, rounded as ranking rounds it; 0 where nothing scores."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Matches:
    """The exact number of matches, and the hits of the page asked for, in order."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The matches that share a keyword's value: how many exactly, and the best of them."""

    total: int
    hits: tuple[Hit, ...]
