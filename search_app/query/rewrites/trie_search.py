"""The words of a corpus nearest to a typed text, when each edit of its letters has a cost.

Edits depend on the typed text alone, so layouts, transliteration and spelling share this one search. It goes
best first and never along a prefix with which no word begins, and it stops after a fixed number of steps.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.index.store.word_trie import WordTrie

MAX_STEPS = 400
"""Prefixes extended in a search."""
MAX_FOUND = 40


class Edit(NamedTuple):
    """A rule at a place: ``taken`` typed characters, none for an insertion, give ``output`` at a cost."""

    cost: float
    taken: int
    output: str


_State: TypeAlias = "tuple[float, int, int]"
"""The cost so far, the place in the typed text, and the node of what it became up to there."""


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
    root = trie.node(start)
    heap: list[tuple[float, int, int, int, Iterator[_State]]] = []
    if root is not None:
        heap.append((0.0, 0, root, 0, iter(())))
    seen: set[tuple[int, int]] = set()
    found: dict[int, float] = {}
    for step in range(1, MAX_STEPS + 1):
        if not heap or len(found) == MAX_FOUND:
            break
        cost, place, node, number, others = heappop(heap)
        if other := next(others, None):
            heappush(heap, (*other, number, others))
        if (place, node) in seen:
            continue
        seen.add((place, node))
        if place == end and (not whole or trie.ends_word(node)):
            found.setdefault(node, cost)
        after = _after((cost, place, node), edits[place], budget, trie)
        if first := next(after, None):
            heappush(heap, (*first, step, after))
    return [Match(cost, trie.text(node)) for node, cost in found.items()]


def _after(state: _State, edits: Iterable[Edit], budget: float, trie: WordTrie) -> Iterator[_State]:
    """The states after one, cheapest first, made one by one: of most only a few are ever asked for."""
    cost, place, node = state
    first, last = trie.children[node], trie.children[node + 1]
    letters = trie.letters[first:last]
    for more, taken, output in edits:
        if (total := cost + more) > budget:
            return
        if not output:
            yield total, place + taken, node
        elif output[0] not in letters:
            continue
        elif len(output) == 1:
            yield total, place + taken, first + letters.index(output)
        elif (reached := trie.node(output, node)) is not None:
            yield total, place + taken, reached
