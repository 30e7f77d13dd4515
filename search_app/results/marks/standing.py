"""Words of a query that count only where they stand side by side: where they do in a text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.letters import WAW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kashshaf.analyzers.arabic import Token

Way = tuple[tuple[str, ...], ...]
"""The terms of each place of a phrase."""


class Quoted(NamedTuple):
    """What stands as a whole, in each way to write it at a level, and which of the query's words it is."""

    word: int
    level: str
    ways: list[Way]

    def rows(self) -> Quoted:
        """The ways of several places."""
        return self._replace(ways=[way for way in self.ways if len(way) > 1])


def lone(every: Iterable[Quoted]) -> dict[str, dict[str, int]]:
    """The words of the query by the terms of ways of a single place, by level; a term is of the last one."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for word, level, ways in every:
        for way in ways:
            if len(way) == 1:
                found[level] |= dict.fromkeys(way[0], word)
    return found


def may_have(there: AbstractSet[str], quoted: Quoted) -> bool:
    """Tell whether some terms have one for each place of a phrase."""
    return any(all(not there.isdisjoint(slot) for slot in way) for way in quoted.ways)


class Standing:
    """The words of a line at a level, and where each stands: put together once for all phrases."""

    def __init__(self, tokens: Sequence[Token], level: str) -> None:
        self._forms = [getattr(token.forms, level) for token in tokens]
        self._starts: dict[str, list[int]] = defaultdict(list)
        for at, terms in enumerate(self._forms):
            for term in terms:
                self._starts[term].append(at)

    def occurrences(self, quoted: Quoted) -> Iterator[int]:
        """The positions of words that stand in an occurrence of the phrase; within one line, as indexed.

        An "and" that is written apart is left out, as it is no word of its own where it is not.
        """
        for way in quoted.ways:
            for at in (at for term in way[0] for at in self._starts.get(term, ())):
                if self._stands(way, at):
                    yield from (here for here in range(at, at + len(way)) if self._forms[here] != (WAW,))

    def _stands(self, way: Way, at: int) -> bool:
        """Tell whether a way to write a phrase, whose first word stands at a position, goes on there."""
        forms = self._forms[at : at + len(way)]
        return len(forms) == len(way) and all(
            not set(form).isdisjoint(slot) for form, slot in zip(forms[1:], way[1:], strict=True)
        )


def together(parts: Sequence[str], forms: Sequence[tuple[str, ...]]) -> Iterator[int]:
    """The positions of words that have all of ``parts``, and of words that have one each, side by side."""
    apart = [(part,) for part in parts]
    for at, own in enumerate(forms):
        if set(parts) <= set(own):
            yield at
        elif forms[at : at + len(parts)] == apart:
            yield from range(at, at + len(parts))
