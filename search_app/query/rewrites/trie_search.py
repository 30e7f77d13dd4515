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


_State: TypeAlias = "tuple[float, int, str]"
"""The cost so far, the place in the typed text, and what it became up to there."""
_Row: TypeAlias = "tuple[float, int, str, str]"
"""An edit, and the first letter it gives."""


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
    places = [[(*edit, edit.output[:1]) for edit in sorted(each)] for each in edits]
    heap: list[tuple[float, int, str, int, Iterator[_State]]] = [(0.0, 0, start, 0, iter(()))]
    seen: set[tuple[int, str]] = set()
    found: dict[str, float] = {}
    for step in range(1, MAX_STEPS + 1):
        if not heap or len(found) == MAX_FOUND:
            break
        cost, place, prefix, number, others = heappop(heap)
        if other := next(others, None):
            heappush(heap, (*other, number, others))
        if (place, prefix) in seen:
            continue
        seen.add((place, prefix))
        if place == end and (not whole or trie.count(prefix)):
            found.setdefault(prefix, cost)
        after = _after((cost, place, prefix), places[place], budget, trie)
        if first := next(after, None):
            heappush(heap, (*first, step, after))
    return [Match(cost, word) for word, cost in found.items()]


def _after(state: _State, edits: Iterable[_Row], budget: float, trie: WordTrie) -> Iterator[_State]:
    """The states after one, cheapest first, made one by one: of most only a few are ever asked for."""
    cost, place, prefix = state
    letters = trie.next_letters(prefix)
    for more, taken, output, first in edits:
        if (total := cost + more) > budget:
            return
        # After a letter typed too many, which gives no output, words go on as before.
        if first in letters and (len(output) < 2 or trie.begins(prefix + output)):
            yield total, place + taken, prefix + output
