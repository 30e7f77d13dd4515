"""Dates as intervals: an ISO date with its precision, and what a person types as a bound of a search."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from kashshaf.analyzers.orthography.normalize import western_digits
from kashshaf.index.dates import hijri
from kashshaf.index.errors import UsageError

Days = tuple[date, date]
"""First and last day, both included."""

MOST_MONTHS = 14
"""Months that the year of one time zone may overlap in another one."""

HIJRI_FROM = 1200
"""From this year to the last one known a year typed is Hijri: no paper is as old as a Gregorian one."""

_YEAR_FIRST = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def parse_bound(text: str, param: str) -> Days | None:
    """Read the days that ``2016``, ``2016-05``, ``2016-05-24``, ``24/05/2016`` or an ISO time stand for.

    A year from 1343 to 1500 is Hijri: ``1433``, ``1433-09``, ``1433-09-01``, ``01/09/1433``. Digits may be
    Arabic or Persian ones. None for an empty text; UsageError that names ``param`` otherwise.
    """
    plain = western_digits(text.strip())
    if not plain:
        return None
    try:
        return _days(*_numbers(plain))
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"{param} cannot be {text!r}; write a date as 2016, 2016-05, 2016-05-24 or 24/05/2016,"
            f" or with a Hijri year from {hijri.FIRST_YEAR} to {hijri.LAST_YEAR}: 1433, 1433-09",
            param,
            "date",
            given=text,
            first=hijri.FIRST_YEAR,
            last=hijri.LAST_YEAR,
        ) from error


def _numbers(plain: str) -> list[int]:
    """Year, month and day, as far as they are given."""
    if found := _YEAR_FIRST.fullmatch(plain):
        return [int(number) for number in found.groups() if number]
    if found := _DAY_FIRST.fullmatch(plain):
        return [int(number) for number in reversed(found.groups())]
    day = datetime.fromisoformat(plain).date()
    return [day.year, day.month, day.day]


def _days(year: int, month: int | None = None, day: int | None = None) -> Days:
    if HIJRI_FROM <= year <= hijri.LAST_YEAR:
        return hijri.days(year, month, day)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, month, 1 if day is None else day)
    return first, end_of_month(first) if day is None else first


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

    Empty for a span that is longer than ``MOST_MONTHS``, at an edge of the calendar, or in years that
    :func:`parse_bound` reads as Hijri: a search for such a month would be one for another.
    """
    try:
        first, last = (datetime.fromtimestamp(second, zone) for second in span)
    except (ValueError, OverflowError, OSError):
        return ()
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    if len(numbers) > MOST_MONTHS or HIJRI_FROM <= first.year <= hijri.LAST_YEAR:
        return ()
    return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers)
