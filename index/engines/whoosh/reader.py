"""A reader: scores, ranks and pages what matches."""

from __future__ import annotations

import heapq
import threading
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kashshaf.index.engines.errors import translated
from kashshaf.index.engines.frequencies import Frequencies
from kashshaf.index.engines.whoosh.facets import FacetCounter, commonest
from kashshaf.index.engines.whoosh.matching import Segment, SegmentQuery
from kashshaf.index.engines.whoosh.schema import ID, LIKES, START, UNDATED, column_name
from kashshaf.index.limits import deadline
from kashshaf.index.query import Term
from kashshaf.index.ranking import ROUNDED, idf, norms, rounded
from kashshaf.index.results import Group, Hit, Matches
from kashshaf.index.schema import Field, field_name, keyword_name, require_facets, require_grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from kashshaf.index.query import Clause, Phrase, Search, Weighted
    from kashshaf.index.schema import IndexName

NEAR = 10**-ROUNDED
"""Scores further apart than this are not the same when rounded."""

SELDOM = 8
"""Postings for each match from which on it is quicker to look for the matches than to read all postings."""

REMEMBERED = 3
"""Searches whose matches are remembered: facets are counted right after a page is ranked."""


class _Scores(dict[int, float]):
    """A posting's weight to the score it gives, worked out once for each weight that occurs."""

    def __init__(self, factor: float, below: tuple[float, ...]) -> None:
        super().__init__()
        self._factor = factor
        self._below = below

    def __missing__(self, weight: int) -> float:
        frequency = weight >> 8
        score = self._factor * frequency / (frequency + self._below[weight & 255])
        self[weight] = score
        return score


