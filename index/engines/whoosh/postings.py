"""Posting lists: turned over in memory, written as columns, read by slices.

A posting is a document's number and a weight: the term's frequency and, in the low byte, the length of the
field (``ranking.length_byte``), so that no length is looked up while scoring. No step is taken a posting but
in the loops of ``FieldInverter``: joining, cutting and narrowing are the work of ``bytes`` and ``array``.

A file holds, field by field, the terms in order, where each one's postings begin, the documents, the weights
and, where phrases are looked for, the positions; at its end a directory of all that.
"""

from __future__ import annotations

import mmap
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from functools import cached_property, lru_cache, partial
from itertools import accumulate, chain, compress, count, pairwise, repeat
from operator import mul
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from kashshaf.analyzers.encoded_terms import GAP, SAME_POSITION
from kashshaf.index.ranking import length_byte

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    Numbers = array[int]

_LOW, _HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
_TAIL = struct.Struct("=QI8s")
"""Offset of the directory, its checksum, the magic bytes."""
_MAGIC = struct.pack("=Q", 0x4B53484650535431)
"""In the machine's order of bytes, as all numbers are: on another machine nothing is read wrongly."""
DELETED = (1 << 32) - 1
"""Stands for the number of a document that is not taken over."""
REMEMBERED = 1_000
"""Terms of a field whose places are remembered."""


class Postings(NamedTuple):
    """The postings of a term, by document, in parallel columns; ``positions`` of all, one after another."""

    documents: Numbers
    weights: Numbers
    positions: Numbers

    def ends(self) -> Iterator[int]:
        """The ends of the positions of each document."""
        return accumulate(weight >> 8 for weight in self.weights)

    def places(self, among: Iterable[int]) -> Iterator[int]:
        """The places of those of some documents that are here."""
        for number in among:
            at = bisect_left(self.documents, number)
            if at < len(self.documents) and self.documents[at] == number:
                yield at


NONE = Postings(array("H"), array("H"), array("H"))


class FieldInverter:
    """One field of the documents added so far, term by term. Documents must come in the order of numbers."""

    def __init__(self, positioned: bool) -> None:
        self._positioned = positioned
        self._codes: defaultdict[str, Numbers] = defaultdict(partial(array, "Q"))
        self._positions: defaultdict[str, Numbers] = defaultdict(partial(array, "I"))
        self._length = 0

    def add(self, number: int, value: str | Sequence[str]) -> None:
        """Take in a document's finished terms (``analyzers/encoded_terms.py``), or its whole values."""
        if isinstance(value, str):
            self._add_terms(number, value)
        else:
            for each in dict.fromkeys(value):
                self._codes[each].append(number << 32 | 1 << 8)

    def _add_terms(self, number: int, terms: str) -> None:
        places = terms.split()
        several = SAME_POSITION in terms
        counts = Counter(terms.replace(SAME_POSITION, " ").split() if several else places)
        counts.pop(GAP, None)
        if not counts:
            return
        length = counts.total()
        self._length += length
        first, last = number << 32 | length_byte(length), max(counts.values())
        weighted = [*range(first, first + (last << 8) + 1, 1 << 8)]
        lists = map(self._codes.__getitem__, counts)
        _consume(map(array.append, lists, map(weighted.__getitem__, counts.values())))
        if self._positioned:
            self._place(places, several)

    def _place(self, places: Sequence[str], several: bool) -> None:
        """Note where each term stands; ``several`` where there may be more than one at a position."""
        positions = self._positions
        if several:
            for position, place in enumerate(places):
                for term in place.split(SAME_POSITION):
                    positions[term].append(position)
        else:
            _consume(map(array.append, map(positions.__getitem__, places), count()))
        positions.pop(GAP, None)

    def take(self, field: FieldPostings, numbers: Mapping[int, int] | range) -> None:
        """Take over written postings, ``numbers`` being what each document is called here, if it is kept."""
        rows = field.rows(numbers)
        lists = zip(field.terms(), pairwise(rows.starts), pairwise(rows.position_starts), strict=True)
        for term, (start, end), (first, last) in lists:
            if start < end:
                self._codes[term].extend(rows.codes[start:end])
                if self._positioned:
                    self._positions[term].extend(rows.positions[first:last])
        self._length += sum(map(_frequency, rows.codes))

    def columns(self) -> dict[str, bytes | Numbers]:
        """The field as it is written."""
        terms = sorted(self._codes)
        encoded = [term.encode() for term in terms]
        lists = [self._codes[term] for term in terms]
        codes = array("I", b"".join(lists))
        rows: dict[str, bytes | Numbers] = {
            "terms": b"".join(encoded),
            "term_starts": _starts(map(len, encoded)),
            "starts": _starts(map(len, lists)),
            "documents": _narrowed(codes[_HIGH::2]),
            "weights": _narrowed(codes[_LOW::2]),
        }
        if self._positioned:
            lists = [self._positions[term] for term in terms]
            rows["position_starts"] = _starts(map(len, lists))
            rows["positions"] = _narrowed(array("I", b"".join(lists)))
        return rows

    @property
    def length(self) -> int:
        """Terms of all documents together."""
        return self._length


