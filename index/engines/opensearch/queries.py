"""Queries of a search in OpenSearch's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kashshaf.analyzers.encoded_terms import SAME_POSITION
from kashshaf.index.engines.opensearch.schema import END, ID, LIKES, START, bounded
from kashshaf.index.query import AllOf, AnyOf, AtLeast, Clause, Filters, Phrase, Search, Term, Weighted
from kashshaf.index.ranking import ROUNDED
from kashshaf.index.records import NO_TERM
from kashshaf.index.schema import FIELDS, POSITIONED, Field, field_name, keyword_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.index.schema import IndexName

Query = dict[str, Any]
ALL: Query = {"match_all": {}}
NONE: Query = {"match_none": {}}
DECIMALS = f"{10.0**ROUNDED}"
ROUND = f"Math.round(_score * {DECIMALS}) / {DECIMALS}"
"""Scores that differ by less than what counts are equal, so that dates and ids order them."""
NOTHING = 1e-30
"""The weight of what is to be counted without changing a score; what weighs 0 is not counted."""
BY_ID = {ID: "asc"}
NEWEST = {START: {"order": "desc", "missing": "_last"}}
OLDEST = {START: {"order": "asc", "missing": "_last"}}


class Queries:
    """Makes queries to one index. ``factor``: what the cluster multiplies each BM25 by."""

    def __init__(self, index: IndexName, factor: float) -> None:
        self._fields = frozenset(FIELDS[index])
        self._factor = factor

    def matching(self, search: Search) -> Query:
        """What must match, without scores; ``NONE`` where that can be told without asking."""
        must = [self.clause(search.required), *_filters(search.filters)]
        without = [self.clause(search.excluded), *_without(search.filters)]
        if NONE in must or ALL in without:
            return NONE
        return {"bool": {"filter": _but(ALL, must) or [ALL], "must_not": _but(NONE, without)}}

    def ranked(self, search: Search) -> Query:
        """The matches with their scores, rounded as ranking rounds them; all 0 where nothing scores."""
        matching = self.matching(search)
        if search.order != "relevance" or not search.scoring or matching == NONE:
            return matching
        query = matching["bool"]
        scoring = [*map(self._scoring, search.scoring), *self._counted(search.scoring)]
        whole = {"bool": {**query, "should": scoring, "minimum_should_match": 0}}
        return {"script_score": {"query": whole, "script": {"source": ROUND}}}

    def clause(self, clause: Clause) -> Query:
        """The query that a clause is."""
        match clause:
            case Term():
                return {"term": {self._name(clause): clause.text}} if self.has(clause) else NONE
            case Phrase():
                return self._phrase(clause)
            case AnyOf():
                return self._at_least(1, clause.parts)
            case AllOf():
                return _all([self.clause(part) for part in clause.parts])
            case AtLeast():
                return self._at_least(clause.count, clause.parts)

    def _at_least(self, count: int, parts: Iterable[Clause]) -> Query:
        made = [query for query in map(self.clause, parts) if query != NONE]
        if count <= 0:
            return ALL
        if count > len(made):
            return NONE
        if len(made) == 1:
            return made[0]
        return {"bool": {"should": made, "minimum_should_match": count}}

    def _phrase(self, phrase: Phrase) -> Query:
        if not self.has(phrase) or not all(phrase.slots):
            return NONE
        name = self._name(phrase)
        if len(phrase.slots) == 1:
            return {"terms": {name: [*phrase.slots[0]]}}
        if phrase.level not in POSITIONED:
            return NONE
        return {"match_phrase": {name: {"query": _written(phrase)}}}

    def _scoring(self, weighted: Weighted) -> Query:
        clause, boost = weighted.clause, weighted.weight / self._factor
        if not self.has(clause):
            return NONE
        name = self._name(clause)
        if isinstance(clause, Phrase) and len(clause.slots) > 1:
            return {"match_phrase": {name: {"query": _written(clause), "boost": boost}}}
        text = clause.text if isinstance(clause, Term) else clause.terms()[0].text
        return {"term": {name: {"value": text, "boost": boost}}}

    def _counted(self, scoring: Sequence[Weighted]) -> Iterator[Query]:
        """Queries that score nothing, for the statistics of fields of which phrases alone are scored.

        Of a phrase a part of the index that has none of its words does not tell how many documents it has.
        """
        clauses = [each.clause for each in scoring if self.has(each.clause)]
        told = {self._name(clause) for clause in clauses if isinstance(clause, Term)}
        for name in dict.fromkeys(map(self._name, clauses)):
            if name not in told:
                yield {"term": {name: {"value": NO_TERM, "boost": NOTHING}}}

    def has(self, clause: Term | Phrase) -> bool:
        """True for words of a field that the index has."""
        return Field(clause.zone, clause.level) in self._fields

    @staticmethod
    def _name(clause: Term | Phrase) -> str:
        return field_name(Field(clause.zone, clause.level))


def order(search: Search) -> list[dict[str, Any]]:
    """The order of the hits."""
    if search.order == "newest":
        return [NEWEST, BY_ID]
    if search.order == "oldest":
        return [OLDEST, BY_ID]
    if search.order == "likes":
        return [{LIKES: "desc"}, NEWEST, BY_ID]
    return [*([{"_score": "desc"}] if search.scoring else []), NEWEST, BY_ID]


def among(keyword: str, values: Iterable[str]) -> Query:
    """The documents that have one of some values."""
    kept = [*map(bounded, values)]
    return {"terms": {keyword_name(keyword): kept}} if kept else NONE


def _written(phrase: Phrase) -> str:
    return " ".join(map(SAME_POSITION.join, phrase.slots))


def _all(parts: list[Query]) -> Query:
    kept = _but(ALL, parts)
    if NONE in kept:
        return NONE
    if len(kept) == 1:
        return kept[0]
    return {"bool": {"filter": kept}} if kept else ALL


def _but(one: Query, queries: Iterable[Query]) -> list[Query]:
    return [query for query in queries if query != one]


def _filters(filters: Filters) -> Iterator[Query]:
    yield from (among(name, values) for name, values in filters.keywords)
    if filters.start is not None:
        yield {"range": {END: {"gte": filters.start}}}
    if filters.end is not None:
        yield {"range": {START: {"lte": filters.end}}}


def _without(filters: Filters) -> Iterator[Query]:
    return (among(name, values) for name, values in filters.without)