class WhooshReader:
    """See :class:`kashshaf.index.engine.Reader`."""

    def __init__(self, reader: Any, index: IndexName) -> None:
        self._reader = reader
        self._index: IndexName = index
        self._segments = [Segment(leaf) for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        self._norms_known: dict[Field, tuple[float, ...]] = {}
        self._matched: dict[tuple[object, ...], set[int]] = {}
        self._frequencies = Frequencies(lambda terms: map(self._frequency, terms))
        self._lock = threading.RLock()
        self._closed = False

    def search(self, search: Search) -> Matches:
        deadline.check()
        if search.fold:
            require_grouped(self._index, search.fold)
        with self._reading():
            ranked = search if search.limit else replace(search, scoring=())
            scored = _folded([(s, self._scores(s, ranked)) for s in self._segments], search)
            wanted = search.offset + search.limit
            best = _best(scored, search.order, wanted)
            page = best[search.offset : wanted]
            hits = tuple(
                Hit(segment.column(column_name(ID))[n].decode(), score) for segment, n, score in page
            )
            return Matches(sum(len(scores) for _, scores in scored), hits)

    def groups(self, search: Search, keyword: str, size: int) -> Mapping[str, Group]:
        deadline.check()
        require_grouped(self._index, keyword)
        with self._reading():
            found: dict[str, list[tuple[Segment, dict[int, float]]]] = defaultdict(list)
            for segment in self._segments:
                by_value: dict[str, dict[int, float]] = defaultdict(dict)
                values = segment.values(column_name(keyword))
                scores = self._scores(segment, search)
                for number in scores.keys() & values.keys():
                    by_value[values[number].decode()][number] = scores[number]
                for value, scores in by_value.items():
                    found[value].append((segment, scores))
            return {value: _group(scored, search.order, size) for value, scored in found.items()}

    def having(self, clauses: Sequence[Clause], ids: Collection[str]) -> list[set[str]]:
        deadline.check()
        found: list[set[str]] = [set() for _ in clauses]
        with self._reading():
            for segment in self._segments:
                question, named = SegmentQuery(segment), segment.named(ids)
                for clause, those in zip(clauses, found, strict=True):
                    those.update(named[number] for number in question.clause(clause) & named.keys())
        return found

    def facets(self, search: Search, sizes: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
        deadline.check()
        require_facets(self._index, sizes, search.fold)
        with self._reading():
            found = [(segment, self._matching(segment, search)) for segment in self._segments]
            parted = [(segment, *_parted(segment, numbers, search.fold)) for segment, numbers in found]
            counters = {keyword: FacetCounter() for keyword in sizes}
            for keyword, counter in counters.items():
                for segment, alone, told in parted:
                    counter.add(segment.facet(keyword), alone, told)
            return {keyword: commonest(counters[keyword].counts(), size) for keyword, size in sizes.items()}

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        with self._reading():
            return self._frequencies.of(terms)

    def count(self) -> int:
        with self._reading():
            return int(self._reader.doc_count())

    def stored(self, ids: Iterable[str]) -> dict[str, bytes]:
        with self._reading():
            return {id_: bytes_ for id_ in ids if (bytes_ := self._stored(id_)) is not None}

    def scan(self) -> Iterator[bytes]:
        with self._reading():
            for segment in self._segments:
                yield from map(segment.stored, sorted(segment.documents()))

    def values(self, keyword: str) -> Mapping[str, int]:
        with self._reading():
            counts: Counter[str] = Counter()
            for segment in self._segments:
                field = segment.field(keyword_name(keyword))
                for value in field.terms():
                    having = field.postings(value, positions=False).documents
                    counts[value] += len(having) - len(segment.deleted.intersection(having))
            return {value: count for value, count in counts.items() if count}

    def check(self) -> None:
        with self._reading():
            for segment in self._segments:
                segment.check()

    def close(self) -> None:
        with self._lock:
            if not self._closed:
                self._closed = True
                self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The reader for one thread at a time, which waits for it no longer than it may take."""
        while not self._lock.acquire(timeout=deadline.seconds_to_wait()):
            deadline.check()
        try:
            with translated("read"):
                yield
        finally:
            self._lock.release()

    def _frequency(self, term: Term) -> int:
        name = field_name(Field(term.zone, term.level))
        return sum(segment.field(name).frequency(term.text) for segment in self._segments)

    def _matching(self, segment: Segment, search: Search, question: SegmentQuery | None = None) -> set[int]:
        """The matches in a segment; those of the last searches are remembered, and must not be changed."""
        asked = segment, search.required, search.excluded, search.filters
        if asked not in self._matched:
            while len(self._matched) >= REMEMBERED * len(self._segments):
                del self._matched[next(iter(self._matched))]
            self._matched[asked] = (question or SegmentQuery(segment)).matching(search)
        return self._matched[asked]

    def _scores(self, segment: Segment, search: Search) -> dict[int, float]:
        """The score of every match in a segment."""
        question = SegmentQuery(segment)
        scores = dict.fromkeys(self._matching(segment, search, question), 0.0)
        if not scores or search.order != "relevance":
            return scores
        for weighted in search.scoring:
            deadline.check()
            by_weight = self._by_weight(weighted)
            numbers, weights = self._found(weighted.clause, question, scores)
            for number, score in zip(numbers, map(by_weight.__getitem__, weights), strict=True):
                if number in scores:
                    scores[number] += score
        return scores

    @staticmethod
    def _found(
        clause: Term | Phrase, question: SegmentQuery, among: Collection[int]
    ) -> tuple[Sequence[int], Sequence[int]]:
        """Document numbers and weights of a clause, at least ``among`` these documents."""
        if isinstance(clause, Term):
            found = question.postings(clause)
            if len(among) * SELDOM > len(found.documents):
                return found.documents, found.weights
            places = [*found.places(among)]
            return [found.documents[at] for at in places], [found.weights[at] for at in places]
        rows = dict(question.phrase_weights(clause, among))
        return list(rows), list(rows.values())

    def _by_weight(self, weighted: Weighted) -> _Scores:
        clause = weighted.clause
        terms = (clause,) if isinstance(clause, Term) else clause.terms()
        documents = self._reader.doc_count_all()
        factor = weighted.weight * sum(idf(documents, found) for found in self._frequencies.of(terms))
        return _Scores(factor, self._norms(Field(clause.zone, clause.level)))

    def _norms(self, field: Field) -> tuple[float, ...]:
        """The norms of a field, worked out once: a reader's documents never change."""
        if field not in self._norms_known:
            length = sum(segment.field(field_name(field)).length for segment in self._segments)
            self._norms_known[field] = norms(length / (self._reader.doc_count_all() or 1))
        return self._norms_known[field]

    def _stored(self, id_: str) -> bytes | None:
        for segment in self._segments:
            for number in segment.field(keyword_name(ID)).postings(id_, positions=False).documents:
                if number not in segment.deleted:
                    return segment.stored(number)
        return None


def _parted(segment: Segment, numbers: set[int], fold: str) -> tuple[set[int], dict[int, bytes]]:
    """The matches in a segment without a value of the keyword to fold by, and the others with theirs."""
    values = segment.values(column_name(fold)) if fold else {}
    told = {number: values[number] for number in numbers & values.keys()}
    return numbers - told.keys(), told


def _folded(
    scored: list[tuple[Segment, dict[int, float]]], search: Search
) -> list[tuple[Segment, dict[int, float]]]:
    """The matches without those that share a value of the keyword to fold by with a better one."""
    if not search.fold:
        return scored
    among: dict[bytes, list[tuple[Segment, int, float]]] = defaultdict(list)
    for segment, scores in scored:
        values = segment.values(column_name(search.fold))
        for number in scores.keys() & values.keys():
            among[values[number]].append((segment, number, scores[number]))
    left = dict(scored)
    for sharing in among.values():
        best = min(sharing, key=_ORDERS[search.order])
        for segment, number, _ in sharing:
            if (segment, number) != best[:2]:
                del left[segment][number]
    return scored


def _best(
    scored: list[tuple[Segment, dict[int, float]]], order: str, wanted: int
) -> list[tuple[Segment, int, float]]:
    """The best ``wanted`` documents of all segments, in order."""
    floor = _floor(scored, wanted) - NEAR if order == "relevance" else 0.0
    candidates = (
        (segment, number, rounded(score))
        for segment, scores in scored
        for number, score in scores.items()
        if score >= floor
    )
    return heapq.nsmallest(wanted, candidates, key=_ORDERS[order])


def _floor(scored: list[tuple[Segment, dict[int, float]]], wanted: int) -> float:
    """The score of the last document on the page: whatever scores less needs no look at its date and id."""
    values = (score for _, scores in scored for score in scores.values())
    return min(heapq.nlargest(wanted, values), default=0.0)


def _id(segment: Segment, number: int) -> bytes:
    found: bytes = segment.column(column_name(ID))[number]
    return found


def _by_relevance(found: tuple[Segment, int, float]) -> tuple[float, int, bytes]:
    segment, number, score = found
    return -score, -segment.column(START)[number], _id(segment, number)


def _by_newest(found: tuple[Segment, int, float]) -> tuple[float, int, bytes]:
    segment, number, _ = found
    return 0.0, -segment.column(START)[number], _id(segment, number)


def _by_likes(found: tuple[Segment, int, float]) -> tuple[float, int, bytes]:
    segment, number, _ = found
    return -segment.column(LIKES)[number], -segment.column(START)[number], _id(segment, number)


def _by_oldest(found: tuple[Segment, int, float]) -> tuple[float, int, bytes]:
    segment, number, _ = found
    start = segment.column(START)[number]
    return 0.0, -UNDATED if start == UNDATED else start, _id(segment, number)


_ORDERS: dict[str, Callable[[tuple[Segment, int, float]], tuple[float, int, bytes]]] = {
    "relevance": _by_relevance,
    "newest": _by_newest,
    "oldest": _by_oldest,
    "likes": _by_likes,
}


def _group(scored: list[tuple[Segment, dict[int, float]]], order: str, size: int) -> Group:
    hits = (
        Hit(_id(segment, number).decode(), score) for segment, number, score in _best(scored, order, size)
    )
    return Group(sum(len(scores) for _, scores in scored), tuple(hits))
