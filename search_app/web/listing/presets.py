"""The last week, month and year, as searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateutil.relativedelta import relativedelta

from kashshaf.search_app.web.links import search_url
from kashshaf.search_app.web.listing.facets import counts
from kashshaf.search_app.web.listing.histogram import dated

if TYPE_CHECKING:
    from datetime import date

    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.web.listing.facets import Counted

SPANS = {
    "آخر أسبوع": relativedelta(days=7),
    "آخر شهر": relativedelta(months=1),
    "آخر سنة": relativedelta(years=1),
}


class Preset(NamedTuple):
    """A span until today."""

    label: str
    url: str
    chosen: bool


def presets(request: SearchRequest, facets: Counted, today: date, default_size: int) -> list[Preset]:
    """The spans in whose months there are results, where these were counted; and the one that is chosen."""
    months = counts(facets, "month")
    found = []
    for label, span in SPANS.items():
        first = (today - span).isoformat()
        other = dated(request, first)
        chosen = other.filters == request.filters
        if chosen or any(
            many and first[:7] <= month <= today.isoformat()[:7] for month, many in months.items()
        ):
            found.append(Preset(label, search_url(other, default_size), chosen))
    return found
