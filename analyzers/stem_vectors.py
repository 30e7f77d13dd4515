"""Stem vectors: a 16-bit hash of the stem of each piece of a text between spaces.

Stored with a document, a vector tells which pieces may have a word of a query, so that the others need not be
analysed again to mark it. It never misses one: a piece of several words, of several stems or with a number in
it is ``UNKNOWN``, and two stems may share a hash.
"""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakKeyDictionary
from zlib import crc32

from kashshaf.analyzers.arabic import FOLDED, STEM
from kashshaf.analyzers.encoded_terms import GAP
from kashshaf.analyzers.memo import Memo
from kashshaf.analyzers.stemming.hamza import every_shown
from kashshaf.analyzers.stopwords import folded_stop_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.encoded_terms import TermEncoder

UNKNOWN = 0
"""Of a piece that has to be looked at."""
NO_STEM = 1
"""Of a stop word, and of a piece without a word in it."""
_HASHES = (1 << 16) - 2
LONGEST = 1 << 20
"""Pieces of a text up to which it has a vector: far beyond any article."""

FEW = 32
"""Hashes that are looked for one by one."""
REMEMBERED = 1 << 13
"""Terms whose possible hashes are remembered for each analyzer."""
_KNOWN: WeakKeyDictionary[Analyzer, Memo[frozenset[int]]] = WeakKeyDictionary()

StemVector: TypeAlias = "array[int]"
"""Unsigned 16-bit integers, one for each piece of ``text.split()``."""


def hash_of(stem: str) -> int:
    """Hash a stem, to a number above ``NO_STEM``."""
    return 2 + crc32(stem.encode()) % _HASHES


class StemVectors(Memo[int]):
    """A maker of stem vectors, which remembers the hashes of pieces it has seen, within bounds."""

    def __init__(self, encoder: TermEncoder) -> None:
        super().__init__(encoder.remembered)
        self._encoder = encoder

    def of(self, text: str) -> StemVector:
        """Make the vector of a text; empty where the text is longer than ``LONGEST`` pieces."""
        pieces = text.split()
        return array("H", map(self.__getitem__, pieces) if len(pieces) <= LONGEST else ())

    def __missing__(self, piece: str) -> int:
        found = self.find(piece)
        return self.keep(piece, self._hash(piece)) if found is None else found

    def _hash(self, piece: str) -> int:
        stem = self._encoder.stem(piece)
        if stem is None:
            return UNKNOWN
        return hash_of(stem) if stem and stem != GAP else NO_STEM


def possible_hashes(term: str, level: str, analyzer: Analyzer) -> frozenset[int]:
    """The hashes, beside ``UNKNOWN``, of pieces that have a word with a term, which is no root.

    Empty where that cannot be told: the term is no word by itself, as of «¼».
    """
    if level == STEM:
        return frozenset((hash_of(term),))
    known = _KNOWN.setdefault(analyzer, Memo(REMEMBERED))
    found = known.find(level + term)
    return known.keep(level + term, _hashes(term, level, analyzer)) if found is None else found


def _hashes(term: str, level: str, analyzer: Analyzer) -> frozenset[int]:
    """A folded word has the stem of any of its spellings, of which some may be stop words."""
    forms = analyzer.piece(term)
    if len(forms) != 1 or getattr(forms[0], level) != (term,):
        return frozenset()
    words = tuple(every_shown(term)) if level == FOLDED else (term,)
    stems = [analyzer.terms(STEM)[word] for word in words]
    may_stop = level == FOLDED and term in folded_stop_words()
    if may_stop:
        stems += [analyzer.lexicon.analysed(word).stems for word in words]
    none = {NO_STEM} if may_stop or not all(stems) else set[int]()
    return frozenset(none.union(hash_of(stem) for each in stems for stem in each))


def places(hashes: AbstractSet[int], vector: StemVector) -> Iterator[int]:
    """The places of some hashes in a vector: of a few by a search among its bytes, which is quickest."""
    if len(hashes) > FEW:
        yield from (at for at, each in enumerate(vector) if each in hashes)
        return
    data, size = vector.tobytes(), vector.itemsize
    for sought in (array("H", (each,)).tobytes() for each in hashes):
        at = data.find(sought)
        while at >= 0:
            if at % size == 0:
                yield at // size
            at = data.find(sought, at + 1)


def to_bytes(vector: StemVector) -> bytes:
    """Encode a vector, the same on every machine."""
    return _little(vector).tobytes()


def from_bytes(data: bytes) -> StemVector:
    """Decode a vector."""
    vector = array("H")
    vector.frombytes(data)
    return _little(vector)


def _little(vector: StemVector) -> StemVector:
    if sys.byteorder == "big":
        vector = vector[:]
        vector.byteswap()
    return vector
