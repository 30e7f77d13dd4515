"""The order of hits: what Tantivy ranks by score or date, with ties by date and id."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from tantivy import Order, Query

from kashshaf.index.engines.tantivy.query_builder import both
from kashshaf.index.engines.tantivy.schema import ID, LIKED, START, number_name
from kashshaf.index.limits import deadline
from kashshaf.index.ranking import rounded
from kashshaf.index.results import Group, Hit, Matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tantivy import DocAddress, Searcher

    from kashshaf.index.engines.tantivy.documents import Documents
    from kashshaf.index.engines.tantivy.folding.totals import Total
    from kashshaf.index.engines.tantivy.query_builder import QueryBuilder
    from kashshaf.index.query import Search

SPARE = 10
"""Hits fetched beyond the page, since some may tie with its last."""
WIDER = 4
"""Factor by which more are fetched where that was not enough."""
MANY = 1_000
"""Hits from which on no more than twice as many are fetched."""
FEW = 32
"""Documents that tie up to which those loaded for their ids are remembered: they may be on the page."""
GROUPED = 1_000
"""Matches fetched at first where all are wanted."""


_START, _PLACE = itemgetter(1), itemgetter(0, 1)
"""Of a row what a date orders by, and what a score and a date do."""


class Row(NamedTuple):
    """A match with what it is ordered by; a start of None is an undated document.

    By likes, ``start`` is the number that has these in it (``schema.liked``).
    """

    score: float
    start: int | None
    address: DocAddress


class Tie(NamedTuple):
    """Rows that only their ids order; not ``whole`` where more of that date match than were fetched."""

    rows: list[Row]
    whole: bool = True


class Folding:
    """Of rows that share a value of a keyword only the first is left."""

    def __init__(self, searcher: Searcher, documents: Documents, keyword: str) -> None:
        self._searcher = searcher
        self._documents = documents
        self._name = number_name(keyword)
        self.left = self.folded = 0

    def first(self, ties: Iterable[Tie], offset: int) -> list[Tie]:
        """The rows left of whole ties; counts them, and those that are not.

        Of the rows of a tie that share a value the first by id is left; before ``offset`` any does.
        """
        ties = list(ties)
        addresses = [row.address for tie in ties for row in tie.rows]
        values: Iterator[Any] = iter(self._searcher.fast_field_values(self._name, addresses))
        seen: set[Any] = set()
        kept: list[Tie] = []
        for tie in ties:
            unseen = self._unseen(tie, [*islice(values, len(tie.rows))], seen, offset)
            self.left += len(unseen)
            if unseen:
                kept.append(tie if unseen is tie.rows else Tie(unseen))
        self.folded = len(addresses) - self.left
        return kept

    def _unseen(self, tie: Tie, values: list[Any], seen: set[Any], offset: int) -> list[Row]:
        """The rows of a tie with values that none before has, or without any."""
        if len(tie.rows) == 1:
            (value,) = values
            if value in seen:
                return []
            if value is not None:
                seen.add(value)
            return tie.rows
        unseen = [row for row, value in zip(tie.rows, values, strict=True) if value is None]
        sharing: dict[Any, list[Row]] = defaultdict(list)
        for row, value in zip(tie.rows, values, strict=True):
            if value is not None and value not in seen:
                sharing[value].append(row)
        seen.update(sharing)
        told = self.left + len(unseen) + len(sharing) > offset
        return unseen + [self._first(among) if told else among[0] for among in sharing.values()]

    def _first(self, rows: list[Row]) -> Row:
        return rows[0] if len(rows) == 1 else min(rows, key=lambda row: self._documents.id(row.address))


class TopHits:
    """Orders the matches of one search."""

    def __init__(
        self, searcher: Searcher, asking: QueryBuilder, documents: Documents, search: Search
    ) -> None:
        self._searcher = searcher
        self._documents = documents
        self._asking = asking
        self._search = search
        self._matching = asking.matching(search)
        self._by_score = search.order == "relevance" and bool(search.scoring)
        self._sorted_by = LIKED if search.order == "likes" else START
        self._wanted = max(1, search.offset + search.limit)

    def page(self) -> Matches:
        """The total and the hits of the page."""
        search = self._search
        if not search.limit or search.offset:
            found = self._total()
            if not search.limit or search.offset >= found.matches - found.hidden:
                return Matches(found.matches - found.hidden, ())
            ties, _ = self._folded(self._wanted * found.matches // (found.matches - found.hidden))
        else:
            ties, matches = self._folded(self._wanted)
            found = self._total(matches)
        hits = tuple(self._hits(ties, search.offset, search.offset + search.limit))
        return Matches(found.matches - found.hidden, hits)

    def _total(self, matches: int | None = None) -> Total:
        return self._documents.total(self._matching, self._search, matches)

    def groups(self, keyword: str, size: int) -> dict[str, Group]:
        """All matches by the number of their value, named by the best of each."""
        rows = self._all()
        addresses = [row.address for row in rows]
        numbers = self._searcher.fast_field_values(number_name(keyword), addresses)
        found: dict[Any, list[Row]] = defaultdict(list)
        for value, row in zip(numbers, rows, strict=True):
            if value is not None:
                found[value].append(row)
        return dict(self._group(keyword, among, size) for among in found.values())

    def _group(self, keyword: str, rows: list[Row], size: int) -> tuple[str, Group]:
        hits = tuple(self._hits(self._ties(rows), 0, size))
        name = self._documents.value(keyword, rows[0].address)
        return name, Group(len(rows), hits)

    def _folded(self, wanted: int) -> tuple[list[Tie], int]:
        """The first ties, and the number of matches; ``wanted`` matches are thought to be enough.

        Where the search is folded, of those that share a value only the first is left, so more are fetched
        until enough are.
        """
        if not self._search.fold:
            return self._ranked(wanted)
        wanted += SPARE
        while True:
            ties, matches = self._ranked(wanted)
            folding = Folding(self._searcher, self._documents, self._search.fold)
            left = folding.first(self._placed(ties, wanted), self._search.offset)
            if folding.left >= self._wanted or folding.folded + folding.left >= matches:
                return left, matches
            wanted = min(wanted * (WIDER if wanted < MANY else 2), matches)

    def _placed(self, ties: list[Tie], wanted: int) -> Iterator[Tie]:
        """Ties of which all is known: in place of the last, if it was cut, what comes first of it."""
        for tie in ties:
            if tie.whole:
                yield tie
            else:
                found = self._fetch(self._tied(tie), wanted, order_by_field=ID, order=Order.Asc)
                yield from (Tie([tie.rows[0]._replace(address=address)]) for _, address in found.hits)

    def _ranked(self, wanted: int) -> tuple[list[Tie], int]:
        """The first ``wanted`` matches at least, and the number of all."""
        return self._scored(wanted) if self._by_score else self._dated(wanted)

    def _scored(self, wanted: int) -> tuple[list[Tie], int]:
        """Fetches more until the score at the cut differs: whatever may be on the page is there then."""
        query = self._asking.scored(self._matching, self._search.scoring)
        fetch = wanted + SPARE
        while True:
            found = self._fetch(query, fetch)
            hits, matches = found.hits, found.count
            scores = [rounded(score) for score, _ in hits]
            if len(scores) >= matches or scores[wanted - 1] > scores[-1]:
                break
            fetch = min(fetch * WIDER, matches)
        cut = scores[wanted - 1] if len(scores) >= wanted else 0.0
        kept = [address for score, (_, address) in zip(scores, hits, strict=True) if score >= cut]
        return self._ties(self._rows(scores, kept)), matches

    def _dated(self, wanted: int) -> tuple[list[Tie], int]:
        order = Order.Asc if self._search.order == "oldest" else Order.Desc
        found = self._fetch(self._matching, wanted + 1, order_by_field=self._sorted_by, order=order)
        rows = [Row(0.0, start, address) for start, address in found.hits]
        ties = [Tie(list(among)) for _, among in groupby(rows, _START)]
        if len(rows) < found.count:
            ties[-1] = Tie(ties[-1].rows, whole=False)
        return ties, found.count

    def _all(self) -> list[Row]:
        """Every match, best first but for ties."""
        query = (
            self._asking.scored(self._matching, self._search.scoring) if self._by_score else self._matching
        )
        found = self._fetch(query, GROUPED)
        hits = found.hits
        if len(hits) < found.count:
            hits = self._fetch(query, found.count, count=False).hits
        scores = [rounded(score) for score, _ in hits]
        return self._rows(scores, [address for _, address in hits])

    def _rows(self, scores: Iterable[float], addresses: list[DocAddress]) -> list[Row]:
        starts: list[Any] = self._searcher.fast_field_values(self._sorted_by, addresses)
        return [*map(Row._make, zip(scores, starts, addresses, strict=False))]

    def _ties(self, rows: list[Row]) -> list[Tie]:
        oldest = self._search.order == "oldest"
        rows.sort(key=_first_oldest if oldest else _first_best)
        return [Tie(list(among)) for _, among in groupby(rows, _PLACE)]

    def _hits(self, ties: Iterable[Tie], start: int, end: int) -> Iterator[Hit]:
        """Hits from ``start`` to before ``end`` in the order of ``ties``."""
        at = 0
        for tie in ties:
            if at >= end:
                break
            if at + len(tie.rows) > start:
                ids = self._ids(tie, end - at)[max(0, start - at) : end - at]
                yield from (Hit(id_, tie.rows[0].score) for id_ in ids)
            at += len(tie.rows)

    def _ids(self, tie: Tie, needed: int) -> list[str]:
        """The first ids of a tie, in order."""
        if tie.whole:
            return sorted(self._each_id(tie.rows))
        found = self._fetch(self._tied(tie), needed, order_by_field=ID, order=Order.Asc)
        return [id_ for id_, _ in found.hits]

    def _each_id(self, rows: list[Row]) -> Iterator[str]:
        """The ids of some rows: each is loaded, which is quicker than to sort all that match by id."""
        read = self._documents.id if len(rows) <= FEW else self._documents.id_alone
        for row in rows:
            deadline.check()
            yield read(row.address)

    def _tied(self, tie: Tie) -> Query:
        """All matches that tie with those of a tie, by date or by likes and date."""
        return both(self._matching, self._asking.having_number(self._sorted_by, tie.rows[0].start))

    def _fetch(self, query: Query, limit: int, **how: Any) -> Any:
        """Hits and their count; Tantivy makes room for ``limit`` hits, and for one at least."""
        deadline.check()  # a query that runs cannot be ended, so none is begun too late
        return self._searcher.search(query, max(1, min(limit, self._searcher.num_docs)), **how)


def _first_best(row: Row) -> tuple[float, float]:
    return -row.score, float("inf") if row.start is None else -row.start


def _first_oldest(row: Row) -> tuple[float, float]:
    return -row.score, float("inf") if row.start is None else row.start
