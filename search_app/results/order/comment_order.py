"""The order ``sort=comments``: articles by the number of their matching comments, then by score."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from kashshaf.index.schema import STORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kashshaf.index.engine import Reader
    from kashshaf.index.query import Search
    from kashshaf.index.results import Hit, Matches

BATCH = 1_000
"""Articles with matching comments that are ranked at a time, most commented first; more where they tie."""


class CommentOrder:
    """Ranks articles by ``counts``, the matching comments of each article that has any."""

    def __init__(self, articles: Reader, counts: Mapping[str, int]) -> None:
        self._articles = articles
        self._counts = counts

    def search(self, search: Search) -> Matches:
        """The page of a search in this order; articles without a matching comment come last."""
        wanted = search.offset + search.limit
        ranked: list[Hit] = []
        story_of: dict[str, str] = {}
        for some in _most_first(self._counts):
            if len(ranked) < wanted:
                found, stories = self._among(search, some)
                story_of |= stories
                ranked = _firsts([*ranked, *sorted(found, key=lambda hit: -self._counts[hit.id])], story_of)
        every = self._articles.search(replace(search, offset=0, limit=0))
        page = ranked[search.offset : wanted]
        if len(ranked) < wanted:
            shown = (("id", tuple(self._counts)), (STORY, tuple(dict.fromkeys(story_of.values()))))
            others = replace(search.filters, without=(*search.filters.without, *shown))
            offset = max(0, search.offset - len(ranked))
            rest = replace(search, filters=others, offset=offset, limit=search.limit - len(page))
            page += self._articles.search(rest).hits
        return replace(every, hits=tuple(page))

    def _among(self, search: Search, ids: Sequence[str]) -> tuple[tuple[Hit, ...], dict[str, str]]:
        """The matches among some articles, all of them, and their stories if these are folded."""
        among = replace(search.filters, keywords=(*search.filters.keywords, ("id", tuple(ids))))
        every = replace(search, filters=among, offset=0, limit=len(ids), fold="")
        groups = self._articles.groups(every, STORY, len(ids)) if search.fold else {}
        stories = {hit.id: story for story, group in groups.items() for hit in group.hits}
        return self._articles.search(every).hits, stories


def _most_first(counts: Mapping[str, int]) -> Iterator[list[str]]:
    """Articles in batches, those with most comments first; those with equally many are in one."""
    batch: list[str] = []
    for _, equal in groupby(sorted(counts, key=lambda each: -counts[each]), key=counts.__getitem__):
        batch += equal
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _firsts(ranked: list[Hit], story_of: Mapping[str, str]) -> list[Hit]:
    """Ranked hits, of each story only the first."""
    firsts = {story_of.get(hit.id, hit.id): hit for hit in reversed(ranked)}
    return [hit for hit in ranked if firsts[story_of.get(hit.id, hit.id)] is hit]
