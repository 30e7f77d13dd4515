"""What matches a search in one segment: clauses to sets of document numbers."""

from __future__ import annotations

import struct
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from whoosh.reading import TermNotFound

from index.engines.adjacency import adjacent, occurrences
from index.engines.whoosh.schema import END, START, UNDATED, column_names, field_name, keyword_name
from index.query import AllOf, AnyOf, Clause, Filters, Phrase, Search, Term
from index.records import Field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


class Segment:
    """One of Whoosh's segments: postings and columns by its own document numbers."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self._columns: dict[str, Any] = {}
        self._values: dict[str, dict[int, bytes]] = {}
        # Whoosh opens files when they are first asked for; by then a merge may have taken them away.
        self._readers = {
            name: reader.column_reader(name, translate=False) for name in column_names(reader.schema)
        }
        reader.stored_fields(0)

    def column(self, name: str) -> Any:
        """A column, read once into a list: it is asked for every match."""
        if name not in self._columns:
            self._columns[name] = list(self._readers[name])
        return self._columns[name]

    def values(self, name: str) -> dict[int, bytes]:
        """The documents of a column that have a value there."""
        if name not in self._values:
            self._values[name] = {number: value for number, value in enumerate(self.column(name)) if value}
        return self._values[name]

    def matcher(self, field: str, text: str) -> Any | None:
        """Whoosh's walk over a term's postings; None where the segment does not have the term."""
        return walk(self.reader, field, text)

    def check(self) -> None:
        """Read every posting with its positions, and every column."""
        for name in self._readers:
            self.column(name)
        for (field, text), _ in self.reader:
            matcher = self.matcher(field, text)
            while matcher is not None and matcher.is_active():
                matcher.id(), matcher.weight(), matcher.value()
                matcher.next()

    def weights(self, field: str, text: str) -> tuple[list[int], list[float]]:
        """Document numbers and weights of a term."""
        numbers: list[int] = []
        weights: list[float] = []
        matcher = self.matcher(field, text)
        while matcher is not None and matcher.is_active():
            numbers.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        return numbers, weights

    def positions(self, field: str, text: str, among: Collection[int] | None) -> dict[int, tuple[int, ...]]:
        """Positions of a term by document, only ``among`` those documents where that is given."""
        found: dict[int, tuple[int, ...]] = {}
        matcher = self.matcher(field, text)
        while matcher is not None and matcher.is_active():
            number = matcher.id()
            if among is None or number in among:
                packed = matcher.value()
                found[number] = struct.unpack(f"<{len(packed) // 4}I", packed)
            matcher.next()
        return found


def terms_of(phrase: Phrase) -> list[Term]:
    """The terms of a phrase that has one in each slot."""
    return [Term(phrase.zone, phrase.level, text) for (text,) in phrase.slots]


def walk(reader: Any, field: str, text: str) -> Any | None:
    """Whoosh's walk over the postings of a term; None where the reader does not have it."""
    try:
        return reader.postings(field, text)
    except TermNotFound:
        return None


class Question:
    """One search on one segment; remembers the postings it has read."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._read: dict[Term, tuple[list[int], list[float]]] = {}

    def weights(self, term: Term) -> tuple[list[int], list[float]]:
        if term not in self._read:
            name = field_name(Field(term.zone, term.level))
            self._read[term] = self.segment.weights(name, term.text)
        return self._read[term]

    def phrase_weights(self, phrase: Phrase, among: Collection[int]) -> Iterator[tuple[int, float]]:
        """Document numbers and weights of a phrase as of a term: how often it occurs, and the length."""
        name = field_name(Field(phrase.zone, phrase.level))
        every = [self.segment.positions(name, term.text, among) for term in terms_of(phrase)]
        lengths = dict(zip(*self.weights(terms_of(phrase)[0]), strict=True))
        for number in set.intersection(*map(set, every)):
            found = len(occurrences([at[number] for at in every]))
            if found:
                yield number, found + lengths[number] % 1

    def matching(self, search: Search) -> set[int]:
        """Numbers of the documents that match."""
        numbers = self._clause(search.required)
        for name, values in search.filters.keywords:
            numbers &= self._having(name, values)
        for name, values in search.filters.without:
            numbers -= self._having(name, values)
        return self._overlapping(numbers, search.filters)

    def _clause(self, clause: Clause) -> set[int]:
        match clause:
            case Term():
                return set(self.weights(clause)[0])
            case Phrase():
                return self._phrase(clause)
            case AnyOf():
                return set().union(*map(self._clause, clause.parts))
            case AllOf(parts=()):
                return set(self.segment.reader.all_doc_ids())
            case AllOf():
                first, *rest = map(self._clause, clause.parts)
                return first.intersection(*rest)

    def _phrase(self, phrase: Phrase) -> set[int]:
        name = field_name(Field(phrase.zone, phrase.level))
        among: set[int] | None = None
        by_slot: list[dict[int, list[int]]] = []
        for slot in phrase.slots:
            found: dict[int, list[int]] = defaultdict(list)
            for text in slot:
                for number, positions in self.segment.positions(name, text, among).items():
                    found[number].extend(positions)
            among = set(found)
            by_slot.append(found)
        return {number for number in among or () if adjacent([found[number] for found in by_slot])}

    def _having(self, keyword: str, values: Sequence[str]) -> set[int]:
        name = keyword_name(keyword)
        return {number for value in values for number in self.segment.weights(name, value)[0]}

    def _overlapping(self, numbers: set[int], filters: Filters) -> set[int]:
        if filters.start is None and filters.end is None:
            return numbers
        start, end = self.segment.column(START), self.segment.column(END)
        earliest = filters.start if filters.start is not None else UNDATED + 1
        latest = filters.end if filters.end is not None else -UNDATED
        return {n for n in numbers if end[n] >= earliest and UNDATED < start[n] <= latest}
