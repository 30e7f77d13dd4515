"""The words of a corpus as a trie with their counts: which words begin so, and which differ by a letter.

The file is a header, the counts in the order of the trie's keys, and the trie as marisa-trie writes it. Its
checksum is compared before the library, which trusts what it is given, reads it.
"""

from __future__ import annotations

import struct
import sys
from array import array
from functools import cached_property
from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING
from zlib import crc32

import marisa_trie

from kashshaf.analyzers.memo import Memo
from kashshaf.index.disk import write_whole
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MAGIC = b"KSHTRIE1"
_HEADER = struct.Struct("<8sIQ")  # magic, checksum of the rest, number of words
_LARGEST = 0xFFFFFFFF
FREQUENT = 20_000
FEW = 50
"""Words with one beginning that are looked at rather than asked for letter by letter."""
REMEMBERED = 1 << 15
"""Beginnings whose next letters are remembered, some 5 MB."""


class WordTrie:
    """Folded words and the documents that each occurs in, counted. Never changes; threads may share it."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._next: Memo[str] = Memo(REMEMBERED)
        self._trie = marisa_trie.Trie(counts)
        self._counts = array("I", bytes(4 * len(self._trie)))
        for word, count in counts.items():
            self._counts[self._trie[word]] = min(count, _LARGEST)

    @classmethod
    def open(cls, path: Path) -> WordTrie:
        """The trie that ``save`` wrote; BrokenIndexError if it is missing, cut short, foreign or damaged."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _unusable(path, "is missing or cannot be read") from error
        body = content[_HEADER.size :]
        if len(content) < _HEADER.size:
            raise _unusable(path, "is cut short")
        magic, checksum, size = _HEADER.unpack_from(content)
        if magic != MAGIC or crc32(body) != checksum:
            raise _unusable(path, "is damaged, or of another version")
        opened = cls({})
        opened._counts = _little(array("I", body[: 4 * size]))
        opened._trie.frombytes(body[4 * size :])
        return opened

    def save(self, path: Path) -> None:
        """Write the file whole or not at all; NoSpaceError or IndexingError where it cannot be written."""
        body = _little(self._counts[:]).tobytes() + self._trie.tobytes()
        write_whole(path, _HEADER.pack(MAGIC, crc32(body), len(self._trie)) + body)

    def __len__(self) -> int:
        return len(self._trie)

    def count(self, word: str) -> int:
        """Documents that a folded word occurs in; 0 for a word that the corpus lacks."""
        number = self._trie.get(word)
        return 0 if number is None else self._counts[number]

    @cached_property
    def most(self) -> int:
        """Documents of the commonest word, so of nearly all that the corpus has."""
        return max(self._counts, default=0)

    @cached_property
    def frequent(self) -> list[str]:
        """The 20,000 commonest words, commonest first."""
        numbers = nlargest(FREQUENT, range(len(self)), key=self._counts.__getitem__)
        return [self._trie.restore_key(number) for number in numbers]

    def begins(self, prefix: str) -> bool:
        """Tell whether a word begins with ``prefix``, or is it."""
        return next(self._trie.iterkeys(prefix), None) is not None

    def next_letters(self, prefix: str) -> str:
        """The letters with which words go on after ``prefix``, in no order."""
        found = self._next.find(prefix)
        return self._next.keep(prefix, self._letters_after(prefix)) if found is None else found

    def _letters_after(self, prefix: str) -> str:
        some = list(islice(self._trie.iterkeys(prefix), FEW))
        if len(some) < FEW:
            return "".join({word[len(prefix)] for word in some if len(word) > len(prefix)})
        return "".join(letter for letter in self._letters if self.begins(prefix + letter))

    @cached_property
    def _letters(self) -> str:
        """The letters of all words."""
        return "".join(set().union(*self._trie.iterkeys()))

    def words(self, prefix: str = "") -> Iterator[str]:
        """The words that begin with ``prefix``, in no order."""
        return iter(self._trie.iterkeys(prefix))


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _unusable(path: Path, fault: str) -> BrokenIndexError:
    return BrokenIndexError(f"the words {path} {fault}; rebuild with: kashshaf reindex")
