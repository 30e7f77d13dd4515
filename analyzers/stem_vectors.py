"""Stem vectors: a hash of the stem of each piece of a text between spaces, and where the piece begins.

Stored with a document, a vector tells which pieces have a word of a query, so that no text is analysed, or
even split, again to mark it. It misses none: what a piece of several words or stems has stands beside.
That two stems share one of 2³¹ hashes is left to chance, since all it does is to mark a word too many.
"""

from __future__ import annotations

import re
import sys
from array import array
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol
from weakref import WeakKeyDictionary
from zlib import crc32

from kashshaf.analyzers.analyzer import NumberForms
from kashshaf.analyzers.arabic import FOLDED, STEM
from kashshaf.analyzers.memo import Memo
from kashshaf.analyzers.stemming.hamza import every_shown
from kashshaf.analyzers.stopwords import folded_stop_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kashshaf.analyzers.analyzer import Analyzer
    from kashshaf.analyzers.arabic import Forms

SEVERAL, NO_WORD, NUMERAL = range(3)
"""Of a piece of several words or stems; of one without a word in it; of digits."""
PART = 1 << 31
"""Set in the hash of a word that may be part of a number or of a name; at a place, of one word of several."""
_FIRST = 3
_HASHES = PART - _FIRST
LONGEST = 1 << 20
"""Pieces of a text up to which it has a vector: far beyond any article."""

FEW = 32
"""Hashes that are looked for one by one."""
REMEMBERED = 1 << 13
"""Terms whose possible hashes are remembered for each analyzer."""
_KNOWN: WeakKeyDictionary[Analyzer, Memo[frozenset[int]]] = WeakKeyDictionary()

_STOPS = "\0"
"""Before a stop word that is hashed; in no term."""
_PIECE = re.compile(r"\S+")
FAR = 255
"""The distance from which on the place of a piece is not kept: a byte has room for no more."""


class StemVector(NamedTuple):
    """The hashes of the pieces of ``text.split()``, and the characters from each beginning to the next.

    ``hashes`` are unsigned integers of 32 bits. The first of ``steps``, a byte a piece, counts from the
    beginning of the text; they are empty where some piece is ``FAR`` from the next. The hashes of pieces
    that have ``SEVERAL`` are the ``others``, each at the place that ``owners`` has for it. ``length``: the
    characters of the text.
    """

    hashes: array[int]
    steps: bytes
    others: array[int]
    owners: array[int]
    length: int

    def starts(self, text: str) -> list[int] | None:
        """The places where the pieces of its text begin; None of a text that it cannot be of."""
        if len(text) != self.length:
            return None
        found = [*accumulate(self.steps)] or [match.start() for match in _PIECE.finditer(text)]
        fits = len(found) == len(self.hashes) and (not found or found[-1] < len(text))
        return found if fits else None

    def places(self, hashes: AbstractSet[int]) -> list[tuple[int, int]]:
        """The places in order, and the hash at each, of some hashes; of parts of numbers or names too.

        ``PART`` is set in that of a piece that has others beside.
        """
        beside = zip(self.owners, self.others, strict=True)
        several = [(at, PART | each) for at, each in beside if each in hashes]
        if len(hashes) > FEW:
            either = hashes | {each | PART for each in hashes}
            found = [(at, each & ~PART) for at, each in enumerate(self.hashes) if each in either]
            return sorted([*found, *several])
        data = self.hashes.tobytes()
        alone = (
            (at, each) for each in hashes for form in (each, each | PART) for at in places_of(form, data)
        )
        return sorted([*alone, *several])

    def parts(self) -> Iterator[int]:
        """The places of pieces that may be part of a number, or of a name."""
        return (
            at for at, each in enumerate(self.hashes) if each >= PART or (each < _FIRST and each != NO_WORD)
        )


_SIZE = array("I").itemsize


def places_of(found: int, data: bytes) -> Iterator[int]:
    """The places of one hash in the bytes of some: the search among bytes is far quicker than a walk."""
    sought = found.to_bytes(_SIZE, sys.byteorder)
    at = data.find(sought)
    while at >= 0:
        if at % _SIZE == 0:
            yield at // _SIZE
        at = data.find(sought, at + 1)


def hash_of(stem: str) -> int:
    """Hash a stem, to a number above ``NUMERAL``."""
    return _FIRST + crc32(stem.encode()) % _HASHES


def hash_of_stop_word(folded: str) -> int:
    """Hash a stop word, which has no stem, in another way than any stem."""
    return hash_of(_STOPS + folded)


class Read(Protocol):
    """A text that was read, as ``EncodedText`` is."""

    @property
    def steps(self) -> bytes:
        """Where its pieces between spaces begin, as ``steps_of`` has it."""

    @property
    def hashes(self) -> array[int]:
        """The hash of each piece."""

    @property
    def others(self) -> list[tuple[int, int]]:
        """Place and hash of each word of the pieces that have several."""


