"""The words of a corpus nearest to a typed text, when each edit of its letters has a cost.

Edits depend on the typed text alone, so layouts, transliteration and spelling share this one search. It goes
best first and never along a prefix with which no word begins, and it stops after a fixed number of steps.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kashshaf.index.store.word_trie import WordTrie

MAX_STEPS = 400
"""Prefixes extended in a search."""
MAX_FOUND = 40


class Edit(NamedTuple):
    """A rule at a place: ``taken`` typed characters, none for an insertion, give ``output`` at a cost."""

    cost: float
    taken: int
    output: str


class Match(NamedTuple):
    """A word of the corpus and the cost of the edits that lead to it."""

    cost: float
    word: str


def nearest(
    trie: WordTrie, edits: Sequence[Sequence[Edit]], budget: float, start: str = "", *, whole: bool = True
) -> list[Match]:
    """The words that begin with ``start`` within a budget, cheapest first, 40 at most.

    Not ``whole``: beginnings of words.

    ``edits`` has the edits of each place, cheapest first, and those of the end of the text as its last.
    """
    end = len(edits) - 1
    heap: list[tuple[float, int, str]] = [(0.0, 0, start)]
    seen: set[tuple[int, str]] = set()
    found: dict[str, float] = {}
    places = [_by_letter(each) for each in edits]
    for _ in range(MAX_STEPS):
        if not heap or len(found) == MAX_FOUND:
            break
        cost, place, prefix = heappop(heap)
        if (place, prefix) in seen:
            continue
        seen.add((place, prefix))
        if place == end and (not whole or trie.count(prefix)):
            found.setdefault(prefix, cost)
        for edit in _fitting(places[place], prefix, trie):
            total = cost + edit.cost
            if total <= budget:
                heappush(heap, (total, place + edit.taken, prefix + edit.output))
    return [Match(cost, word) for word, cost in found.items()]


def _by_letter(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    """The edits of a place by the first letter they give."""
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.output[:1], []).append(edit)
    return found


def _fitting(edits: Mapping[str, list[Edit]], prefix: str, trie: WordTrie) -> Iterator[Edit]:
    """The edits of a place after which words of the corpus go on."""
    yield from edits.get("", ())
    for letter in trie.next_letters(prefix):
        for edit in edits.get(letter, ()):
            if len(edit.output) == 1 or trie.begins(prefix + edit.output):
                yield edit
