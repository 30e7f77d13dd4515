"""Finished terms of pieces of text as columns: the rules read each piece of a corpus once."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile

import numpy as np

from kashshaf.analyzers.arabic import LEVELS
from kashshaf.analyzers.columns.pieces import places_of
from kashshaf.analyzers.columns.ragged import Column, RaggedColumn
from kashshaf.analyzers.encoded_terms import NumberTerms, NumberWordTerms
from kashshaf.analyzers.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import Any, Self

    from numpy.typing import NDArray

    from kashshaf.analyzers.columns.pieces import Hashes, Numbers
    from kashshaf.analyzers.encoded_terms import PieceTerms

WORDLESS, WORD, NUMBER, NUMBER_WORD = range(4)
"""Kinds of pieces: without a word; without a number; with one in digits; with a word of one."""
ENCODING = "utf-16-le"
"""Of terms in columns: nearly each letter is one unit, which makes them half as long to walk as UTF-8."""
_RAGGED: dict[str, np.dtype[Any]] = {**dict.fromkeys(LEVELS, np.dtype("<u2")), "others": np.dtype(np.uint32)}
"""The columns of strings, and what these are made of."""


class Terms:
    """The terms of pieces, by number.

    ``kinds``: what each has of numbers; ``hashes``: of their stems. ``levels``: the
    terms with a space behind, nothing for a piece without a word. ``others``: the hashes of its
    words where it has several.
    """

    def __init__(self, numbers: Sequence[NDArray[Any]], ragged: Iterable[RaggedColumn]) -> None:
        self.kinds, self.hashes = map(Column, numbers)
        *self.levels, self.others = ragged

    @classmethod
    def none(cls) -> Self:
        """Make the terms of no piece."""
        numbers = np.empty(0, np.uint8), np.empty(0, np.uint32)
        return cls(numbers, [RaggedColumn(np.zeros(1, np.int32), np.empty(0, of)) for of in _RAGGED.values()])

    def __len__(self) -> int:
        return len(self.kinds)

    def extend(self, pieces: Sequence[PieceTerms]) -> None:
        """Add the terms of pieces, which get the next numbers."""
        self.kinds.extend(np.array([*map(_kind, pieces)], np.uint8))
        self.hashes.extend(np.array([piece.stem_hash for piece in pieces], np.uint32))
        for at, level in enumerate(self.levels):
            terms = (f"{piece[at]} " if piece[at] else "" for piece in pieces)
            level.extend([each.encode(ENCODING, "surrogatepass") for each in terms])
        self.others.extend([array("I", piece.others).tobytes() for piece in pieces])

    def cut(self, size: int) -> None:
        """Keep those of so many pieces from the beginning."""
        self.kinds.cut(size)
        self.hashes.cut(size)
        for column in (*self.levels, self.others):
            column.cut(size)

    def columns(self) -> dict[str, NDArray[Any]]:
        """Give the columns by name, for a file."""
        ragged = dict(zip(_RAGGED, (*self.levels, self.others), strict=True))
        starts = {f"{name} starts": column.starts.all() for name, column in ragged.items()}
        content = {name: column.units.all() for name, column in ragged.items()}
        return {"kinds": self.kinds.all(), "hashes": self.hashes.all(), **starts, **content}


def _kind(piece: PieceTerms) -> int:
    if isinstance(piece, NumberTerms):
        return NUMBER_WORD if isinstance(piece, NumberWordTerms) else NUMBER
    return WORD if piece.exact else WORDLESS


class PieceTable(NamedTuple):
    """The finished terms of the pieces that a corpus repeats, found by their hashes.

    ``pieces``: the hashes, sorted, made with ``key``; the terms are in the same order.
    """

    key: Hashes
    pieces: Hashes
    terms: Terms

    def find(self, hashes: Hashes) -> Numbers:
        """Give the number of each piece, -1 of one that is not there."""
        return places_of(hashes, self.pieces)

    def save(self, path: Path) -> None:
        """Write the table to a file."""
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, key=self.key, pieces=self.pieces, **self.terms.columns())

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the table that ``save`` wrote; LexiconError where it is missing, cut short or damaged."""
        try:
            with path.open("rb") as file, np.load(file) as found:
                ragged = [RaggedColumn(found[f"{name} starts"], found[name]) for name in _RAGGED]
                return cls(found["key"], found["pieces"], Terms((found["kinds"], found["hashes"]), ragged))
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise LexiconError(f"the finished terms {path} are missing or damaged") from error
