"""The words of a query by the hashes of their stems, as stem vectors have them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import ROOT, STEM
from kashshaf.analyzers.memo import LONGEST
from kashshaf.analyzers.stem_vectors import PART, possible_hashes
from kashshaf.analyzers.tokenize import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.search_app.results.marks.standing import Quoted


class ByHash:
    """``words``: the number in the query of each word that a hash tells, and that nothing else may be.

    ``stems`` are those of loose words, ``quoted`` what stands as a whole, ``joined`` words that are two.
    """

    def __init__(
        self,
        stems: Mapping[str, int],
        quoted: Iterable[Quoted],
        joined: Iterable[tuple[int, Sequence[str]]],
        analyzer: Analyzer,
    ) -> None:
        quoted = list(quoted)
        ways = [
            [_hashes(slot, level, analyzer) for slot in way]
            for _, level, found in quoted
            if level != ROOT
            for way in found
        ]
        pairs = [[_hashes((part,), STEM, analyzer) for part in parts] for _, parts in joined]
        self._rows = [*pairs, *(way for way in ways if len(way) > 1)]
        closer = {each for way in ways if len(way) == 1 for each in way[0]}
        own = {each: word for stem, word in stems.items() for each in possible_hashes(stem, STEM, analyzer)}
        self.words = {each: word for each, word in own.items() if each not in closer}
        if any(each.level == ROOT for each in quoted):
            self.words = {}  # no hash tells the root of a word

    def may_be_together(self, places: Iterable[tuple[int, int]]) -> bool:
        """Tell whether a text with hashes at some places may have what counts only side by side."""
        if not self._rows:
            return False
        there = {each & ~PART for _, each in places}
        return any(all(not there.isdisjoint(slot) for slot in row) for row in self._rows)


def _hashes(terms: Iterable[str], level: str, analyzer: Analyzer) -> frozenset[int]:
    """The hashes of pieces that may have one of the terms."""
    return frozenset[int]().union(*(possible_hashes(term, level, analyzer) for term in terms))


def only_word(piece: str) -> tuple[int, int] | None:
    """The start and end of the word of a piece, without what clings to it; None where there are several."""
    return _only_word(piece) if len(piece) > LONGEST else _remembered(piece)


@lru_cache(maxsize=1 << 14)
def _remembered(piece: str) -> tuple[int, int] | None:
    return _only_word(piece)


def _only_word(piece: str) -> tuple[int, int] | None:
    found = [*words(piece)]
    return (found[0].start, found[0].end) if len(found) == 1 else None
