"""The articles that an editor pinned to a query, before all that it finds; without those hidden from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kashshaf.index.query import EVERYTHING, Filters, Search
from kashshaf.index.schema import STORY
from kashshaf.index.stored_documents import load_article
from kashshaf.search_app.results.order.tiers import TieredMatches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kashshaf.index.query import Weighted
    from kashshaf.index.results import Hit
    from kashshaf.index.store.snapshot import Snapshot
    from kashshaf.search_app.query.edited.pins import Pin
    from kashshaf.search_app.results.order.tiers import Tiers

    Find = Callable[[Search], TieredMatches]

NOTHING: Mapping[str, int] = {}


def without_hidden(page: Search, pin: Pin) -> Search:
    """A search that does not find what is hidden; so the total does not count it either."""
    return _without(page, (("id", pin.hide),)) if pin.hide else page


def pinned(snapshot: Snapshot, pin: Pin, page: Search, scoring: tuple[Weighted, ...]) -> tuple[Hit, ...]:
    """The pinned articles that are there and that the filters let through, in the order of the pin."""
    if not pin.articles:
        return ()
    ids = (("id", pin.articles),)
    filters = replace(page.filters, keywords=(*page.filters.keywords, *ids))
    among = Search(EVERYTHING, scoring, filters, limit=len(pin.articles))
    found = {hit.id: hit for hit in snapshot.articles.search(among).hits}
    return tuple(found[id_] for id_ in pin.articles if id_ in found)


def ask_pinned(
    snapshot: Snapshot, pin: Pin, page: Search, scoring: tuple[Weighted, ...], *, facets: bool
) -> None:
    """Ask what a page, and its facets if there are any, will ask of pinned articles."""
    pinned(snapshot, pin, page, scoring)
    if facets:
        pinned(snapshot, pin, page, ())


def with_pinned(
    snapshot: Snapshot, first: Sequence[Hit], page: Search, find: Find, tiers: Tiers
) -> TieredMatches:
    """The page with the pinned hits ``first`` before the others, which no longer have them or their copies.

    The total counts all that can be paged through; a pinned hit counts as a full match. ``find`` brings a
    page of the others; ``tiers`` tells their kind also where none of them is on it.
    """
    shown = tuple(first[page.offset : page.offset + page.limit])
    rest = replace(page, offset=max(0, page.offset - len(first)), limit=page.limit - len(shown))
    beside = _beside(snapshot, first, rest)
    others = find(beside)
    full = others.full | {hit.id for hit in shown}
    hits = (*shown, *others.hits)
    if others.total and not (others.total_partial or others.full or tiers.finds_full(beside)):
        return TieredMatches(len(first), others.total, hits, full)  # the others are all partial
    return TieredMatches(len(first) + others.total, others.total_partial, hits, full)


def facets_with_pinned(
    snapshot: Snapshot, first: Sequence[Hit], page: Search, tiers: Tiers, sizes: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """The facets of a page with the pinned hits ``first``, which count beside the full matches among others.

    A value of a pinned hit is left out where more values than asked for may stand before it.
    """
    ids = tuple(hit.id for hit in first)
    own = snapshot.articles.facets(Search(filters=Filters((("id", ids),))), sizes)
    rest = _beside(snapshot, first, page)
    others = tiers.facets(rest, sizes) if tiers.finds_full(rest) else dict.fromkeys(sizes, NOTHING)
    return {name: _added(own[name], others[name], size) for name, size in sizes.items()}


def _added(own: Mapping[str, int], others: Mapping[str, int], size: int) -> dict[str, int]:
    known = {value: count for value, count in own.items() if value in others or len(others) < size}
    counts = Counter(known) + Counter(others)
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:size])


def _beside(snapshot: Snapshot, first: Sequence[Hit], page: Search) -> Search:
    """The search for all but the pinned hits and their copies."""
    ids = tuple(hit.id for hit in first)
    stories = {load_article(stored).story for stored in snapshot.articles.stored(ids).values()} - {""}
    return _without(page, (("id", ids), *(((STORY, tuple(stories)),) if stories else ())))


def _without(page: Search, keywords: tuple[tuple[str, tuple[str, ...]], ...]) -> Search:
    return replace(page, filters=replace(page.filters, without=(*page.filters.without, *keywords)))
