"""Frequencies of terms, remembered: the documents that a reader sees never change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kashshaf.index.query import Term

KEPT = 1 << 14
"""Terms remembered at most, some 250 bytes each."""


class Frequencies:
    """The documents of each term, as ``count`` finds them when first asked. Safe to share between threads."""

    def __init__(self, count: Callable[[Term], int]) -> None:
        self._count = count
        self._known: dict[Term, int] = {}

    def of(self, terms: Sequence[Term]) -> list[int]:
        """The frequency of each of ``terms``."""
        if len(self._known) >= KEPT:
            self._known = {}
        known = self._known
        return [known[term] if term in known else self._keep(term) for term in terms]

    def _keep(self, term: Term) -> int:
        found = self._count(term)
        self._known[term] = found
        return found
