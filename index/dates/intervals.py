"""Dates as intervals: an ISO date with its precision, and what a person types as a bound of a search."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from analyzers.orthography.normalize import western_digits
from index.errors import UsageError

Days = tuple[date, date]
"""First and last day, both included."""

MOST_MONTHS = 14
"""Months that the year of one time zone may overlap in another one."""

_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def parse_bound(text: str, param: str) -> Days | None:
    """Read the days that ``2016``, ``2016-05``, ``2016-05-24``, ``24/05/2016`` or an ISO time stand for.

    Digits may be Arabic or Persian ones. None for an empty text; UsageError that names ``param`` otherwise.
    """
    plain = western_digits(text.strip())
    if not plain:
        return None
    try:
        return _days(plain)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"{param} cannot be {text!r}; write a date as 2016, 2016-05, 2016-05-24 or 24/05/2016", param
        ) from error


def _days(plain: str) -> Days:
    if found := _YEAR.fullmatch(plain):
        year = int(found[1])
        return date(year, 1, 1), date(year, 12, 31)
    if found := _MONTH.fullmatch(plain):
        first = date(int(found[1]), int(found[2]), 1)
        return first, end_of_month(first)
    if found := _DAY.fullmatch(plain):
        day = date(int(found[1]), int(found[2]), int(found[3]))
    elif found := _DAY_FIRST.fullmatch(plain):
        day = date(int(found[3]), int(found[2]), int(found[1]))
    else:
        day = datetime.fromisoformat(plain).date()
    return day, day


def end_of_month(day: date) -> date:
    """Return the last day of the month that ``day`` lies in."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1) if day < date(9999, 12, 1) else None
    return following - timedelta(days=1) if following else date(9999, 12, 31)


def span(iso: str, precision: str | None, zone: tzinfo) -> tuple[int, int]:
    """Return first and last second (Unix time) that an ISO date of that precision covers.

    A date without a zone is taken in ``zone``. Raises ValueError for what is not ISO 8601.
    """
    moment = datetime.fromisoformat(iso)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    if precision == "second":
        return seconds(moment), seconds(moment)
    first = last = moment.date()
    if precision == "month":
        first = first.replace(day=1)
        last = end_of_month(first)
    elif precision == "year":
        first, last = date(first.year, 1, 1), date(first.year, 12, 31)
    return day_span(first, last, moment.tzinfo or UTC)


def day_span(first: date, last: date, zone: tzinfo) -> tuple[int, int]:
    """Return the first second of ``first`` and the last of ``last`` in ``zone``, as Unix time."""
    start = datetime(first.year, first.month, first.day, tzinfo=zone)
    # Where clocks go back at midnight, the last hour of a day comes twice; the day ends with the second one.
    end = datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=zone, fold=1)
    return seconds(start), seconds(end)


def seconds(moment: datetime) -> int:
    """Return the Unix time of an aware datetime, in whole seconds."""
    return int(moment.timestamp())


def months(span: tuple[int, int], zone: tzinfo) -> tuple[str, ...]:
    """Return the months (``2016-05``) that a span of Unix seconds, both included, overlaps in ``zone``.

    None for a span that is longer than ``MOST_MONTHS``, or at an edge of the calendar.
    """
    try:
        first, last = (datetime.fromtimestamp(second, zone) for second in span)
    except (ValueError, OverflowError, OSError):
        return ()
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    if len(numbers) > MOST_MONTHS:
        return ()
    return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers)
