"""Many lines to finished terms at once, the same as ``TermEncoder`` makes of each.

What stands between spaces is found in a table by its hash, and the terms of all lines are put together by
one walk over letters for each level. Only pieces that the table lacks, and numbers of several words, are read
by the rules; what was read is kept behind the table, within bounds.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kashshaf.analyzers.columns.pieces import LONGEST, split
from kashshaf.analyzers.columns.terms import ENCODING, NUMBER, NUMBER_WORD, WORD
from kashshaf.analyzers.encoded_terms import EncodedTerms, EncodedText, PieceTerms
from kashshaf.analyzers.stem_vectors import FAR, NO_WORD, SEVERAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy.typing as npt

    from kashshaf.analyzers.columns.pieces import Numbers, Pieces
    from kashshaf.analyzers.columns.terms import PieceTable
    from kashshaf.analyzers.encoded_terms import TermEncoder

    Kinds: TypeAlias = npt.NDArray[np.uint8]

REMEMBERED = 1 << 15
"""Pieces kept behind the table."""
MOST_UNITS = 2 << 20
"""Letters of their exact terms: hostile ones could be of any size."""
TOGETHER = 1 << 18
"""Characters of lines that are read at a time; a longer line is left to the encoder."""
_WORDLESS = PieceTerms("", "", "", "", NO_WORD)
_LINE_END = PieceTerms("\n", "\n", "\n", "\n", NO_WORD)


class BulkEncoder:
    """Lines to finished terms; not to be shared between threads."""

    def __init__(self, table: PieceTable, encoder: TermEncoder) -> None:
        self._table = table
        self._terms = table.terms
        self._encoder = encoder
        self._own: dict[str, int] = {}
        self._new: list[PieceTerms] = []
        self._wordless = len(self._terms)
        self._line_end = self._wordless + 1
        self._terms.extend((_WORDLESS, _LINE_END))
        self._shared = len(self._terms)
        self._units = len(self._terms.levels[0].units)

    def read(self, lines: Iterable[str]) -> Iterator[tuple[str, EncodedText]]:
        """Each line with what is known of it; none has a line end in it."""
        for some in _bundles(lines):
            if len(some) == 1:
                yield some[0], self._encoder.read(some[0])
            else:
                yield from zip(some, self._read(some), strict=True)

    def _read(self, lines: Sequence[str]) -> Iterator[EncodedText]:
        self._forget()
        text = "\n".join(lines)
        begins = np.cumsum([0, *(len(line) + 1 for line in lines)])
        pieces = split(text, self._table.key)
        bounds = np.searchsorted(pieces.starts, begins)
        numbers = self._numbers(text, pieces)
        hashes, steps = self._terms.hashes.all()[numbers].tobytes(), _steps(pieces, begins, bounds)
        others = self._others(numbers, bounds)
        numbers = self._with_phrases(text, pieces, numbers, bounds)
        levels = self._levels(np.insert(numbers, bounds[1:], self._line_end))
        for (start, end), own, terms in zip(pairwise(bounds.tolist()), others, levels, strict=True):
            yield EncodedText(steps[start:end], array("I", hashes[4 * start : 4 * end]), own, terms)

    def _forget(self) -> None:
        """Forget what stands behind the table, if it is much."""
        size, content = len(self._terms), len(self._terms.levels[0].units)
        if size - self._shared > REMEMBERED or content - self._units > MOST_UNITS:
            self._own.clear()
            self._terms.cut(self._shared)

    def _numbers(self, text: str, pieces: Pieces) -> Numbers:
        """The number of each piece in the table, or behind it."""
        found = self._table.find(pieces.hashes)
        for at in np.flatnonzero(found < 0).tolist():
            piece = text[pieces.bare_starts[at] : pieces.bare_ends[at]]
            found[at] = self._number(piece, self._encoder.piece)
        self._add_new()
        return found

    def _number(self, text: str, read: Callable[[str], PieceTerms]) -> int:
        """The number of a piece, or of a phrase, that the table lacks."""
        number = self._own.get(text)
        if number is None:
            number = len(self._terms) + len(self._new)
            self._new.append(read(text))
            if len(text) <= LONGEST:
                self._own[text] = number
        return number

    def _add_new(self) -> None:
        self._terms.extend(self._new)
        self._new.clear()

    def _others(self, numbers: Numbers, bounds: Numbers) -> list[list[tuple[int, int]]]:
        """For each line the number in it, and the hashes, of each piece that has several."""
        places = np.flatnonzero(self._terms.hashes.all()[numbers] == SEVERAL)
        lines = np.searchsorted(bounds, places, "right") - 1
        found: list[list[tuple[int, int]]] = [[] for _ in bounds[1:]]
        for place, line in zip(places.tolist(), lines.tolist(), strict=True):
            at = place - int(bounds[line])
            found[line] += [(at, each) for each in array("I", self._terms.others[int(numbers[place])])]
        return found

    def _with_phrases(self, text: str, pieces: Pieces, numbers: Numbers, bounds: Numbers) -> Numbers:
        """The numbers, with that of a phrase in the place of each run of pieces that may be one."""
        for start, end in _runs(self._terms.kinds.all()[numbers], bounds):
            phrase = text[pieces.starts[start] : pieces.ends[end - 1]]
            numbers[start:end] = self._wordless
            numbers[start] = self._number(phrase, self._encoder.phrase)
        self._add_new()
        return numbers

    def _levels(self, numbers: Numbers) -> Iterator[EncodedTerms]:
        """The terms of each line; in ``numbers`` an end stands behind each."""
        whole = (level.joined(numbers).decode(ENCODING, "surrogatepass") for level in self._terms.levels)
        levels = [level.split("\n ")[:-1] for level in whole]
        return (EncodedTerms(*[level[:-1] for level in line]) for line in zip(*levels, strict=True))


def _bundles(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines that together have ``TOGETHER`` characters at the most; alone, if one has more."""
    some: list[str] = []
    room = TOGETHER
    for line in lines:
        if some and len(line) >= room:
            yield some
            some, room = [], TOGETHER
        some.append(line)
        room -= len(line) + 1
    if some:
        yield some


def _steps(pieces: Pieces, begins: Numbers, bounds: Numbers) -> bytes:
    """The steps of all lines."""
    found = np.diff(pieces.starts, prepend=0)
    lines = np.flatnonzero(np.diff(bounds))
    found[bounds[lines]] = pieces.starts[bounds[lines]] - begins[lines]
    return np.minimum(found, FAR).astype(np.uint8).tobytes()


def _runs(kinds: Kinds, bounds: Numbers) -> Iterator[tuple[int, int]]:
    """Start and end of each run of several pieces of a line that may make a phrase: no word between them."""
    places = np.flatnonzero(kinds >= NUMBER)
    words, lines = np.cumsum(kinds == WORD)[places], np.searchsorted(bounds, places, "right")
    starts = np.flatnonzero(np.diff(words, prepend=-1).astype(bool) | np.diff(lines, prepend=-1).astype(bool))
    if len(starts):
        has_word = np.logical_or.reduceat(kinds[places] == NUMBER_WORD, starts)
        ends = np.append(starts[1:], len(places)) - 1
        for at in np.flatnonzero(has_word & (ends > starts)).tolist():
            yield int(places[starts[at]]), int(places[ends[at]]) + 1