_consume = deque[None](maxlen=0).extend
"""Runs an iterator to its end, with no step in Python: what a posting costs is what a rebuild costs."""


class Rows(NamedTuple):
    """All postings of a field, term by term: number and weight in one; positions; where each term's begin."""

    codes: Numbers
    starts: Numbers
    positions: Numbers
    position_starts: Numbers

    def kept(self) -> Rows:
        """Without those that are gone."""
        keep = [code >> 32 != DELETED for code in self.codes]
        found = [*map(_frequency, self.codes)]
        before = [0, *accumulate(keep)]
        positions_before = [0, *accumulate(map(mul, keep, found))]
        return Rows(
            array("Q", compress(self.codes, keep)),
            array("I", map(before.__getitem__, self.starts)),
            array("I", compress(self.positions, chain.from_iterable(map(repeat, keep, found)))),
            array("I", map(positions_before.__getitem__, self.starts)),
        )


def _frequency(code: int) -> int:
    return code >> 8 & 0xFFFFFF


def _coded(documents: Iterable[int], weights: Numbers) -> Numbers:
    """Numbers and weights in one, as ``FieldInverter`` has them."""
    halves = array("I", bytes(8 * len(weights)))
    halves[_HIGH::2] = array("I", documents)
    halves[_LOW::2] = array("I", weights)
    return array("Q", halves.tobytes())


def _starts(lengths: Iterable[int]) -> Numbers:
    return array("I", accumulate(lengths, initial=0))


def _narrowed(numbers: Numbers) -> Numbers:
    """Numbers in half the bytes, where all of them fit."""
    halves = array("H", numbers.tobytes())
    fit = halves[_LOW::2]
    return numbers if any(halves[_HIGH::2].tobytes().strip(b"\0")) else fit


def write(file: BinaryIO, fields: Iterable[tuple[str, FieldInverter]]) -> None:
    """A whole file of postings."""
    at = 0
    directory: dict[str, Any] = {}
    for name, field in fields:
        entry: dict[str, Any] = {"length": field.length, "at": at, "checksum": 0}
        for column, values in field.columns().items():
            packed = memoryview(values).cast("B")
            file.write(packed)
            entry["checksum"] = zlib.crc32(packed, entry["checksum"])
            entry[column] = (at, len(packed), values.typecode if isinstance(values, array) else "B")
            at += len(packed)
        directory[name] = {**entry, "end": at}
    packed_directory = orjson.dumps(directory)
    file.write(packed_directory)
    file.write(_TAIL.pack(at, zlib.crc32(packed_directory), _MAGIC))


class PostingsFile:
    """A file of postings, mapped; raises ValueError where it is not one, or was damaged at its end."""

    def __init__(self, file: BinaryIO) -> None:
        self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self._directory = self._read_directory()
        except BaseException:
            self._map.close()
            raise
        self._fields: dict[str, FieldPostings] = {}

    def _read_directory(self) -> dict[str, Any]:
        if len(self._map) < _TAIL.size:
            raise ValueError("the file of postings was cut")
        at, checksum, magic = _TAIL.unpack(self._map[-_TAIL.size :])
        packed = self._map[at : -_TAIL.size]
        if magic != _MAGIC or zlib.crc32(packed) != checksum:
            raise ValueError("the file of postings is damaged, or of another machine")
        directory: dict[str, Any] = orjson.loads(packed)
        return directory

    def names(self) -> list[str]:
        """The fields."""
        return list(self._directory)

    def field(self, name: str) -> FieldPostings:
        """A field; one that is not there has no terms."""
        if name not in self._fields:
            self._fields[name] = FieldPostings(self._map, self._directory.get(name, {}))
        return self._fields[name]

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()


