"""The file of a frozen lexicon. It is mapped, not read, so that a million words open at once.

A header; a table of offsets; the records, sorted by their bytes, each of a word, its count, its stems and its
roots. A tab ends each part but the last, spaces part the terms, and numbers are little-endian.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from analyzers.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

MAGIC = b"KSHFLEX\n"
VERSION = 1
"""Raised whenever the layout of the file changes."""
_HEADER = struct.Struct("<8sQQQ")  # magic, version, number of words, length of the file
_OFFSET = struct.Struct("<Q")
_TAB = b"\t"


class WordForms(NamedTuple):
    """The stems of a word, and the roots of these."""

    stems: tuple[str, ...]
    roots: tuple[str, ...]


class Record(NamedTuple):
    """What is frozen of a word."""

    weight: int
    forms: WordForms


class Frozen:
    """A mapped file. LexiconError if it is missing, cut short, foreign or of another version."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data = _mapped(path)
        self._words = _checked(path, self._data)

    def __len__(self) -> int:
        return self._words

    def find(self, word: str) -> Record | None:
        """What is frozen of a folded word."""
        wanted = word.encode(errors="replace") + _TAB
        place = bisect_left(range(self._words), wanted, key=lambda at: self._start(at, len(wanted)))
        if place == self._words or self._start(place, len(wanted)) != wanted:
            return None
        return self._parsed(place, len(wanted))

    def _start(self, at: int, length: int) -> bytes:
        (start,) = _OFFSET.unpack_from(self._data, _HEADER.size + at * _OFFSET.size)
        return self._data[start : start + length]

    def _parsed(self, at: int, skip: int) -> Record:
        start, end = struct.unpack_from("<2Q", self._data, _HEADER.size + at * _OFFSET.size)
        try:
            count, stems, roots = self._data[start + skip : end].decode().split("\t")
            return Record(int(count), WordForms(tuple(stems.split(" ")), tuple(roots.split(" "))))
        except ValueError as error:
            raise _unusable(self._path, "is damaged") from error


def write(path: Path, words: Sequence[str], look_up: Callable[[str], tuple[int, WordForms]]) -> None:
    """Freezes sorted words. The header comes last: a file that was cut short has none."""
    offsets = array("Q")
    with path.open("wb") as file:
        file.seek(_HEADER.size + (len(words) + 1) * _OFFSET.size)
        for word in words:
            offsets.append(file.tell())
            count, forms = look_up(word)
            file.write("\t".join((word, str(count), *map(" ".join, forms))).encode(errors="replace"))
        offsets.append(length := file.tell())
        if sys.byteorder == "big":
            offsets.byteswap()
        file.seek(_HEADER.size)
        file.write(offsets.tobytes())
        file.seek(0)
        file.write(_HEADER.pack(MAGIC, VERSION, len(words), length))


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise _unusable(path, "is missing, empty or cannot be read") from error


def _checked(path: Path, data: mmap.mmap) -> int:
    """The number of words by the header, if header and length agree."""
    if len(data) < _HEADER.size:
        raise _unusable(path, "is cut short")
    magic, version, words, length = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise _unusable(path, "is no lexicon, or was not written to its end")
    if version != VERSION:
        raise _unusable(path, f"is of version {version}, not {VERSION}")
    if length != len(data) or _HEADER.size + (words + 1) * _OFFSET.size > length:
        raise _unusable(path, "is cut short or damaged")
    return int(words)


def _unusable(path: Path, what: str) -> LexiconError:
    return LexiconError(f"The lexicon {path} {what}; rebuild with: kashshaf reindex")
