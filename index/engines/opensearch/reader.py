"""A reader: one moment of an index on a cluster."""

from __future__ import annotations

import zlib
from itertools import islice
from typing import TYPE_CHECKING, Any

from kashshaf.index.engines.opensearch.answers import Answers
from kashshaf.index.engines.opensearch.counts import every_bucket, facets, hidden, repeats, values
from kashshaf.index.engines.opensearch.documents import stored_bytes
from kashshaf.index.engines.opensearch.moment import run_together
from kashshaf.index.engines.opensearch.place import MEND
from kashshaf.index.engines.opensearch.queries import ALL, NONE, among, order
from kashshaf.index.engines.opensearch.schema import ID, STORED, own_id
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.limits import deadline
from kashshaf.index.query import Ask
from kashshaf.index.ranking import rounded
from kashshaf.index.results import Group, Hit, Matches
from kashshaf.index.schema import keyword_name, require_facets, require_grouped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from kashshaf.index.engines.opensearch.moment import Moment, Steps
    from kashshaf.index.engines.opensearch.queries import Queries
    from kashshaf.index.query import Clause, Search, Term
    from kashshaf.index.schema import IndexName

KNOWN = 1 << 14
"""Terms whose frequencies are remembered."""
CLAUSES = 100
"""Clauses that are told apart in one request, and terms that are counted: OpenSearch allows 1,024 of them."""
DOCUMENTS = 500
"""Documents that are asked for in one request."""
NAMED: Mapping[str, Any] = {"_source": False, "docvalue_fields": [ID]}
WHOLE: Mapping[str, Any] = {"_source": [STORED], "docvalue_fields": [ID]}
"""What a hit brings: its id, or its stored bytes as well."""
FEW = 10
"""Hits of a group up to which their stored bytes are brought along; of a page these are ``PAGE``."""
PAGE = 100
BROUGHT = 2_000
"""Documents whose stored bytes are kept for whoever asks for them next."""
ONE_EACH = "each"


