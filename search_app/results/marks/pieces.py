"""Pieces of text without spaces that have a word of a query."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import ROOT, STEM
from kashshaf.analyzers.stem_vectors import UNKNOWN, places, possible_hashes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.stem_vectors import StemVector

MANY = 256
"""Terms of a query up to which the stems of each are looked for: ``كلمة*`` may stand for thousands."""
_LETTER = re.compile(r"[^\W\d_]")
"""What a piece has that is more than a number, whose terms are digits."""


class Pieces:
    """The pieces of text without spaces that have a word with one of the terms; for the texts of one page.

    Most have none and need not be looked at more closely.
    """

    def __init__(self, analyzer: Analyzer, terms: AbstractSet[tuple[str, str]]) -> None:
        self._levels: dict[str, set[str]] = defaultdict(set)
        for level, term in terms:
            self._levels[level].add(term)
        self._analyzer = analyzer
        self._known: set[str] = set()
        self._found: set[str] = set()
        self._has_number = any(term[:1].isdecimal() for _, term in terms)
        self._hashes: set[int] | None = None
        if ROOT not in self._levels and len(terms) <= MANY:
            hashes = [possible_hashes(term, level, analyzer) for level, term in terms]
            self._hashes = {UNKNOWN}.union(*hashes) if all(hashes) else None

    def are_hashed(self) -> bool:
        """Tell whether the terms have hashes by which a stem vector tells the pieces that have none."""
        return self._hashes is not None

    def candidates(self, pieces: Sequence[str], vector: StemVector) -> set[str]:
        """The pieces of a text that may be of that kind, by its stem vector."""
        if self._hashes is None:
            return set(pieces)
        return {pieces[at] for at in places(self._hashes, vector)}

    def among(self, pieces: AbstractSet[str]) -> AbstractSet[str]:
        """The pieces of that kind among some."""
        if new := pieces - self._known:
            self._known |= new
            some = new if self._has_number else [piece for piece in new if _LETTER.search(piece)]
            for level, wanted in self._levels.items():
                terms = self._terms(level)
                self._found.update([piece for piece in some if not wanted.isdisjoint(terms(piece))])
        return pieces & self._found

    def _terms(self, level: str) -> Callable[[str], Iterable[str]]:
        """What gives the terms of a piece at a level; stems by the memo that reading the piece asks again."""
        if level != STEM:
            return self._analyzer.terms(level).__getitem__
        piece = self._analyzer.piece
        return lambda text: [stem for word in piece(text) for stem in word.stem]
