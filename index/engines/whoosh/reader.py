"""A reader: scores, ranks and pages what matches."""

from __future__ import annotations

import heapq
import threading
import zlib
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from index.engines.errors import translated
from index.engines.whoosh.matching import Question, Segment, terms_of
from index.engines.whoosh.schema import ID, START, STORED, UNDATED, column_name, field_name, keyword_name
from index.query import Term
from index.ranking import idf, norms, rounded
from index.records import Field
from index.results import Group, Hit, Matches

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from index.query import Phrase, Search, Weighted


class _Scores(dict[float, float]):
    """A posting's weight to the score it gives, worked out once for each weight that occurs."""

    def __init__(self, factor: float, below: tuple[float, ...]) -> None:
        super().__init__()
        self._factor = factor
        self._below = below

    def __missing__(self, weight: float) -> float:
        frequency = int(weight)
        score = self._factor * frequency / (frequency + self._below[int((weight - frequency) * 256)])
        self[weight] = score
        return score


class WhooshReader:
    """See :class:`index.engine.Reader`."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._segments = [Segment(leaf) for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        self._lock = threading.RLock()
        self._closed = False

    def search(self, search: Search) -> Matches:
        with self._reading():
            scored = _folded([(s, self._scores(s, search)) for s in self._segments], search)
            wanted = search.offset + search.limit
            best = _best(scored, search.order, wanted)
            page = best[search.offset : wanted]
            hits = tuple(
                Hit(segment.column(column_name(ID))[n].decode(), score) for segment, n, score in page
            )
            return Matches(sum(len(scores) for _, scores in scored), hits)

    def groups(self, search: Search, keyword: str, size: int) -> Mapping[str, Group]:
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

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        with self._reading():
            return [self._frequency(term) for term in terms]

    def count(self) -> int:
        with self._reading():
            return int(self._reader.doc_count())

    def stored(self, ids: Iterable[str]) -> dict[str, bytes]:
        with self._reading():
            return {id_: bytes_ for id_ in ids if (bytes_ := self._stored(id_)) is not None}

    def scan(self) -> Iterator[bytes]:
        with self._reading():
            for segment in self._segments:
                for _, stored in segment.reader.iter_docs():
                    yield zlib.decompress(stored[STORED])

    def values(self, keyword: str) -> Mapping[str, int]:
        with self._reading():
            name = keyword_name(keyword)
            counts = {
                value.decode(): self._reader.doc_frequency(name, value)
                for value in self._reader.lexicon(name)
            }
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
        with self._lock, translated("read"):
            yield

    def _frequency(self, term: Term) -> int:
        name = field_name(Field(term.zone, term.level))
        return int(self._reader.doc_frequency(name, term.text)) if name in self._reader.schema else 0

    def _scores(self, segment: Segment, search: Search) -> dict[int, float]:
        """The score of every match in a segment, rounded."""
        question = Question(segment)
        scores = dict.fromkeys(question.matching(search), 0.0)
        if not scores or search.order != "relevance":
            return scores
        for weighted in search.scoring:
            by_weight = self._by_weight(weighted)
            for number, weight in self._found(weighted.clause, question, scores):
                if number in scores:
                    scores[number] += by_weight[weight]
        return {number: rounded(score) for number, score in scores.items()}

    @staticmethod
    def _found(
        clause: Term | Phrase, question: Question, among: Collection[int]
    ) -> Iterable[tuple[int, float]]:
        """Document numbers and weights of a clause; of a phrase only ``among`` these documents."""
        if isinstance(clause, Term):
            return zip(*question.weights(clause), strict=True)
        return question.phrase_weights(clause, among)

    def _by_weight(self, weighted: Weighted) -> _Scores:
        clause = weighted.clause
        terms = (clause,) if isinstance(clause, Term) else terms_of(clause)
        documents = self._reader.doc_count_all()
        name = field_name(Field(clause.zone, clause.level))
        length = self._reader.field_length(name) if name in self._reader.schema else 0
        factor = weighted.weight * sum(idf(documents, self._frequency(term)) for term in terms)
        return _Scores(factor, norms(length / documents if documents else 0))

    def _stored(self, id_: str) -> bytes | None:
        for segment in self._segments:
            matcher = segment.matcher(keyword_name(ID), id_)
            if matcher is not None and matcher.is_active():
                return zlib.decompress(segment.reader.stored_fields(matcher.id())[STORED])
        return None


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
    floor = _floor(scored, wanted) if order == "relevance" else 0.0
    candidates = (
        (segment, number, score)
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


def _by_oldest(found: tuple[Segment, int, float]) -> tuple[float, int, bytes]:
    segment, number, _ = found
    start = segment.column(START)[number]
    return 0.0, -UNDATED if start == UNDATED else start, _id(segment, number)


_ORDERS: dict[str, Callable[[tuple[Segment, int, float]], tuple[float, int, bytes]]] = {
    "relevance": _by_relevance,
    "newest": _by_newest,
    "oldest": _by_oldest,
}


def _group(scored: list[tuple[Segment, dict[int, float]]], order: str, size: int) -> Group:
    hits = (
        Hit(_id(segment, number).decode(), score) for segment, number, score in _best(scored, order, size)
    )
    return Group(sum(len(scores) for _, scores in scored), tuple(hits))
