"""The results over time: a bar for each year or, within one year, for each month; each is a date filter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.index.dates.intervals import parse_bound
from kashshaf.search_app.web.links import search_url
from kashshaf.search_app.web.listing.facets import counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.web.listing.facets import Counted

HEIGHT = 40
"""Units of the tallest bar."""
LEAST = 2
"""Units of the lowest bar that is not empty: it must be seen and hit."""
YEAR = re.compile(r"(?!0000)\d{4}", re.ASCII)
MAX_BARS = 60
"""Years on the axis; older ones are left out, as a wrong date would stretch it without end."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or a month (``2016-05``), its results, its height in units, and the search within it."""

    period: str
    count: int
    height: int
    chosen: bool
    url: str


class Histogram(NamedTuple):
    """The bars, oldest first; ``year`` is the one they are the months of, or empty.

    ``whole`` is the search without dates.
    """

    bars: list[Bar]
    year: str
    whole: str


def histogram(request: SearchRequest, facets: Counted, default_size: int) -> Histogram | None:
    """The bars of a response; None where it has no dates to tell apart."""
    years = {year: many for year, many in counts(facets, "year").items() if YEAR.fullmatch(year)}
    year = _one_year(request, years)
    periods = _months(year, counts(facets, "month")) if year else _years(years)
    if not years or (len(periods) < 2 and not year):
        return None
    tallest = max([*periods.values(), 1])
    bars = [
        Bar(
            period,
            many,
            max(LEAST, many * HEIGHT // tallest) if many else 0,
            _holds(request, period),
            search_url(dated(request, period, period), default_size),
        )
        for period, many in periods.items()
    ]
    return Histogram(bars, year, search_url(dated(request), default_size))


def dated(request: SearchRequest, first: str = "", last: str = "") -> SearchRequest:
    """The first page of a request with other dates; without, where both are empty."""
    others = {name: values for name, values in request.filters.items() if name not in ("from", "to")}
    dates = {name: (value,) for name, value in (("from", first), ("to", last)) if value}
    return replace(request, filters={**others, **dates}, page=1)


def _one_year(request: SearchRequest, years: Mapping[str, int]) -> str:
    """The year that the dates asked for lie in, or the only one there is; else empty."""
    first, last = (parse_bound(request.filters.get(name, ("",))[0], name) for name in ("from", "to"))
    if first and last and first[0].year == last[1].year:
        return f"{first[0].year}"
    return next(iter(years)) if len(years) == 1 else ""


def _years(years: Mapping[str, int]) -> dict[str, int]:
    """Every year from the first to the last, those without results too."""
    known = {int(year): many for year, many in years.items()}
    if not known:
        return {}
    newest = max(known)
    oldest = max(min(known), newest - MAX_BARS + 1)
    return {f"{year:04}": known.get(year, 0) for year in range(oldest, newest + 1)}


def _months(year: str, months: Mapping[str, int]) -> dict[str, int]:
    return {period: months.get(period, 0) for period in (f"{year}-{month:02}" for month in range(1, 13))}


def _holds(request: SearchRequest, period: str) -> bool:
    """True if the dates asked for, where there are any, hold the whole period."""
    first, last = (parse_bound(request.filters.get(name, ("",))[0], name) for name in ("from", "to"))
    span = parse_bound(period, "from")
    if span is None or not (first or last):
        return False
    return (first is None or first[0] <= span[0]) and (last is None or span[1] <= last[1])
