"""Frequencies of terms, remembered: the documents that a reader sees never change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kashshaf.index.query import Term

KEPT = 1 << 14
"""Terms remembered at most, some 250 bytes each."""


class Frequencies:
    """The documents of terms, as ``count`` finds them when first asked. Safe to share between threads."""

    def __init__(self, count: Callable[[Sequence[Term]], Iterable[int]]) -> None:
        self._count = count
        self._known: dict[Term, int] = {}

    def of(self, terms: Sequence[Term]) -> list[int]:
        """The frequency of each of ``terms``."""
        if len(self._known) >= KEPT:
            self._known = {}
        known = self._known
        if new := [term for term in dict.fromkeys(terms) if term not in known]:
            known.update(zip(new, self._count(new), strict=True))
        return [known[term] for term in terms]