class FieldPostings:
    """One field of a file of postings."""

    def __init__(self, map_: mmap.mmap | bytes, entry: Mapping[str, Any]) -> None:
        self._map = map_
        self._entry = entry
        self.length: int = entry.get("length", 0)
        self._find = lru_cache(REMEMBERED)(self._look_up)  # a search asks for the same term several times

    def terms(self) -> Iterator[str]:
        """All terms in order."""
        return (self._term(place).decode() for place in range(len(self._term_starts) - 1))

    def frequency(self, term: str) -> int:
        """The number of documents that have a term."""
        place = self._find(term.encode())
        return 0 if place is None else self._starts[place + 1] - self._starts[place]

    def postings(self, term: str, positions: bool = True) -> Postings:
        """The postings of a term; without ``positions`` where only documents and weights are wanted."""
        place = self._find(term.encode())
        if place is None:
            return NONE
        start, end = self._starts[place], self._starts[place + 1]
        return Postings(
            self._cut("documents", start, end),
            self._cut("weights", start, end),
            self._cut("positions", *self._position_starts[place : place + 2])
            if positions and "positions" in self._entry
            else NONE.positions,
        )

    def by_place(self) -> Iterator[tuple[int, int]]:
        """Each posting: its document, and the place of its term among ``terms``, from 1."""
        lengths = (end - start for start, end in pairwise(self._starts))
        return zip(self._cut("documents"), chain.from_iterable(map(repeat, count(1), lengths)), strict=True)

    def rows(self, numbers: Mapping[int, int] | range) -> Rows:
        """All of it, documents by the numbers given; without those that have none."""
        weights, starts = self._cut("weights"), self._starts
        positioned = "positions" in self._entry
        positions = self._cut("positions") if positioned else NONE.positions
        position_starts = self._position_starts if positioned else array("I", bytes(4 * len(starts)))
        documents: Iterable[int] = self._cut("documents")
        if isinstance(numbers, range):
            if numbers.start:
                documents = map(numbers.__getitem__, documents)
            return Rows(_coded(documents, weights), starts, array("I", positions), position_starts)
        documents = (numbers.get(number, DELETED) for number in documents)
        return Rows(_coded(documents, weights), starts, array("I", positions), position_starts).kept()

    def check(self) -> None:
        """Read all of it; raises ValueError where it is not as it was written."""
        if self._entry:
            written = self._map[self._entry["at"] : self._entry["end"]]
            if zlib.crc32(written) != self._entry["checksum"]:
                raise ValueError("posting lists are damaged")

    @cached_property
    def _term_starts(self) -> Numbers:
        return self._cut("term_starts")

    @cached_property
    def _starts(self) -> Numbers:
        return self._cut("starts")

    @cached_property
    def _position_starts(self) -> Numbers:
        return self._cut("position_starts")

    def _cut(self, column: str, start: int = 0, end: int | None = None) -> Numbers:
        """Rows ``start`` to ``end`` of a column."""
        if not self._entry:
            return array("I", [0] if column.endswith("starts") else [])
        at, size, typecode = self._entry[column]
        width = 2 if typecode == "H" else 4
        last = at + (size if end is None else end * width)
        return array(typecode, self._map[at + start * width : last])

    def _term(self, place: int) -> bytes:
        at = self._entry["terms"][0]
        return self._map[at + self._term_starts[place] : at + self._term_starts[place + 1]]

    def _look_up(self, term: bytes) -> int | None:
        terms = len(self._term_starts) - 1
        place = bisect_left(range(terms), term, key=self._term)
        return place if place < terms and self._term(place) == term else None


NO_FIELD = FieldPostings(b"", {})
