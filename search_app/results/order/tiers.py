"""Full and partial matches of a query in one index: one ranked list, the full ones first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.index.limits.deadline import in_time
from kashshaf.index.query import NOTHING, AnyOf, Search
from kashshaf.index.results import Matches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kashshaf.index.engine import Reader
    from kashshaf.index.query import Filters
    from kashshaf.index.results import Group, Hit
    from kashshaf.search_app.query.plan import Plan
    from kashshaf.search_app.query.request_values import Match

    Rank = Callable[[Search], Matches]


NONE = Matches(0, ())


class TieredMatches(NamedTuple):
    """The page's hits and the totals; ``full`` holds the ids of the hits that match fully."""

    total: int
    total_partial: int
    hits: tuple[Hit, ...]
    full: frozenset[str]


class Tiers:
    """The matches of a planned query, by the kinds that were asked for."""

    def __init__(self, reader: Reader, planned: Plan, match: Match) -> None:
        self._reader = reader
        self._planned = planned
        self._match = match
        self._alike = match == "all" or planned.full == planned.partial

    def page(self, page: Search, rank: Rank, *, both: bool) -> TieredMatches:
        """The hits of a page, ranked by ``rank``: full matches, and after them partial ones.

        ``both``: False where partial matches stand in the list only if there is no full one.
        """
        planned = self._planned
        page = replace(page, scoring=planned.scoring, excluded=planned.excluded)
        if self._match == "any" and not self._alike:
            return self._one_ranking(replace(page, required=planned.partial), rank)
        found = rank(replace(page, required=planned.full))
        full = frozenset(hit.id for hit in found.hits)
        if self._alike:
            return TieredMatches(found.total, 0, found.hits, full)
        excluded = planned.full if page.excluded == NOTHING else AnyOf((page.excluded, planned.full))
        rest = replace(page, required=planned.partial, excluded=excluded)
        if not found.total:  # so there are none to leave out, but the same question may have been foreseen
            partial = rank(rest)
            return TieredMatches(partial.total, 0, partial.hits, full)
        room = page.limit - len(found.hits) if both else 0
        rest = replace(rest, offset=max(0, page.offset - found.total), limit=room)
        partial = in_time(lambda: self._reader.search(rest), NONE)
        return TieredMatches(found.total, partial.total, (*found.hits, *partial.hits), full)

    def groups(self, filters: Filters, keyword: str, size: int) -> Mapping[str, Group]:
        """The matches by their value of a keyword: the full ones where a value has any, else the partial."""
        planned = self._planned
        search = Search(planned.full, planned.scoring, filters, excluded=planned.excluded)
        if self._alike:
            return self._reader.groups(search, keyword, size)
        found = self._reader.groups(replace(search, required=planned.partial), keyword, size)
        if self._match == "any" or not found:
            return found
        return {**found, **self._reader.groups(search, keyword, size)}

    def facets(self, page: Search, sizes: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
        """The values of keywords among the full matches where there are any, else among the partial ones."""
        planned = self._planned
        full = replace(page, required=planned.full, excluded=planned.excluded)
        partial = replace(full, required=planned.partial)
        if self._match == "any":
            return self._reader.facets(partial, sizes)
        return self._reader.facets(full if self.finds_full(page) else partial, sizes)

    def finds_full(self, page: Search) -> bool:
        """Tell whether anything matches fully, or every match counts as full."""
        if self._alike or self._match == "any":
            return True
        full = replace(page, required=self._planned.full, excluded=self._planned.excluded)
        return self._reader.search(replace(full, fold="", limit=0)).total > 0

    def total(self, page: Search) -> int:
        """The number of matches: of full ones if there are any, else of partial ones."""
        return self.page(replace(page, limit=0), self._reader.search, both=False).total

    def missing(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """The words and phrases of the query, as typed, that each of some documents lacks."""
        parts = self._planned.parts
        having = self._reader.having([part.clause for part in parts], ids) if ids else []
        told = list(zip(parts, having, strict=bool(ids)))
        return {id_: [part.typed for part, those in told if id_ not in those] for id_ in ids}

    def _one_ranking(self, page: Search, rank: Rank) -> TieredMatches:
        found = rank(page)
        (full,) = self._reader.having([self._planned.full], [hit.id for hit in found.hits])
        return TieredMatches(found.total, 0, found.hits, frozenset(full))
