"""The words of a corpus as a trie with their counts: which words begin so, and which differ by a letter.

Nodes are numbered level by level, so that the children of a node have numbers in a row, and so have all its
descendants on a level. The file is a header, the number of each node's first child, the counts, 0 where no
word ends, and the letters that lead to the nodes. It is mapped into memory, its checksum compared before.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from heapq import nlargest
from itertools import accumulate, compress, islice, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

from kashshaf.index.disk import write_whole
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Numbers: TypeAlias = "array[int] | memoryview[int]"

MAGIC = b"KSHTRIE2" + sys.byteorder.encode()[:3].ljust(4)
_HEADER = struct.Struct("<12sIQ")  # magic, checksum of the rest, number of nodes
_LARGEST = 0xFFFFFFFF
ROOT = 0
"""The node of no letters."""
FREQUENT = 20_000


class WordTrie:
    """Folded words and the documents that each occurs in, counted. Never changes; threads may share it.

    ``letters``: those that lead to the nodes. The children of ``node`` are the nodes from ``children[node]``
    up to ``children[node + 1]``.
    """

    def __init__(self, letters: str, children: Numbers, counts: Numbers) -> None:
        self.letters = letters
        self.children = children
        self._counts = counts

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> WordTrie:
        """The trie of counted words."""
        letters, numbers, found = [" "], array("I", [1]), array("I")
        words, level = sorted(counts), [""]
        while level:
            depth = len(level[0])
            found.extend(min(count, _LARGEST) for count in map(counts.get, level, repeat(0)))
            words = [word for word in words if len(word) > depth]
            after = list(dict.fromkeys(map(itemgetter(slice(depth + 1)), words)))
            sizes = Counter(map(itemgetter(slice(depth)), after))
            numbers.extend(islice(accumulate(map(sizes.__getitem__, level), initial=numbers[-1]), 1, None))
            letters += map(itemgetter(depth), after)
            level = after
        return cls("".join(letters), numbers, found)

    @classmethod
    def open(cls, path: Path) -> WordTrie:
        """The trie that ``save`` wrote; BrokenIndexError if it is missing, cut short, foreign or damaged."""
        try:
            with path.open("rb") as file:
                content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError) as error:
            raise _unusable(path, "is missing or cannot be read") from error
        body = content[_HEADER.size :]
        if len(content) < _HEADER.size:
            raise _unusable(path, "is cut short")
        magic, checksum, size = _HEADER.unpack_from(content)
        if magic != MAGIC or _checksum(size, body) != checksum:
            raise _unusable(path, "is damaged, or of another version")
        counted, spelt = 4 * (size + 1), 4 * (2 * size + 1)
        return cls(str(body[spelt:], "utf-8"), body[:counted].cast("I"), body[counted:spelt].cast("I"))

    def save(self, path: Path) -> None:
        """Write the file whole or not at all; NoSpaceError or IndexingError where it cannot be written."""
        body = b"".join(
            (bytes(memoryview(self.children)), bytes(memoryview(self._counts)), self.letters.encode())
        )
        size = len(self.letters)
        write_whole(path, _HEADER.pack(MAGIC, _checksum(size, body), size) + body)

    @cached_property
    def most(self) -> int:
        """Documents of the commonest word, so of nearly all that the corpus has."""
        return max(self._counts)

    @cached_property
    def frequent(self) -> list[str]:
        """The 20,000 commonest words, commonest first."""
        return [word for word, _ in nlargest(FREQUENT, self._counted(""), key=itemgetter(1))]

    def count(self, word: str) -> int:
        """Documents that a folded word occurs in; 0 for a word that the corpus lacks."""
        node = self.node(word)
        return 0 if node is None else self._counts[node]

    def words(self, prefix: str = "") -> Iterator[str]:
        """The words that begin with ``prefix``, short ones first."""
        return (word for word, _ in self._counted(prefix))

    def _counted(self, prefix: str) -> Iterator[tuple[str, int]]:
        """The words that begin with ``prefix`` and their counts, level by level."""
        node = self.node(prefix)
        if node is None:
            return
        start, level, children = node, [prefix], self.children
        while level:
            end = start + len(level)
            counts = self._counts[start:end]
            yield from compress(zip(level, counts, strict=True), counts)
            bounds = zip(level, children[start:end], children[start + 1 : end + 1], strict=True)
            level = [
                beginning + letter for beginning, first, last in bounds for letter in self.letters[first:last]
            ]
            start = children[start]

    def node(self, text: str, start: int = ROOT) -> int | None:
        """The node that ``text`` leads to from another one; None where no word goes on so."""
        node, children, find = start, self.children, self.letters.find
        for letter in text:
            node = find(letter, children[node], children[node + 1])
            if node < 0:
                return None
        return node

    def ends_word(self, node: int) -> bool:
        """Tell whether a word ends at a node."""
        return self._counts[node] > 0

    def text(self, node: int) -> str:
        """What leads from the root to a node."""
        letters = []
        while node != ROOT:
            letters.append(self.letters[node])
            node = bisect_right(self.children, node) - 1
        return "".join(reversed(letters))


def _checksum(size: int, body: bytes | memoryview) -> int:
    return crc32(body, crc32(size.to_bytes(8, "little")))


def _unusable(path: Path, fault: str) -> BrokenIndexError:
    return BrokenIndexError(f"the words {path} {fault}; rebuild with: kashshaf reindex")
