"""The matches of a search in one segment: clauses to sets of document numbers."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any

from kashshaf.index.engines.adjacency import adjacent, occurrences
from kashshaf.index.engines.errors import parsing
from kashshaf.index.engines.whoosh.facets import facet_column
from kashshaf.index.engines.whoosh.postings import NO_FIELD
from kashshaf.index.engines.whoosh.schema import (
    END,
    START,
    STORED,
    UNDATED,
    column_names,
    listed_names,
)
from kashshaf.index.limits import deadline
from kashshaf.index.query import AllOf, AnyOf, AtLeast, Clause, Filters, Phrase, Search, Term
from kashshaf.index.schema import Field, field_name, keyword_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kashshaf.index.engines.whoosh.facets import FacetColumn
    from kashshaf.index.engines.whoosh.postings import FieldPostings, Numbers, Postings


class Segment:
    """One of Whoosh's segments: postings and columns by its own document numbers."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self._columns: dict[str, Any] = {}
        self._values: dict[str, dict[int, bytes]] = {}
        self._facets: dict[str, FacetColumn] = {}
        # Whoosh opens files when they are first asked for; by then a merge may have taken them away.
        self._readers = {
            name: reader.column_reader(name, translate=False) for name in column_names(reader.schema)
        }
        self.deleted: frozenset[int] = reader.deleted_docs_set

    def column(self, name: str) -> Any:
        """A column, read once into a list: it is asked for every match."""
        if name not in self._columns:
            with parsing("read"):
                self._columns[name] = list(self._readers[name])
        return self._columns[name]

    def values(self, name: str) -> dict[int, bytes]:
        """The documents of a column that have a value there."""
        if name not in self._values:
            self._values[name] = {number: value for number, value in enumerate(self.column(name)) if value}
        return self._values[name]

    def facet(self, keyword: str) -> FacetColumn:
        """The values of a keyword by document, put together once."""
        if keyword not in self._facets:
            field = self.field(keyword_name(keyword))
            self._facets[keyword] = facet_column(field, self.reader.doc_count_all())
        return self._facets[keyword]

    def field(self, name: str) -> FieldPostings:
        """The posting lists of a field."""
        found: FieldPostings = self.reader.cursor(name) if name in self.reader.schema else NO_FIELD
        return found

    def documents(self) -> set[int]:
        """All documents but the deleted ones."""
        return set(range(self.reader.doc_count_all())) - self.deleted

    def named(self, ids: Collection[str]) -> dict[int, str]:
        """The documents with one of these ids, but for deleted ones, with their ids."""
        field = self.field(keyword_name("id"))
        found = {number: id_ for id_ in ids for number in field.postings(id_, positions=False).documents}
        return {number: id_ for number, id_ in found.items() if number not in self.deleted}

    def stored(self, number: int) -> bytes:
        """What was stored for a document."""
        with parsing("read"):
            return zlib.decompress(self._readers[STORED][number])

    def check(self) -> None:
        """Read every posting, and every column."""
        for name in self._readers:
            self.column(name)
        for name in listed_names(self.reader.schema):
            self.field(name).check()

    def positions(self, field: str, text: str, among: Collection[int] | None) -> dict[int, Numbers]:
        """Positions of a term by document, only ``among`` those documents where that is given."""
        deadline.check()
        found = self.field(field).postings(text)
        rows = zip(found.documents, found.weights, found.ends(), strict=True)
        return {
            number: found.positions[end - (weight >> 8) : end]
            for number, weight, end in rows
            if among is None or number in among
        }


class SegmentQuery:
    """One search on one segment; remembers the postings it has read."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._read: dict[Term, Postings] = {}

    def postings(self, term: Term) -> Postings:
        """Documents and weights of a term."""
        if term not in self._read:
            deadline.check()
            field = self.segment.field(field_name(Field(term.zone, term.level)))
            self._read[term] = field.postings(term.text, positions=False)
        return self._read[term]

    def phrase_weights(self, phrase: Phrase, among: Collection[int]) -> Iterator[tuple[int, int]]:
        """Document numbers and weights of a phrase as of a term: how often it occurs, and the length."""
        name = field_name(Field(phrase.zone, phrase.level))
        every = [self.segment.positions(name, term.text, among) for term in phrase.terms()]
        first = self.postings(phrase.terms()[0])
        weights = dict(zip(first.documents, first.weights, strict=True))
        for number in set.intersection(*map(set, every)):
            found = len(occurrences([at[number] for at in every]))
            if found:
                yield number, found << 8 | weights[number] & 255

    def matching(self, search: Search) -> set[int]:
        """Numbers of the documents that match."""
        numbers = self.clause(search.required) - self.segment.deleted
        numbers -= self.clause(search.excluded)
        for name, values in search.filters.keywords:
            numbers &= self._having(name, values)
        for name, values in search.filters.without:
            numbers -= self._having(name, values)
        return self._overlapping(numbers, search.filters)

    def clause(self, clause: Clause) -> set[int]:
        """Numbers of the documents that match a clause, deleted ones perhaps among them."""
        match clause:
            case Term():
                return set(self.postings(clause).documents)
            case Phrase():
                return self._phrase(clause)
            case AnyOf():
                return set().union(*map(self.clause, clause.parts))
            case AllOf(parts=()):
                return self.segment.documents()
            case AllOf():
                first, *rest = map(self.clause, clause.parts)
                return first.intersection(*rest)
            case AtLeast():
                return self._at_least(clause)

    def _at_least(self, clause: AtLeast) -> set[int]:
        if clause.count <= 0:
            return self.segment.documents()
        counts = Counter(chain.from_iterable(map(self.clause, clause.parts)))
        return {number for number, found in counts.items() if found >= clause.count}

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
        field = self.segment.field(keyword_name(keyword))
        return {number for value in values for number in field.postings(value, positions=False).documents}

    def _overlapping(self, numbers: set[int], filters: Filters) -> set[int]:
        if filters.start is None and filters.end is None:
            return numbers
        start, end = self.segment.column(START), self.segment.column(END)
        earliest = filters.start if filters.start is not None else UNDATED + 1
        latest = filters.end if filters.end is not None else -UNDATED
        return {n for n in numbers if end[n] >= earliest and UNDATED < start[n] <= latest}
