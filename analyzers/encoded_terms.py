"""Texts of finished terms, one a level: what engines store. The same terms as ``Analyzer.tokens`` has.

A space parts positions. ``GAP`` stands at a position without a term, ``SAME_POSITION`` parts the terms of one
position; neither occurs in a term, nor does white space. So a level of a text is one object, not one a word:
an article is put together at the speed of ``str.join``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.analyzer import NumberForms, NumberWordForms, by_position
from kashshaf.analyzers.arabic import LEVELS, STEM
from kashshaf.analyzers.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.arabic import Forms

GAP = "\0"
SAME_POSITION = "\1"

_STEMMED = LEVELS.index(STEM)
_SPACES = re.compile(r"(\s+)")


class EncodedTerms(NamedTuple):
    """The terms of a text, level by level; all empty, or all of the same number of positions."""

    exact: str
    folded: str
    stem: str
    root: str

    def positions(self) -> int:
        """How many there are."""
        return self.exact.count(" ") + 1 if self.exact else 0

    def first(self, positions: int) -> EncodedTerms:
        """So many positions from the beginning."""
        if self.positions() <= positions:
            return self
        return EncodedTerms(*(" ".join(level.split(" ", positions)[:positions]) for level in self))


NOTHING = EncodedTerms("", "", "", "")
GAP_TERMS = EncodedTerms(GAP, GAP, GAP, GAP)
"""One position without a term, so that no phrase reaches across."""

_Piece = tuple[str, ...]
"""The terms at each level of a piece of text between spaces; nothing where there is no word in it."""


class _PieceWithNumber(_Piece):
    """One with a part of a number in it."""


class _PieceWithNumberWord(_PieceWithNumber):
    """One with a word of a number: digits alone, however many stand side by side, make no phrase."""


class TermEncoder:
    """Text to finished terms, several times as fast as tokens; remembers what it has seen, within bounds.

    No word reaches across white space, so what stands between spaces is looked up as a whole, the punctuation
    that clings to a word with it; no step of the loop is in Python. Only words of numbers are read with their
    neighbours. Safe to share between threads.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._pieces = _PieceTerms(analyzer)

        self.remembered = analyzer.remembered

    def stem(self, piece: str) -> str | None:
        """The one stem of a piece of text without spaces: ``GAP`` of a stop word, empty without a word.

        None where there are several words, a word of several stems, or a part of a number.
        """
        found = self._pieces[piece]
        if type(found) is not tuple:
            return None
        stem = found[_STEMMED] if found else ""
        return None if " " in stem or SAME_POSITION in stem else stem

    def encode(self, text: str) -> EncodedTerms:
        """The terms at each position of ``tokens(text)``; linear in its length, never raises."""
        found = [*map(self._pieces.__getitem__, text.split())]
        if _PieceWithNumberWord in set(map(type, found)) and (runs := _runs(found)):
            parts = _SPACES.split(text.strip())
            for start, end in reversed(runs):
                phrase = "".join(parts[2 * start : 2 * end - 1])
                found[start:end] = [self._pieces.read_whole(phrase)]
        return joined(filter(None, found))


def joined(parts: Iterable[Sequence[str]]) -> EncodedTerms:
    """Parts that are not empty, one after the other."""
    levels = [*map(" ".join, zip(*parts, strict=True))]
    return EncodedTerms(*levels) if levels else NOTHING


def _runs(pieces: list[_Piece]) -> list[tuple[int, int]]:
    """Start and end of each run of several pieces that may make a phrase."""
    runs: list[tuple[int, int]] = []
    start = end = -1
    for at in [at for at, piece in enumerate(pieces) if type(piece) is not tuple]:
        if at != end:
            start = at
        elif runs and runs[-1][0] == start:
            runs.pop()
        end = at + 1
        if end - start > 1:
            runs.append((start, end))
    return [run for run in runs if _PieceWithNumberWord in set(map(type, pieces[slice(*run)]))]


class _PieceTerms(Memo[_Piece]):
    """The terms of pieces of text without spaces, found out when first asked for."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__(analyzer.remembered)
        self._analyzer = analyzer

    def __missing__(self, piece: str) -> _Piece:
        found = self.find(piece)
        return self.keep(piece, self._read(piece)) if found is None else found

    def _read(self, piece: str) -> _Piece:
        forms = self._analyzer.words(piece)
        if not isinstance(forms, NumberForms):
            return _written(forms)
        kind = _PieceWithNumberWord if isinstance(forms, NumberWordForms) else _PieceWithNumber
        return kind(self.read_whole(piece))

    def read_whole(self, text: str) -> _Piece:
        """A text with words of numbers, which are read as tokens are."""
        return _written(by_position(self._analyzer.tokens(text)))


def _written(words: Sequence[Forms]) -> _Piece:
    if len(words) == 1:  # most by far
        return tuple(terms[0] if len(terms) == 1 else SAME_POSITION.join(terms) or GAP for terms in words[0])
    return tuple(
        " ".join(SAME_POSITION.join(terms) or GAP for terms in level) for level in zip(*words, strict=True)
    )
