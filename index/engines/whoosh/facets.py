"""Matches counted by the values of keywords."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kashshaf.index.engines.whoosh.postings import FieldPostings, Numbers

    Value = str
    Story = bytes


class FacetColumn(NamedTuple):
    """A keyword by document: ``places`` has for each number a place in ``values``, where 0 is no value.

    Documents of several values share a place with those of the same ones, so a document is counted by one
    look-up, however many it has.
    """

    places: Numbers
    values: list[tuple[str, ...]]

    def counts(self, numbers: Iterable[int]) -> Counter[Value]:
        """How many of these documents have each value."""
        found: Counter[Value] = Counter()
        for place, count in Counter(map(self.places.__getitem__, numbers)).items():
            for value in self.values[place]:
                found[value] += count
        return found

    def pairs(self, stories: Sequence[Story], numbers: Iterable[int]) -> set[tuple[Story, Value]]:
        """Each value of these documents with the story of one that has it; ``stories`` are theirs."""
        distinct = set(zip(stories, map(self.places.__getitem__, numbers), strict=True))
        return {(story, value) for story, place in distinct for value in self.values[place]}


def facet_column(field: FieldPostings, documents: int) -> FacetColumn:
    """Turn the posting lists of a keyword over, for so many documents."""
    values: list[tuple[str, ...]] = [(), *((value,) for value in field.terms())]
    places = array("I", bytes(4 * documents))
    several: dict[int, list[int]] = {}
    for number, place in field.by_place():
        if places[number]:
            several.setdefault(number, [places[number]]).append(place)
        places[number] = place
    known: dict[tuple[str, ...], int] = {}
    for number, found in several.items():
        together = tuple(values[place][0] for place in found)
        places[number] = known.setdefault(together, len(values))
        values += [together] if known[together] == len(values) else []
    return FacetColumn(places, values)


def commonest(counts: Counter[Value], size: int) -> dict[Value, int]:
    """The values of most documents, ties by value."""
    return dict(heapq.nsmallest(size, counts.items(), key=lambda row: (-row[1], row[0])))


class FacetCounter:
    """Counts the matches of one search, segment by segment: of those with one story, one for each value."""

    def __init__(self) -> None:
        self._counts: Counter[Value] = Counter()
        self._pairs: set[tuple[Story, Value]] = set()

    def add(self, column: FacetColumn, alone: Collection[int], told: dict[int, Story]) -> None:
        """Take in a segment's matches: those without a story, and the others with theirs."""
        self._counts.update(column.counts(alone))
        self._pairs |= column.pairs([*told.values()], told)

    def counts(self) -> Counter[Value]:
        """The count of each value."""
        return self._counts + Counter(value for _, value in self._pairs)
