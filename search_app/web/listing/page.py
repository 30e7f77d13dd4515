"""The page of results: everything that its template shows, from a request and its response."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from kashshaf.index.limits.deadline import in_time
from kashshaf.search_app.web import links
from kashshaf.search_app.web.listing import facets
from kashshaf.search_app.web.listing.advice import Advice, advice, are_few_words, nearness
from kashshaf.search_app.web.listing.histogram import histogram
from kashshaf.search_app.web.listing.page_request import DATES
from kashshaf.search_app.web.listing.presets import presets

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.results.shapes import Response

    Total = Callable[[SearchRequest], int]
    """The number of results of a search."""

NONE: list[Advice] = []
SELECTS = ("match", "fold")
"""Parameters that have a field of their own in the form of facets."""


def shown(request: SearchRequest, response: Response, settings: Settings, total: Total) -> dict[str, Any]:
    """The variables of the template."""
    size, zone = settings.page_size, ZoneInfo(settings.timezone)
    near = partial(nearness, request, response["total"], size, total, zone)
    return {
        **_of_hits(request, response),
        **_of_line(request, response, settings),
        **_of_rail(request, response, settings),
        **_of_pages(request, response, settings),
        "near": in_time(near, None),
        "advice": [] if response["total"] else in_time(partial(advice, request, size, total), NONE),
    }


def _of_hits(request: SearchRequest, response: Response) -> dict[str, Any]:
    """The hits in one list or, where partial matches follow full ones, in two."""
    hits = response["hits"]
    partial = [hit for hit in hits if hit["match"] == "partial"]
    apart = partial if response["total_partial"] else []
    return {
        "hits": hits[: len(hits) - len(apart)],
        "partial": apart,
        "only_partial": request.match in ("auto", "near") and bool(partial) and not apart,
        "first": (request.page - 1) * request.size + 1,
    }


def _of_line(request: SearchRequest, response: Response, settings: Settings) -> dict[str, Any]:
    """How the query was read, and what restricts it.

    Partial matches are listed by relevance alone; ``ranked`` leads there from another order.
    """
    size, zone = settings.page_size, ZoneInfo(settings.timezone)
    period = links.period_chip(request, response["query"]["period"], zone, size)
    ranked = replace(request, sort="relevance", page=1)
    return {
        "tabs": links.tabs(request, facets.counts(response["facets"], "type"), size),
        "sorts": links.sorts(request, size, few_words=are_few_words(request.text, zone)),
        "chips": [*([period] if period else []), *links.chips(request, size, _article_title(response))],
        "cleared": links.search_url(links.unfiltered(request), size),
        "within": lambda name, value: links.within(request, name, value, size),
        "ranked": "" if request.sort == "relevance" else links.search_url(ranked, size),
        **links.rereadings(request, response, size),
    }


def _of_rail(request: SearchRequest, response: Response, settings: Settings) -> dict[str, Any]:
    """The form of facets, and the parameters that it and the search field send along unseen."""
    size, counted = settings.page_size, response["facets"]
    given = links.parameters(replace(request, page=1), size)
    selects = [name for name in SELECTS if request.target == "articles" or name != "fold"]
    seen = {*facets.TICKED, *DATES, *selects}
    return {
        "facets": facets.ticked(request, counted),
        "histogram": histogram(request, counted, size),
        "presets": presets(request, counted, datetime.now(ZoneInfo(settings.timezone)).date(), size),
        "selects": {name: (links.choices(request)[name], links.offered(request, name)) for name in selects},
        "kept": [(name, value) for name in given if name not in seen for value in given[name]],
        "kept_by_field": [(name, value) for name in given if name != "q" for value in given[name]],
    }


def _of_pages(request: SearchRequest, response: Response, settings: Settings) -> dict[str, Any]:
    listed = response["total"] + (response["total_partial"] if request.sort == "relevance" else 0)
    pager = links.pager(request, listed, settings.page_size)
    return {
        "pager": pager,
        "first_page": pager.pages[0],
        "back": links.back_state(request, settings.page_size),
    }


def _article_title(response: Response) -> str:
    for hit in response["hits"]:
        if hit["type"] == "comment":
            return hit["article_title"]
        return hit["title"]
    return ""
