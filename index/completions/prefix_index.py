"""Entries of one kind in the order of their score, found by how their words begin, best first.

Records lie in one run of bytes, the best entry first, so that a smaller place means a better entry. Places
at which a key begins are sorted by the key; a tree above them has the least place of each half, so the best
few of any number of keys with one beginning are found without looking at the others.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.index.completions.entry import Entry, bare_key, folded_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.analyzers.folded_words import FoldedWords
    from kashshaf.index.completions.entry import Kind

    Numbers = array[int] | memoryview

_END = "\x1f"
"""The character after each field of a record; texts lack it, since it is a space, and it sorts before all."""


class PrefixIndex(NamedTuple):
    """The records, where each begins, the score of each, and the trees of whole keys and of later words."""

    records: bytes | memoryview
    begins: Numbers
    scores: Numbers
    whole: Numbers
    later: Numbers

    def starting(self, key: str, kind: Kind) -> Iterator[Entry]:
        """Entries whose whole key begins with ``key``, best first; one may come twice."""
        return self._entries(self.whole, key, kind)

    def inside(self, key: str, kind: Kind) -> Iterator[Entry]:
        """Entries with ``key`` at the beginning of a later word of their bare key, best first."""
        return self._entries(self.later, key, kind)

    def _entries(self, tree: Numbers, key: str, kind: Kind) -> Iterator[Entry]:
        for place in _least(tree, *self._range(tree, key.encode(errors="replace"))):
            number = bisect_right(self.begins, place) - 1
            text, origin = self._record(number)
            yield Entry(text, kind, self.scores[number], origin)

    def _record(self, number: int) -> tuple[str, str]:
        last = number + 1 == len(self.begins)
        record = bytes(self.records[self.begins[number] : None if last else self.begins[number + 1]])
        text, origin, _ = record.decode().split(_END, 2)
        return text, origin

    def _range(self, tree: Numbers, key: bytes) -> tuple[int, int]:
        """The sorted places whose keys begin so: the first, and the one after the last."""
        places = tree[len(tree) // 2 :]

        def beginning(place: int) -> bytes:
            return bytes(self.records[place : place + len(key)])

        low = bisect_left(places, key, key=beginning)
        return low, bisect_right(places, key, lo=low, key=beginning)


def build(entries: Iterable[Entry], words: FoldedWords) -> PrefixIndex:
    """The index of some entries of one kind; ``words`` remembers those of their texts."""
    ordered = sorted(entries, key=lambda entry: (-entry.score, entry.text))
    begins, whole, later = array("I"), array("I"), array("I")
    records = bytearray()
    for entry in ordered:
        begins.append(len(records))
        folded = folded_key(entry.text, words)
        records += _encoded(" ".join(entry.text.split()), entry.origin)
        for key in dict.fromkeys((folded, bare_key(folded))):
            places = [len(records) + each for each in _word_places(key)]
            records += _encoded(key)
            whole.append(places[0])
        later.extend(places[1:])
    scores = array("I", [entry.score for entry in ordered])
    frozen = bytes(records)
    return PrefixIndex(frozen, begins, scores, _tree(frozen, whole), _tree(frozen, later))


def _encoded(*fields: str) -> bytes:
    return "".join(field + _END for field in fields).encode(errors="replace")


def _word_places(key: str) -> list[int]:
    """Where the first word of a key begins, and the later ones that are no stop words; in bytes."""
    places, at = [0], 0
    for number, word in enumerate(key.split(" ")):
        if number and not is_stop_word(word):
            places.append(at)
        at += len(word.encode(errors="replace")) + 1
    return places


def _tree(records: bytes, places: array[int]) -> array[int]:
    """The least place of each half, halves above their halves, and the places in the order of their keys."""
    end = _END.encode()
    ordered = sorted(places, key=lambda place: records[place : records.index(end, place)])
    size = len(ordered)
    tree = array("I", bytes(4 * size)) + array("I", ordered)
    for node in range(size - 1, 0, -1):
        tree[node] = min(tree[2 * node], tree[2 * node + 1])
    return tree


def _least(tree: Numbers, low: int, high: int) -> Iterator[int]:
    """The places between two of a tree's leaves, the least first."""
    size = len(tree) // 2
    heap = [(tree[node], node) for node in _cover(low + size, high + size)]
    heapify(heap)
    while heap:
        place, node = heappop(heap)
        if node >= size:
            yield place
        else:
            for half in (2 * node, 2 * node + 1):
                heappush(heap, (tree[half], half))


def _cover(low: int, high: int) -> Sequence[int]:
    """The fewest nodes of a tree that have all leaves from ``low`` to before ``high``."""
    nodes = []
    while low < high:
        if low & 1:
            nodes.append(low)
            low += 1
        if high & 1:
            high -= 1
            nodes.append(high)
        low >>= 1
        high >>= 1
    return nodes