class OpenSearchReader:
    """See :class:`kashshaf.index.engine.Reader`."""

    def __init__(self, moment: Moment, queries: Queries, index: IndexName) -> None:
        self._moment = moment
        self._queries = queries
        self._index: IndexName = index
        self._renewals = 0
        self._known: dict[Term, int] = {}
        self._hidden: dict[object, int] = {}
        self._brought: dict[str, bytes] = {}
        self._answers = Answers()
        self._count: int | None = None

    def search(self, search: Search) -> Matches:
        deadline.check()
        if search.fold:
            require_grouped(self._index, search.fold)
        ask = Ask("search", (search,))
        found: Matches = self._answered(ask)
        if not search.limit:  # totals are small, and asked for again and again
            self._kept_answers().keep(ask, found)
        return found

    def groups(self, search: Search, keyword: str, size: int) -> Mapping[str, Group]:
        deadline.check()
        require_grouped(self._index, keyword)
        return self._answered(Ask("groups", (search, keyword, size)))  # type: ignore[no-any-return]

    def having(self, clauses: Sequence[Clause], ids: Collection[str]) -> list[set[str]]:
        deadline.check()
        return self._answered(Ask("having", (tuple(clauses), tuple(ids))))  # type: ignore[no-any-return]

    def facets(self, search: Search, sizes: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
        deadline.check()
        require_facets(self._index, sizes, search.fold)
        return self._answered(Ask("facets", (search, tuple(sizes.items()))))  # type: ignore[no-any-return]

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        known = self._remembered()
        run_together([(self._moment, steps) for steps in self._counted(terms, known)])
        return [known[term] for term in terms]

    def foresee(self, ask: Ask) -> Iterator[tuple[Moment, Steps[None]]]:
        """The searches that answer a question which will be asked, unless the answer is known."""
        if ask.method == "frequencies":
            counted = self._counted(ask.arguments[0], self._remembered())
            yield from ((self._moment, steps) for steps in counted)
        else:
            yield self._moment, self._kept(ask)

    def foreseen(self, ask: Ask) -> Any:
        """The answer to a question, where it is known without a request."""
        if ask.method == "frequencies":
            known = self._remembered()
            return [known[term] for term in ask.arguments[0]] if known.keys() >= {*ask.arguments[0]} else None
        return self._kept_answers().answer(ask)

    def count(self) -> int:
        self._remembered()
        if self._count is None:
            self._moment.run(self._learned((), self._known))
        return self._count or 0

    def stored(self, ids: Iterable[str]) -> dict[str, bytes]:
        self._remembered()
        asked, brought = [*ids], self._brought
        found = {id_: brought[id_] for id_ in asked if id_ in brought}
        for some in _parts(id_ for id_ in asked if id_ not in found):
            query = {"ids": {"values": [*map(own_id, some)]}}
            answer = self._moment.search({"query": query, "size": len(some), **WHOLE})
            found |= {_id(hit): _stored(hit) for hit in answer["hits"]["hits"]}
        return found

    def scan(self) -> Iterator[bytes]:
        return map(_stored, self._moment.each(ALL, {"_source": [STORED]}, ID))

    def values(self, keyword: str) -> Mapping[str, int]:
        return self._moment.run(values(ALL, keyword))

    def check(self) -> None:
        found = sum(1 for _ in self.scan())
        if found != self.count():
            raise BrokenIndexError(
                f"the index is damaged: it has {found} of {self.count()} documents; {MEND}"
            )

    def close(self) -> None:
        self._moment.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _page(self, search: Search) -> dict[str, Any]:
        """The body of a search, with its total, its hits, and what a folded total is worked out from."""
        brought = WHOLE if search.limit <= PAGE else NAMED
        page = {"from": search.offset, "sort": order(search), **brought} if search.limit else {}
        fold = search.fold
        collapse = {"collapse": {"field": f"fold_{fold}"}} if fold and search.limit else {}
        counted = {"aggs": repeats(fold)} if fold and self._asked(search) not in self._hidden else {}
        query = self._queries.ranked(search) if search.limit else self._queries.matching(search)
        return {
            "query": query, "size": search.limit, "track_total_hits": True, **page, **collapse, **counted
        }  # fmt: skip

    def _steps(self, ask: Ask) -> Steps[Any]:
        """The searches that answer a question."""
        arguments = ask.arguments
        match ask.method:
            case "search":
                return self._searched(*arguments)
            case "groups":
                return self._grouped(*arguments)
            case "having":
                return self._told_apart(*arguments)
            case _:
                search, sizes = arguments
                return facets(self._queries.matching(search), dict(sizes), search.fold)

    def _answered(self, ask: Ask) -> Any:
        known = self._kept_answers().answer(ask)
        return self._moment.run(self._steps(ask)) if known is None else known

    def _kept(self, ask: Ask) -> Steps[None]:
        """The answer to a question, kept for whoever asks it."""
        if self._kept_answers().answer(ask) is None:
            answer = yield from self._steps(ask)
            self._kept_answers().keep(ask, answer)

    def _searched(self, search: Search) -> Steps[Matches]:
        if self._queries.matching(search) == NONE:
            return Matches(0, ())
        answer = yield self._page(search)
        total = int(answer["hits"]["total"]["value"])
        folded = (yield from self._folded(search, answer)) if search.fold else 0
        return Matches(total - folded, self._hits(answer["hits"]["hits"]))

    def _grouped(self, search: Search, keyword: str, size: int) -> Steps[dict[str, Group]]:
        query, name = self._queries.ranked(search), keyword_name(keyword)
        if query == NONE:
            return {}
        brought = WHOLE if size <= FEW else NAMED
        best = {"size": size, "sort": order(search), "track_scores": True, **brought}
        inside = {ONE_EACH: {"top_hits": best}} if size else None
        buckets = yield from every_bucket(query, [name], inside)
        return {bucket["key"][name]: self._group(bucket) for bucket in buckets}

    def _told_apart(self, clauses: Sequence[Clause], ids: Sequence[str]) -> Steps[list[set[str]]]:
        found: list[set[str]] = [set() for _ in clauses]
        for at in range(0, len(clauses), CLAUSES):
            for some in _parts(ids):
                yield from self._tell_apart(clauses[at : at + CLAUSES], some, found[at : at + CLAUSES])
        return found

    def _folded(self, search: Search, answer: Mapping[str, Any]) -> Steps[int]:
        asked = self._asked(search)
        if asked not in self._hidden:
            if len(self._hidden) >= KNOWN:
                self._hidden.clear()
            query = self._queries.matching(search)
            self._hidden[asked] = yield from hidden(query, search.fold, answer)
        return self._hidden[asked]

    def _asked(self, search: Search) -> object:
        self._remembered()
        return search.required, search.excluded, search.filters, search.fold

    def _group(self, bucket: Mapping[str, Any]) -> Group:
        best = bucket[ONE_EACH]["hits"]["hits"] if ONE_EACH in bucket else ()
        return Group(int(bucket["doc_count"]), self._hits(best))

    def _hits(self, hits: Sequence[Mapping[str, Any]]) -> tuple[Hit, ...]:
        """The hits of an answer; the stored bytes that they bring are kept."""
        self._remembered()
        if len(self._brought) >= BROUGHT:
            self._brought = {}
        self._brought.update((_id(hit), _stored(hit)) for hit in hits if "_source" in hit)
        return tuple(map(_hit, hits))

    def _tell_apart(self, clauses: Sequence[Clause], ids: list[str], found: list[set[str]]) -> Steps[None]:
        """Add to each set those of some documents that match its clause."""
        made = [self._queries.clause(clause) for clause in clauses]
        named = [
            {"bool": {"filter": [query], "_name": str(place)}}
            for place, query in enumerate(made)
            if query != NONE
        ]
        query = {"bool": {"filter": [among("id", ids)], "should": named, "minimum_should_match": 1}}
        answer = (yield {"query": query, "size": len(ids), **NAMED}) if named else None
        for hit in answer["hits"]["hits"] if answer else ():
            for place in hit["matched_queries"]:
                found[int(place)].add(_id(hit))

    def _counted(self, terms: Sequence[Term], known: dict[Term, int]) -> list[Steps[None]]:
        """The searches by which the frequencies of terms become ``known`` that are not."""
        unknown = [term for term in dict.fromkeys(terms) if term not in known]
        return [self._learned(unknown[at : at + CLAUSES], known) for at in range(0, len(unknown), CLAUSES)]

    def _learned(self, terms: Sequence[Term], known: dict[Term, int]) -> Steps[None]:
        """One search for the frequencies of terms; it tells the number of documents as well."""
        filters = [self._queries.clause(term) for term in terms]
        asked = {"aggs": {"terms": {"filters": {"filters": filters}}}} if filters else {}
        answer = yield {"query": ALL, "size": 0, "track_total_hits": True, **asked}
        self._count = int(answer["hits"]["total"]["value"])
        if filters:
            buckets = answer["aggregations"]["terms"]["buckets"]
            known.update(zip(terms, (int(each["doc_count"]) for each in buckets), strict=True))

    def _kept_answers(self) -> Answers:
        self._remembered()
        return self._answers

    def _remembered(self) -> dict[Term, int]:
        """The frequencies that are known, unless they are too many, or of a moment that is no more."""
        if len(self._known) >= KNOWN or self._renewals != self._moment.renewals:
            self._renewals = self._moment.renewals
            self._known, self._hidden, self._brought, self._count = {}, {}, {}, None
            self._answers = Answers()
        return self._known


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while some := [*islice(left, DOCUMENTS)]:
        yield some


def _hit(hit: Mapping[str, Any]) -> Hit:
    return Hit(_id(hit), rounded(hit.get("_score") or 0.0))


def _id(hit: Mapping[str, Any]) -> str:
    return str(hit["fields"][ID][0])


def _stored(hit: Mapping[str, Any]) -> bytes:
    try:
        return stored_bytes(hit["_source"])
    except (KeyError, ValueError, zlib.error) as error:
        raise BrokenIndexError(f"the index is damaged: a document cannot be read; {MEND}") from error
