"""The file of a frozen lexicon. It is mapped, not read, so that a million words open at once.

A header and two tables: the words of the corpus, and what is known before it (``analyzers/base_list.py``).
A table is the number of its records, their places in it, and the records, sorted by their bytes: a word and
what is kept of it, parted by a tab. Numbers are little-endian. A word of the corpus has its count, its stems
and its roots; tabs part these, spaces the terms. Last come the numbers of these words, each at the place that
its CRC-32 names, or the next free one: so a word is found without asking twenty others first. Half of the
places at least are free.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from kashshaf.analyzers.base_list import NOTHING, look_up
from kashshaf.analyzers.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kashshaf.analyzers.base_list import Prior

MAGIC = b"KSHFLEX\n"
VERSION = 3
"""Raised whenever the layout of the file changes."""
_HEADER = struct.Struct("<8sQQQQ")  # magic, version, length of the file, places of second table and numbers
_NUMBER = struct.Struct("<Q")
_PAIR = struct.Struct("<2Q")
_ENTRY = struct.Struct("<I")
_TAB = b"\t"


class WordForms(NamedTuple):
    """The stems of a word, and the roots of these."""

    stems: tuple[str, ...]
    roots: tuple[str, ...]


class Table:
    """The table at a place of a mapped file; ValueError where it does not fit into it."""

    def __init__(self, data: mmap.mmap, at: int) -> None:
        self._data, self._at = data, at
        if not _HEADER.size <= at <= len(data) - _NUMBER.size:
            raise ValueError
        self.size: int = _NUMBER.unpack_from(data, at)[0]
        if at + _first_place(self.size) > len(data):
            raise ValueError

    def before(self, word: str) -> bytes | None:
        """What is kept of the last word that does not come after ``word``."""
        wanted = word.encode(errors="replace") + _TAB
        place = bisect_right(range(self.size), wanted, key=lambda at: self._start(at, len(wanted)))
        return self.record(place - 1).partition(_TAB)[2] if place else None

    def record(self, at: int) -> bytes:
        """A whole record by its number."""
        start, end = _PAIR.unpack_from(self._data, self._at + (at + 1) * _NUMBER.size)
        return self._data[self._at + start : self._at + end]

    def _start(self, at: int, length: int) -> bytes:
        start = self._place(at)
        return self._data[start : start + length]

    def _place(self, at: int) -> int:
        (place,) = _NUMBER.unpack_from(self._data, self._at + (at + 1) * _NUMBER.size)
        return self._at + int(place)


class HashIndex:
    """The numbers of a table's records by their words; ValueError where they do not fit into the file."""

    def __init__(self, data: mmap.mmap, at: int, table: Table) -> None:
        self._data, self._at, self._table = data, at, table
        self._size = _places(table.size)
        if at + self._size * _ENTRY.size != len(data):
            raise ValueError

    def find(self, word: str) -> bytes | None:
        """What the table keeps of a word."""
        wanted = word.encode(errors="replace") + _TAB
        last = self._size - 1
        first = crc32(wanted) & last
        for place in range(first, first + self._size):
            (number,) = _ENTRY.unpack_from(self._data, self._at + (place & last) * _ENTRY.size)
            if not 0 < number <= self._table.size:
                return None
            record = self._table.record(number - 1)
            if record.startswith(wanted):
                return record[len(wanted) :]
        return None


