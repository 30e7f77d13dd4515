"""A page of an answer, before it is written out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.index.schema import INDEXES
from kashshaf.search_app.query.parameters import TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kashshaf.index.query import Order
    from kashshaf.index.results import Hit
    from kashshaf.search_app.query.language.shown import Period
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.query.request_values import Sort
    from kashshaf.search_app.results.shapes import ArticleHit, CommentHit, FacetValue, Kind

COMMENTS_LISTED = 3
"""Matching comments shown under an article."""
SNIPPETS = 2
"""Passages shown of an article."""
ORDERS: Mapping[Sort, Order] = {"newest": "newest", "oldest": "oldest", "likes": "likes"}
"""The orders in which an engine ranks whatever the words are."""
TIME_AS_WORDS = "time_as_words"
"""The note on words of time whose days have nothing: they are looked for as a phrase."""


class Found(NamedTuple):
    """A hit, its kind, and the words and phrases of the query that it lacks."""

    hit: Hit
    kind: Kind
    missing: list[str]


class Page(NamedTuple):
    """The hits of a page, the totals, and the query as it was read."""

    hits: list[ArticleHit | CommentHit]
    total: int
    total_partial: int
    understood: str
    notes: list[str]
    period: Period | None
    excluded: list[str]
    facets: dict[str, list[FacetValue]]


def ordered_by_comments(request: SearchRequest) -> bool:
    """Tell whether a page of articles is wanted in the order of their matching comments."""
    return request.sort == "comments" and request.target == "articles"


def others_counted(request: SearchRequest) -> list[SearchRequest]:
    """The requests by which the matches in other indexes are counted, where the request asks for them."""
    if TYPE not in request.facets:
        return []
    others = [target for target in INDEXES if target != request.target]
    return [replace(request, target=each, sort="relevance", page=1, size=0, facets=()) for each in others]
