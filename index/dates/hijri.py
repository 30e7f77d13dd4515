"""Days of the Hijri calendar as Gregorian ones, by Umm al-Qura: the calendar that Saudi papers print.

Elsewhere a month may begin a day or two from it, when the moon is seen. Known are the years 1343 to 1500
(1924 to 2077).
"""

from __future__ import annotations

from datetime import date, timedelta

from hijridate import Hijri

FIRST_YEAR, LAST_YEAR = 1343, 1500
UNMARKED_FROM = 1411
"""From this year on (1990) a date in figures needs no mark to be Hijri.

As a Gregorian year it lies before all papers; the years before it are the Persian calendar's of today.
"""
_MIDDLE = 15
_LONGEST_MONTH = 30


def day(year: int, month: int, number: int) -> date:
    """Convert a Hijri day to the Gregorian one; ValueError, with the reason, for a day that cannot be."""
    days = _length(year, month)
    if not 1 <= number <= days:
        raise ValueError(f"month {month} of the Hijri year {year} has {days} days by Umm al-Qura")
    return near(year, month, number)


def near(year: int, month: int, number: int) -> date:
    """Convert as :func:`day`, but let every month have 30 days: the moon may have been seen late."""
    _length(year, month)
    if not 1 <= number <= _LONGEST_MONTH:
        raise ValueError(f"no Hijri month has a day {number}")
    first = Hijri(year, month, 1, validate=False).to_gregorian()
    return date(first.year, first.month, first.day) + timedelta(days=number - 1)


def month(year: int, number: int) -> date:
    """Return the first day of the Gregorian month that has most days of a Hijri one."""
    return near(year, number, _MIDDLE).replace(day=1)


def year(number: int) -> date:
    """Return the first day of the Gregorian year that has most days of a Hijri one."""
    return near(number, 7, 1).replace(month=1, day=1)


def days(year: int, month: int | None = None, number: int | None = None) -> tuple[date, date]:
    """Return first and last day of a Hijri year, month or day; ValueError for one that cannot be."""
    if month is None:
        return day(year, 1, 1), day(year, 12, _length(year, 12))
    if number is None:
        return day(year, month, 1), day(year, month, _length(year, month))
    found = day(year, month, number)
    return found, found


def _length(year: int, month: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the Hijri year {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    if not 1 <= month <= 12:
        raise ValueError(f"there is no Hijri month {month}")
    return Hijri(year, month, 1, validate=False).month_length()
