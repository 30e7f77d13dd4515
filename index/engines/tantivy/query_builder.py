"""The query model in Tantivy's queries."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from tantivy import FieldType, Occur, Query

from kashshaf.index.engines.tantivy.schema import END, START, number_name
from kashshaf.index.query import (
    NOTHING,
    AllOf,
    AnyOf,
    AtLeast,
    Clause,
    Filters,
    Phrase,
    Search,
    Term,
    Weighted,
)
from kashshaf.index.ranking import K1
from kashshaf.index.schema import FIELDS, KEYWORDS, POSITIONED, IndexName, field_name, keyword_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tantivy import Schema

FACTOR = 1 + K1
"""Tantivy's BM25 has this above the fraction bar; the ranking leaves it out, as Lucene does."""
FEW_VALUES = 500
"""Values up to which asking for each is quicker than walking the dictionary of all values: measured."""
READINGS = 256
"""Ways to read a phrase with alternatives that are asked for one by one."""


class QueryBuilder:
    """Makes queries on one index."""

    def __init__(self, schema: Schema, index: IndexName) -> None:
        self._schema = schema
        self._names: dict[tuple[str, str], str] = {field: field_name(field) for field in FIELDS[index]}
        self._keywords = frozenset(KEYWORDS[index])
        self._last: tuple[tuple[Weighted, ...], list[tuple[Occur, Query]]] = (), []

    def matching(self, search: Search) -> Query:
        """The matches of a search, with a score of 0."""
        filters = search.filters
        musts = [self._clause(search.required)]
        musts += [self._having(name, values) for name, values in filters.keywords]
        musts += self._overlapping(filters)
        nots = [self._having(name, values) for name, values in filters.without]
        nots += [self._clause(search.excluded)] if search.excluded != NOTHING else []
        whole = _all(musts)
        if nots:
            whole = Query.boolean_query([(Occur.Must, whole), *((Occur.MustNot, each) for each in nots)])
        return Query.const_score_query(whole, 0.0)

    def scored(self, matching: Query, scoring: tuple[Weighted, ...]) -> Query:
        """Matches with their scores: a part that need not match only adds beside one that must.

        Parts side by side are read as a whole, the phrases that come last one by one and only where a match
        is: positions take long to read.
        """
        parts = self._parts(scoring)
        end = len(scoring)
        while end and isinstance(scoring[end - 1].clause, Phrase):
            end -= 1
        query = Query.boolean_query([(Occur.Must, matching), *parts[:end]])
        for part in parts[end:]:
            query = Query.boolean_query([(Occur.Must, query), part])
        return query

    def _parts(self, scoring: tuple[Weighted, ...]) -> list[tuple[Occur, Query]]:
        """The parts that only add; the last are remembered, since full and partial matches share them."""
        known, parts = self._last
        if known is not scoring:
            parts = [(Occur.Should, self._weighted(weighted)) for weighted in scoring]
            self._last = scoring, parts
        return parts

    def having_number(self, field: str, number: int | None) -> Query:
        """The documents with this number in a field; with None those that have none there."""
        if number is None:
            some = Query.exists_query(field)
            return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, some)])
        return Query.range_query(self._schema, field, FieldType.Integer, number, number)

    @staticmethod
    def grouped(keyword: str) -> Query:
        """The documents with a value of a keyword that matches are grouped by, with a score of 0."""
        return Query.const_score_query(Query.exists_query(number_name(keyword)), 0.0)

    def having(self, keyword: str, values: Sequence[str]) -> Query:
        """The documents with one of these values, with a score of 0."""
        return Query.const_score_query(self._having(keyword, values), 0.0)

    def told_apart(self, clauses: Sequence[Clause], ids: Sequence[str]) -> Query:
        """The documents with one of these ids; each clause that one matches adds the bit of its place."""
        bits = ((1 << at, self._clause(clause)) for at, clause in enumerate(clauses))
        told = [(Occur.Should, Query.const_score_query(query, float(bit))) for bit, query in bits]
        return Query.boolean_query([(Occur.Must, self.having("id", ids)), *told])

    @staticmethod
    def everything() -> Query:
        """Every document, with a score of 0."""
        return Query.const_score_query(Query.all_query(), 0.0)

    def _weighted(self, weighted: Weighted) -> Query:
        clause = weighted.clause
        asked = self._term(clause, "freq") if isinstance(clause, Term) else self._phrase(clause)
        return Query.boost_query(asked, weighted.weight / FACTOR)

    def _clause(self, clause: Clause) -> Query:
        match clause:
            case Term():
                return self._term(clause, "basic")
            case Phrase():
                return self._phrase(clause)
            case AnyOf():
                return _any(map(self._clause, clause.parts))
            case AllOf():
                return _all([self._clause(part) for part in clause.parts])
            case AtLeast():
                return _at_least(clause.count, [self._clause(part) for part in clause.parts])

    def _term(self, term: Term, kept: str) -> Query:
        name = self._names.get((term.zone, term.level))
        if name is None:
            return Query.empty_query()
        return Query.term_query(self._schema, name, term.text, kept)

    def _phrase(self, phrase: Phrase) -> Query:
        if len(phrase.slots) == 1:
            return _any(
                self._term(Term(phrase.zone, phrase.level, text), "basic") for text in phrase.slots[0]
            )
        name = self._names.get((phrase.zone, phrase.level))
        if name is None or phrase.level not in POSITIONED or not all(phrase.slots):
            return Query.empty_query()
        if math.prod(map(len, phrase.slots)) > READINGS:
            patterns = ["|".join(map(_escaped, slot)) for slot in phrase.slots]
            return Query.regex_phrase_query(self._schema, name, list(patterns))
        readings = itertools.product(*phrase.slots)
        return _any(Query.phrase_query(self._schema, name, list(reading)) for reading in readings)

    def _having(self, keyword: str, values: Sequence[str]) -> Query:
        if keyword not in self._keywords:
            return Query.empty_query()
        name = keyword_name(keyword)
        if len(values) > FEW_VALUES:
            return Query.term_set_query(self._schema, name, values)
        return _any(Query.term_query(self._schema, name, value, "basic") for value in values)

    def _overlapping(self, filters: Filters) -> list[Query]:
        """Ranges of the fast fields; a document without a span is in none."""
        found = []
        if filters.start is not None:
            found.append(Query.range_query(self._schema, END, FieldType.Integer, filters.start, None))
        if filters.end is not None:
            found.append(Query.range_query(self._schema, START, FieldType.Integer, None, filters.end))
        return found


def both(one: Query, other: Query) -> Query:
    """The documents that match both."""
    return _all([one, other])


def _any(parts: Iterable[Query]) -> Query:
    made = list(parts)
    if len(made) == 1:
        return made[0]
    return Query.boolean_query([(Occur.Should, part) for part in made]) if made else Query.empty_query()


def _all(parts: Sequence[Query]) -> Query:
    if len(parts) == 1:
        return parts[0]
    return Query.boolean_query([(Occur.Must, part) for part in parts]) if parts else Query.all_query()


def _at_least(count: int, parts: Sequence[Query]) -> Query:
    if count <= 0:
        return Query.all_query()
    if count > len(parts):
        return Query.empty_query()
    return Query.boolean_query([(Occur.Should, part) for part in parts], minimum_number_should_match=count)


def _escaped(text: str) -> str:
    """A term as a pattern that only it matches."""
    return "".join(f"\\{letter}" if letter in r"\.+*?()|[]{}^$#&-~" else letter for letter in text)
