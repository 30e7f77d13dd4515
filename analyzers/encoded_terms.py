"""Texts of finished terms, one a level: what engines store. The same terms as ``Analyzer.tokens`` has.

A space parts positions. ``GAP`` stands at a position without a term, ``SAME_POSITION`` parts the terms of one
position; neither occurs in a term, nor does white space. So a level of a text is one object, not one a word:
an article is put together at the speed of ``str.join``.
"""

from __future__ import annotations

import re
from array import array
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.analyzer import NumberForms, NumberWordForms, by_position
from kashshaf.analyzers.arabic import LEVELS
from kashshaf.analyzers.memo import Memo
from kashshaf.analyzers.stem_vectors import (
    NO_WORD,
    SEVERAL,
    hash_of,
    hash_of_forms,
    hashes_of_words,
    places_of,
    steps_of,
)
from kashshaf.analyzers.tokenize import EDGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kashshaf.analyzers.analyzer import Analyzer

GAP = "\0"
SAME_POSITION = "\1"

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
        return EncodedTerms(*[first(level, positions) for level in self])


def first(level: str, positions: int) -> str:
    """So many positions from the beginning, of the terms of one level."""
    return " ".join(level.split(" ", positions)[:positions])


NOTHING = EncodedTerms("", "", "", "")
GAP_TERMS = EncodedTerms(GAP, GAP, GAP, GAP)
"""One position without a term, so that no phrase reaches across."""


class PieceTerms(NamedTuple):
    """The terms at each level of a piece of text between spaces, empty without a word, and its stem hash.

    Of one that has several ``others`` are the hashes of its words.
    """

    exact: str
    folded: str
    stem: str
    root: str
    stem_hash: int
    others: tuple[int, ...] = ()


class NumberTerms(PieceTerms):
    """One with a part of a number in it."""


class NumberWordTerms(NumberTerms):
    """One with a word of a number: digits alone, however many stand side by side, make no phrase."""


_STEM_HASH = attrgetter("stem_hash")
_WORDLESS = PieceTerms("", "", "", "", NO_WORD)


class EncodedText(NamedTuple):
    """The stem hash of each of a text's pieces between spaces, and the terms of its words.

    ``steps``: the places where the pieces begin (``stem_vectors.steps_of``). ``others``: number and hash of
    each word of the pieces that have several.
    """

    steps: bytes
    hashes: array[int]
    others: list[tuple[int, int]]
    terms: EncodedTerms


class TermEncoder:
    """Text to finished terms, several times as fast as tokens; remembers what it has seen, within bounds.

    No word reaches across white space, so what stands between spaces is looked up as a whole, the punctuation
    that clings to a word with it; no step of the loop is in Python. Only words of numbers are read with their
    neighbours. Safe to share between threads.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._pieces = _Pieces(analyzer)

    def read(self, text: str) -> EncodedText:
        """The pieces of a text with all that is known of them; linear in its length, never raises."""
        pieces = text.split()
        found = [*map(self._pieces.__getitem__, pieces)]
        hashes = array("I", map(_STEM_HASH, found))
        others = [(at, each) for at in places_of(SEVERAL, hashes.tobytes()) for each in found[at].others]
        return EncodedText(steps_of(text, pieces), hashes, others, self._terms(text, found))

    def piece(self, piece: str) -> PieceTerms:
        """The terms of a piece of text without spaces; not remembered, for those who do so themselves."""
        return self._pieces.read(piece)

    def phrase(self, text: str) -> PieceTerms:
        """The terms of pieces with a part of a number in each, read together."""
        return self._pieces.read_whole(text)

    def encode(self, text: str) -> EncodedTerms:
        """The terms at each position of ``tokens(text)``; linear in its length, never raises."""
        return self._terms(text, [*map(self._pieces.__getitem__, text.split())])

    def _terms(self, text: str, found: list[PieceTerms]) -> EncodedTerms:
        if NumberWordTerms in set(map(type, found)) and (runs := _runs(found)):
            parts = _SPACES.split(text.strip())
            for start, end in reversed(runs):
                phrase = "".join(parts[2 * start : 2 * end - 1])
                found[start:end] = [self._pieces.read_whole(phrase)]
        return joined(found)


def joined(parts: Iterable[EncodedTerms | PieceTerms]) -> EncodedTerms:
    """Parts one after the other; empty ones have no position."""
    levels = [*map(" ".join, map(partial(filter, None), islice(zip(*parts, strict=True), len(LEVELS))))]
    return EncodedTerms(*levels) if levels else NOTHING


def _runs(pieces: list[PieceTerms]) -> list[tuple[int, int]]:
    """Start and end of each run of several pieces that may make a phrase: no word stands between them."""
    runs: list[tuple[int, int]] = []
    for at in [at for at, piece in enumerate(pieces) if type(piece) is not PieceTerms]:
        if runs and not any(piece.exact for piece in pieces[runs[-1][1] : at]):
            runs[-1] = runs[-1][0], at + 1
        else:
            runs.append((at, at + 1))
    several = [run for run in runs if run[1] - run[0] > 1]
    return [run for run in several if NumberWordTerms in set(map(type, pieces[slice(*run)]))]


class _Pieces(Memo[PieceTerms]):
    """The terms of pieces of text without spaces, found out when first asked for."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__(analyzer.remembered)
        self._analyzer = analyzer

    def __missing__(self, piece: str) -> PieceTerms:
        found = self.find(piece)
        if found is None:
            bare = piece.strip(EDGES)  # so what is remembered of a word serves it beside any signs
            found = self.keep(piece, self.read(piece) if bare == piece else self[bare])
        return found

    def read(self, piece: str) -> PieceTerms:
        """The terms of a piece, found out anew."""
        forms = self._analyzer.words(piece)
        if not forms:
            return _WORDLESS
        if type(forms) is tuple and len(forms) == 1 == len(forms[0].stem) == len(forms[0].root):
            # one word of one stem, as most by far
            (exact,), (folded,), (stem,), (root,) = forms[0]
            return PieceTerms(exact, folded, stem, root, hash_of(stem))
        stem_hash = hash_of_forms(forms)
        others = hashes_of_words(forms) if stem_hash == SEVERAL else ()
        if not isinstance(forms, NumberForms):
            exact, folded, stem, root = map(_written, zip(*forms, strict=True))
            return PieceTerms(exact, folded, stem, root, stem_hash, others)
        kind = NumberWordTerms if isinstance(forms, NumberWordForms) else NumberTerms
        whole = self.read_whole(piece)
        return kind(whole.exact, whole.folded, whole.stem, whole.root, stem_hash, others)

    def read_whole(self, text: str) -> PieceTerms:
        """A text with words of numbers, which are read as tokens are."""
        exact, folded, stem, root = map(_written, zip(*by_position(self._analyzer.tokens(text)), strict=True))
        return PieceTerms(exact, folded, stem, root, SEVERAL)


def _written(level: Sequence[tuple[str, ...]]) -> str:
    """The terms of words at one level."""
    if len(level) == 1 == len(level[0]):  # most by far
        return level[0][0]
    return " ".join([SAME_POSITION.join(terms) or GAP for terms in level])
