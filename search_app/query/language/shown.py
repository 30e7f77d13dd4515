"""The restrictions of a query, to be told beside its results: its dates, and the values it excludes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.tree import Query

if TYPE_CHECKING:
    from collections.abc import Iterator


Period = TypedDict("Period", {"text": str, "from": str | None, "to": str | None})
"""The dates that a query asks for: its words of time, or its bounds in canonical form, and the first and the
last day as ISO dates, None where it is open."""


def period(query: Query) -> Period | None:
    """The dates of a query as they were read; None where it has none."""
    dates = query.dates
    if dates is None:
        return None
    return {
        "text": dates.surface or canonical(Query(dates=dates)),
        "from": dates.first.isoformat() if dates.first else None,
        "to": dates.last.isoformat() if dates.last else None,
    }


def excluded_values(query: Query) -> Iterator[str]:
    """The keywords that a query excludes (``-مصدر:واس``), each in canonical form without the sign."""
    for each in query.filters:
        if each.excluded:
            yield canonical(Query(filters=(replace(each, excluded=False),)))