class LexiconFile:
    """A mapped file. LexiconError if it is missing, cut short, foreign or of another version."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._words, self._prior, self._numbers = _checked(path, _mapped(path))

    def __len__(self) -> int:
        return self._words.size

    def count(self, word: str) -> int | None:
        """How often a folded word was attested at the freeze; None where it was not there."""
        found = self._numbers.find(word)
        return None if found is None else self._count(found)

    def forms(self, word: str) -> WordForms | None:
        """Stems and roots of a folded word that was there at the freeze."""
        found = self._numbers.find(word)
        return None if found is None else self._forms(found)

    def prior(self, word: str) -> Prior:
        """What was known of a folded word apart from the corpus."""
        block = self._prior.before(word)
        try:
            return NOTHING if block is None else look_up(block, word)
        except ValueError as error:
            raise _unusable(self._path, "is damaged") from error

    def check(self) -> None:
        """Read all of it; LexiconError where a word or a block is damaged or out of its place."""
        before = b""
        for at in range(self._words.size):
            word, _, rest = self._words.record(at).partition(_TAB)
            if word + _TAB <= before or self._numbers.find(word.decode(errors="replace")) != rest:
                raise _unusable(self._path, "is damaged")
            self._count(rest)
            self._forms(rest)
            before = word + _TAB
        for at in range(self._prior.size):
            self.prior(self._prior.record(at).partition(_TAB)[0].decode(errors="replace"))

    def _count(self, record: bytes) -> int:
        try:
            return int(record.partition(_TAB)[0])
        except ValueError as error:
            raise _unusable(self._path, "is damaged") from error

    def _forms(self, record: bytes) -> WordForms:
        try:
            _, stems, roots = record.decode().split("\t")
        except ValueError as error:
            raise _unusable(self._path, "is damaged") from error
        as_stems = tuple(stems.split(" "))
        # one object for both, as often
        return WordForms(as_stems, as_stems if roots == stems else tuple(roots.split(" ")))


def write(path: Path, words: Sequence[str], records: Iterable[bytes], prior: bytes) -> None:
    """Freezes sorted words with the ``record`` of each, and a table made by ``table``.

    The header comes last: a file that was cut short has none.
    """
    places = array("Q")
    numbers = array("I", bytes(_places(len(words)) * _ENTRY.size))
    with path.open("wb") as file:
        file.seek(_HEADER.size + _first_place(len(words)))
        for number, (word, kept) in enumerate(zip(words, records, strict=True), 1):
            places.append(file.tell() - _HEADER.size)
            at = crc32(word.encode(errors="replace") + _TAB) % len(numbers)
            while numbers[at]:
                at = (at + 1) % len(numbers)
            numbers[at] = number
            file.write(kept)
        second = file.tell()
        places.append(second - _HEADER.size)
        file.write(prior)
        third = file.tell()
        length = third + file.write(_little(numbers))
        file.seek(_HEADER.size)
        file.write(_NUMBER.pack(len(words)) + _little(places))
        file.seek(0)
        file.write(_HEADER.pack(MAGIC, VERSION, length, second, third))


def entry(word: str, attested: int, forms: WordForms) -> bytes:
    """A word and what is frozen of it."""
    return "\t".join((word, str(attested), *map(" ".join, forms))).encode(errors="replace")


def table(records: Sequence[bytes]) -> bytes:
    """A table of sorted records."""
    places = array("Q", accumulate(map(len, records), initial=_first_place(len(records))))
    return b"".join((_NUMBER.pack(len(records)), _little(places), *records))


def _first_place(records: int) -> int:
    """Where the records begin in a table: behind their number, their places and that of the end."""
    return (records + 2) * _NUMBER.size


def _places(records: int) -> int:
    """Places for the numbers of so many records: a power of two, at least twice as many."""
    return 2 << records.bit_length()


def _little(places: array[int]) -> bytes:
    if sys.byteorder == "big":
        places.byteswap()
    return places.tobytes()


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise _unusable(path, "is missing, empty or cannot be read") from error


def _checked(path: Path, data: mmap.mmap) -> tuple[Table, Table, HashIndex]:
    """The tables and the numbers, if header, length and tables agree."""
    if len(data) < _HEADER.size:
        raise _unusable(path, "is cut short")
    magic, version, length, second, third = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise _unusable(path, "is no lexicon, or was not written to its end")
    if version != VERSION:
        raise _unusable(path, f"is of version {version}, not {VERSION}")
    if length != len(data):
        raise _unusable(path, "is cut short or damaged")
    try:
        words = Table(data, _HEADER.size)
        return words, Table(data, second), HashIndex(data, third, words)
    except ValueError as error:
        raise _unusable(path, "is cut short or damaged") from error


def _unusable(path: Path, what: str) -> LexiconError:
    return LexiconError(f"the lexicon {path} {what}; rebuild with: kashshaf reindex")
