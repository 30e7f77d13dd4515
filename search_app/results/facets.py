"""The facets of a search: the values among its matches, each with the total that choosing it would give."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kashshaf.index.names import folded_name
from kashshaf.index.schema import FOLDED_NAMES, MONTH, YEAR
from kashshaf.search_app.query.edited.pins import NO_PIN
from kashshaf.search_app.query.filters import filters
from kashshaf.search_app.results.order.pinning import facets_with_pinned, pinned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from kashshaf.index.query import Search
    from kashshaf.index.store.snapshot import Snapshot
    from kashshaf.search_app.query.edited.pins import Pin
    from kashshaf.search_app.query.language.tree import Query
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.results.order.tiers import Tiers
    from kashshaf.search_app.results.shapes import FacetValue

MOST_VALUES = 100
"""Values given of a name, the commonest."""
MOST_TIMES = 1_200
"""Years or months given: all months of a century."""
TIMES = (YEAR, MONTH)
OWN_PARAMETERS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in FOLDED_NAMES},
    YEAR: ("from", "to"),
    MONTH: ("from", "to"),
}
"""The parameters by which a value of each facet is chosen; they do not restrict its own counts."""


class Facets:
    """Counts the facets of one request with its text read as a query."""

    def __init__(
        self,
        snapshot: Snapshot,
        request: SearchRequest,
        tiers: Tiers,
        query: Query,
        zone: tzinfo,
        pin: Pin = NO_PIN,
    ) -> None:
        self._pin = pin
        self._snapshot = snapshot
        self._request = request
        self._tiers = tiers
        self._query = query
        self._zone = zone

    def counted(self, search: Search) -> dict[str, list[FacetValue]]:
        """The facets that the request names, of its ``search``; each under the filters of the others."""
        found: dict[str, list[FacetValue]] = {}
        for names, among in self._by_filters(search):
            sizes = {_keyword(name): MOST_TIMES if name in TIMES else MOST_VALUES for name in names}
            counts = self._counts(among, sizes)
            for name in names:
                found[name] = self._values(name, counts[_keyword(name)], among)
        return {name: found[name] for name in self._request.facets if name in found}

    def _counts(self, among: Search, sizes: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
        """The counts of keywords' values; only a list by relevance has pinned articles."""
        by_relevance = self._pin.articles and among.order == "relevance"
        first = pinned(self._snapshot, self._pin, among, ()) if by_relevance else ()
        if first:
            return facets_with_pinned(self._snapshot, first, among, self._tiers, sizes)
        return self._tiers.facets(among, sizes)

    def _by_filters(self, search: Search) -> list[tuple[list[str], Search]]:
        """Facets that are counted under the same filters, with the search to count."""
        together: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in self._request.facets:
            if name in OWN_PARAMETERS:
                own = (each for each in OWN_PARAMETERS[name] if each in self._request.filters)
                together[tuple(own)].append(name)
        return [(names, self._without(search, own)) for own, names in together.items()]

    def _without(self, search: Search, own: Sequence[str]) -> Search:
        left = {name: values for name, values in self._request.filters.items() if name not in own}
        index = self._request.target
        kept = filters(left, index, self._zone, self._query)
        return replace(search, filters=replace(kept, without=search.filters.without))

    def _values(self, name: str, counts: Mapping[str, int], among: Search) -> list[FacetValue]:
        if name in TIMES:
            return [{"value": value, "count": count} for value, count in sorted(counts.items())]
        spelled = self._snapshot.spellings(self._request.target, name)
        every = {**counts, **self._chosen(name, counts, among)}
        return [{"value": spelled.get(value, value), "count": count} for value, count in every.items()]

    def _chosen(self, name: str, counts: Mapping[str, int], among: Search) -> dict[str, int]:
        """The values that the request has chosen and that are not among those counted: the rare ones."""
        chosen = dict.fromkeys(map(folded_name, self._request.filters.get(name, ())))
        totals = {
            value: self._tiers.total(_choosing(among, _keyword(name), value))
            for value in chosen
            if value not in counts
        }
        return {value: total for value, total in totals.items() if total}


def _keyword(name: str) -> str:
    return FOLDED_NAMES.get(name, name)


def _choosing(search: Search, keyword: str, value: str) -> Search:
    keywords = (*search.filters.keywords, (keyword, (value,)))
    return replace(search, filters=replace(search.filters, keywords=keywords))
