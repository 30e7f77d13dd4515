"""The filters of a request, as an engine is given them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.dates.intervals import day_span, parse_bound
from index.query import Filters

if TYPE_CHECKING:
    from datetime import tzinfo

    from index.schema import IndexName
    from index.store.snapshot import Snapshot
    from search_app.query.parameters import SearchRequest


def filters(snapshot: Snapshot, request: SearchRequest, index: IndexName, zone: tzinfo) -> Filters:
    """The request's filters, values found whatever their hamzas."""
    keywords = [
        (name, tuple(found for value in values for found in snapshot.alike(index, name, value)))
        for name, values in (
            ("source", request.source),
            ("section", request.section),
            ("author", request.author),
            ("tag", request.tag),
        )
        if values
    ]
    if request.article:
        keywords.append(("article" if index == "comments" else "id", (request.article,)))
    first, last = parse_bound(request.from_, "from"), parse_bound(request.to, "to")
    return Filters(
        tuple(keywords),
        start=day_span(*first, zone)[0] if first else None,
        end=day_span(*last, zone)[1] if last else None,
    )
