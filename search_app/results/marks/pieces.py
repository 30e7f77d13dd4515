"""Pieces of text without spaces that have a word of a query."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import ROOT, STEM
from kashshaf.analyzers.stem_vectors import NUMERAL, SEVERAL, possible_hashes
from kashshaf.search_app.results.marks.lines import piece_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.stem_vectors import StemVector

MANY = 256
"""Terms of a query up to which the stems of each are looked for: ``كلمة*`` may stand for thousands."""
_UNTOLD = (SEVERAL, NUMERAL)
"""Hashes that pieces with different words have."""
_LETTER = re.compile(r"[^\W\d_]")
"""What a piece has that is more than a number, whose terms are digits."""


class Pieces:
    """The pieces of text without spaces that have a word with one of the terms; for the texts of one page.

    Most have none and need not be looked at more closely.
    """

    def __init__(
        self, analyzer: Analyzer, terms: AbstractSet[tuple[str, str]], *, numbers: bool = False
    ) -> None:
        """``numbers``: whether parts of numbers or names are looked at, whatever their terms are."""
        self._levels: dict[str, set[str]] = defaultdict(set)
        for level, term in terms:
            self._levels[level].add(term)
        self._analyzer = analyzer
        self._known: set[str] = set()
        self._found: set[str] = set()
        self._numbers = numbers
        self._has_number = any(term[:1].isdecimal() for _, term in terms)
        self._hashes: frozenset[int] | None = None
        self._rooted: dict[int, bool] = {}
        if len(terms) <= MANY:
            hashes = [possible_hashes(term, level, analyzer) for level, term in terms if level != ROOT]
            self._hashes = frozenset[int]().union(*hashes) if all(hashes) else None

    def are_hashed(self) -> bool:
        """Tell whether the terms have hashes by which a stem vector tells the pieces that have none."""
        return self._hashes is not None

    def places(self, vector: StemVector, text: str, starts: Sequence[int]) -> list[tuple[int, int]]:
        """The places, and the hashes, of the pieces of a text that may be of that kind, by its vector."""
        if self._hashes is None:
            return [*enumerate(vector.hashes)]
        parts = ((at, SEVERAL) for at in vector.parts()) if self._numbers else ()
        found = vector.places(self._hashes)
        if ROOT in self._levels:
            found = sorted([*found, *self._places_of_roots(vector, text, starts)])
        return [*found, *parts]

    def _places_of_roots(
        self, vector: StemVector, text: str, starts: Sequence[int]
    ) -> Iterator[tuple[int, int]]:
        """Those of the pieces that may have one of the roots: of each stem one is looked at, once a page."""
        rooted, roots, wanted = self._rooted, self._analyzer.terms(ROOT), self._levels[ROOT]
        for each, at in dict(zip(vector.hashes, count(), strict=False)).items():
            if each not in rooted:
                piece = piece_at(text, at, starts)
                rooted[each] = each in _UNTOLD or not wanted.isdisjoint(roots[piece])
        return ((at, SEVERAL) for at, each in enumerate(vector.hashes) if rooted[each])

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