def vector_of(lines: Sequence[tuple[str, Read]]) -> StemVector:
    """Make the vector of a text of its lines; empty where the text is longer than ``LONGEST`` pieces."""
    hashes, others, owners = array("I"), array("I"), array("I")
    for _, read in lines:
        for at, each in read.others:
            owners.append(len(hashes) + at)
            others.append(each)
        hashes += read.hashes
        if len(hashes) > LONGEST:
            return vector_of(())
    length = sum(len(line) + 1 for line, _ in lines) - 1
    steps = _joined((line, read.steps) for line, read in lines)
    return StemVector(hashes, steps, others, owners, max(length, 0))


def hash_of_forms(forms: tuple[Forms, ...]) -> int:
    """Hash a piece by the words in it: ``SEVERAL`` of more than one, or of one of several stems."""
    if len(forms) == 1 == len(forms[0].stem) and not isinstance(forms, NumberForms):  # most by far
        return hash_of(forms[0].stem[0])
    if not forms:
        return NO_WORD
    numeral = isinstance(forms, NumberForms) and all(
        term[:1].isdecimal() for word in forms for term in word.exact
    )
    if numeral:
        return NUMERAL
    found = hashes_of_words(forms)
    if len(forms) > 1 or len(found) > 1:
        return SEVERAL
    return found[0] | PART if isinstance(forms, NumberForms) else found[0]


def hashes_of_words(forms: tuple[Forms, ...]) -> tuple[int, ...]:
    """The hashes of the words in a piece, in order of number."""
    return tuple(sorted({each for word in forms for each in _own_hashes(word)}))


def _own_hashes(word: Forms) -> Iterator[int]:
    """The hashes of a word's stems, of a stop word of itself."""
    return map(hash_of, word.stem) if word.stem else map(hash_of_stop_word, word.folded)


def steps_of(line: str, pieces: Sequence[str]) -> bytes:
    """The characters from each beginning of a piece to the next, from that of the line to the first one.

    ``FAR`` stands for so many, or more.
    """
    lengths = [*map(len, pieces)]
    if not lengths or sum(lengths) + len(lengths) - 1 == len(line):  # single spaces
        found = [0, *(length + 1 for length in lengths[:-1])] if lengths else []
    else:
        starts = [match.start() for match in _PIECE.finditer(line)]
        found = [starts[0], *(after - start for start, after in pairwise(starts))]
    return bytes(found) if max(found, default=0) < FAR else bytes(min(step, FAR) for step in found)


def _joined(lines: Iterable[tuple[str, bytes]]) -> bytes:
    """The steps of a text of its lines; none where some piece is ``FAR`` from the next."""
    found = bytearray()
    at = last = 0
    for line, steps in lines:
        if steps:
            first = at + steps[0]
            if first - last >= FAR or FAR in steps:
                return b""
            found.append(first - last)
            found += steps[1:]
            last = first + sum(steps) - steps[0]
        at += len(line) + 1
    return bytes(found)


def possible_hashes(term: str, level: str, analyzer: Analyzer) -> frozenset[int]:
    """The hashes of pieces that have a word with a term, which is no root.

    Empty where that cannot be told: the term is no word by itself, as of «¼».
    """
    if level == STEM:
        return frozenset((NUMERAL, hash_of(term)) if term[:1].isdecimal() else (hash_of(term),))
    known = _KNOWN.setdefault(analyzer, Memo(REMEMBERED))
    found = known.find(level + term)
    return known.keep(level + term, _hashes(term, level, analyzer)) if found is None else found


def _hashes(term: str, level: str, analyzer: Analyzer) -> frozenset[int]:
    """A folded word has the stem of any of its spellings, of which some may be stop words."""
    forms = analyzer.piece(term)
    if len(forms) != 1 or getattr(forms[0], level) != (term,):
        return frozenset()
    words = tuple(every_shown(term)) if level == FOLDED else (term,)
    read = [form for word in words for form in analyzer.piece(word)]
    if level == FOLDED and term in folded_stop_words():
        stems = [stem for word in words for stem in analyzer.lexicon.analysed(word).stems]
        return frozenset((hash_of_stop_word(term), *map(hash_of, stems), *chain(*map(_own_hashes, read))))
    numeral = (NUMERAL,) if term[:1].isdecimal() else ()
    return frozenset((*numeral, *chain(*map(_own_hashes, read))))


def to_bytes(vector: StemVector) -> bytes:
    """Encode a vector, the same on every machine: counts, hashes, others with their places, steps."""
    hashes, steps, others, owners, length = vector
    columns = array("I", (len(hashes), len(others), length)), hashes, others, owners
    return b"".join(_little(column).tobytes() for column in columns) + steps


def from_bytes(data: bytes) -> StemVector:
    """Decode a vector."""
    numbers = array("I")
    numbers.frombytes(data[: 3 * _SIZE])
    pieces, several, length = _little(numbers)
    end = _SIZE * (3 + pieces + 2 * several)
    numbers.frombytes(data[3 * _SIZE : end])
    columns = _little(numbers[3:])
    others = columns[pieces : pieces + several]
    return StemVector(columns[:pieces], data[end:], others, columns[pieces + several :], length)


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
