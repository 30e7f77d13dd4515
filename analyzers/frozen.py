"""The file of a frozen lexicon. It is mapped, not read, so that a million words open at once.

A header and two tables: the words of the corpus, and what is known beyond it (``analyzers/reference.py``).
A table is the number of its records, their places in it, and the records, sorted by their bytes: a word and
what is kept of it, parted by a tab. Numbers are little-endian. A word of the corpus has its count, its stems
and its roots; tabs part these, spaces the terms.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from analyzers.errors import LexiconError
from analyzers.reference import NOTHING, look_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from analyzers.reference import Said

MAGIC = b"KSHFLEX\n"
VERSION = 2
"""Raised whenever the layout of the file changes."""
_HEADER = struct.Struct("<8sQQQ")  # magic, version, length of the file, place of the second table
_NUMBER = struct.Struct("<Q")
_TAB = b"\t"


class WordForms(NamedTuple):
    """The stems of a word, and the roots of these."""

    stems: tuple[str, ...]
    roots: tuple[str, ...]


class Record(NamedTuple):
    """What is frozen of a word."""

    weight: int
    forms: WordForms


class Table:
    """The table at a place of a mapped file; ValueError where it does not fit into it."""

    def __init__(self, data: mmap.mmap, at: int) -> None:
        self._data, self._at = data, at
        if not _HEADER.size <= at <= len(data) - _NUMBER.size:
            raise ValueError
        self.size: int = _NUMBER.unpack_from(data, at)[0]
        if at + _first_place(self.size) > len(data):
            raise ValueError

    def same(self, word: str) -> bytes | None:
        """What is kept of a word."""
        wanted = word.encode(errors="replace") + _TAB
        place = bisect_left(range(self.size), wanted, key=lambda at: self._start(at, len(wanted)))
        found = place < self.size and self._start(place, len(wanted)) == wanted
        return self.record(place)[len(wanted) :] if found else None

    def before(self, word: str) -> bytes | None:
        """What is kept of the last word that does not come after ``word``."""
        wanted = word.encode(errors="replace") + _TAB
        place = bisect_right(range(self.size), wanted, key=lambda at: self._start(at, len(wanted)))
        return self.record(place - 1).partition(_TAB)[2] if place else None

    def record(self, at: int) -> bytes:
        """A whole record by its number."""
        return self._data[self._place(at) : self._place(at + 1)]

    def _start(self, at: int, length: int) -> bytes:
        start = self._place(at)
        return self._data[start : start + length]

    def _place(self, at: int) -> int:
        (place,) = _NUMBER.unpack_from(self._data, self._at + (at + 1) * _NUMBER.size)
        return self._at + int(place)


class Frozen:
    """A mapped file. LexiconError if it is missing, cut short, foreign or of another version."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._words, self._beyond = _checked(path, _mapped(path))

    def __len__(self) -> int:
        return self._words.size

    def find(self, word: str) -> Record | None:
        """What is frozen of a folded word."""
        found = self._words.same(word)
        return self._parsed(found) if found is not None else None

    def beyond(self, word: str) -> Said:
        """What was known of a folded word apart from the corpus."""
        block = self._beyond.before(word)
        try:
            return NOTHING if block is None else look_up(block, word)
        except ValueError as error:
            raise _unusable(self._path, "is damaged") from error

    def check(self) -> None:
        """Read all of it; LexiconError where a word cannot be read or is out of its place."""
        before = b""
        for at in range(self._words.size):
            word, _, rest = self._words.record(at).partition(_TAB)
            if word + _TAB <= before:
                raise _unusable(self._path, "is damaged")
            self._parsed(rest)
            before = word + _TAB

    def _parsed(self, record: bytes) -> Record:
        try:
            count, stems, roots = record.decode().split("\t")
            return Record(int(count), WordForms(tuple(stems.split(" ")), tuple(roots.split(" "))))
        except ValueError as error:
            raise _unusable(self._path, "is damaged") from error


def write(
    path: Path, words: Sequence[str], look_up: Callable[[str], tuple[int, WordForms]], beyond: bytes
) -> None:
    """Freezes sorted words, and a table made by ``table``.

    The header comes last: a file that was cut short has none.
    """
    places = array("Q")
    with path.open("wb") as file:
        file.seek(_HEADER.size + _first_place(len(words)))
        for word in words:
            places.append(file.tell() - _HEADER.size)
            count, forms = look_up(word)
            file.write("\t".join((word, str(count), *map(" ".join, forms))).encode(errors="replace"))
        second = file.tell()
        places.append(second - _HEADER.size)
        file.write(beyond)
        length = file.tell()
        file.seek(_HEADER.size)
        file.write(_NUMBER.pack(len(words)) + _little(places))
        file.seek(0)
        file.write(_HEADER.pack(MAGIC, VERSION, length, second))


def table(records: Sequence[bytes]) -> bytes:
    """A table of sorted records."""
    places = array("Q", accumulate(map(len, records), initial=_first_place(len(records))))
    return b"".join((_NUMBER.pack(len(records)), _little(places), *records))


def _first_place(records: int) -> int:
    """Where the records begin in a table: behind their number, their places and that of the end."""
    return (records + 2) * _NUMBER.size


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


def _checked(path: Path, data: mmap.mmap) -> tuple[Table, Table]:
    """Both tables, if header, length and tables agree."""
    if len(data) < _HEADER.size:
        raise _unusable(path, "is cut short")
    magic, version, length, second = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise _unusable(path, "is no lexicon, or was not written to its end")
    if version != VERSION:
        raise _unusable(path, f"is of version {version}, not {VERSION}")
    if length != len(data):
        raise _unusable(path, "is cut short or damaged")
    try:
        return Table(data, _HEADER.size), Table(data, second)
    except ValueError as error:
        raise _unusable(path, "is cut short or damaged") from error


def _unusable(path: Path, what: str) -> LexiconError:
    return LexiconError(f"The lexicon {path} {what}; rebuild with: kashshaf reindex")
