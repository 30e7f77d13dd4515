"""Dates as pages and exports state them, read into ISO 8601 with a precision.

Read are: ISO 8601 (``2016``, ``2016-05`` and ``2017-01-22T185600`` too), RFC 822, dates as people write them,
Gregorian or Hijri, each with a time of day before or after it (:mod:`kashshaf.index.dates.written`), and ages
(«منذ شهرين», :mod:`kashshaf.index.dates.ages`). Digits may be of any script. A date that cannot be (31/02) or
one with words that are not understood is None: nothing is guessed, and :func:`why_not` says what is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.dates import ages, hijri, time_of_day, written
from kashshaf.index.dates.words import LONGEST, tokens
from kashshaf.index.dates.written import (
    EARLIEST,
    FILLERS,
    LATEST,
    ImpossibleError,
    Stated,
    UnlikelyError,
    no_day,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashshaf.index.documents import Precision

_SIGNS = " ·•|,;:-–—()[]"
"""Signs around a date that has its line for itself."""
_UNREADABLE = (ValueError, OverflowError, TypeError, IndexError)
"""Raised for a day that cannot be; email.utils raises all of them."""


@dataclass(frozen=True, slots=True)
class When:
    """A date that was read. ``iso`` is where it begins; ``relative``: it was counted back from a base.

    ``notes`` are clauses for the report: what does not fit in the date, or was decided about it.
    """

    iso: str
    precision: Precision
    relative: bool = False
    notes: tuple[str, ...] = ()


def parse_date(text: str, base: datetime, zone: tzinfo) -> When | None:
    """Read the date that the whole of ``text`` states; None for other texts and dates that cannot be.

    An age is counted back from ``base``, which has a zone. A time of day without a zone is in ``zone``.
    """
    if len(text) > LONGEST:
        return None
    try:
        return _absolute(text, zone) or _relative(text, base, zone)
    except _UNREADABLE:
        return None


def why_not(text: str) -> str:
    """Say, in a clause, why :func:`parse_date` gives None; empty for a text that is not like a date."""
    if len(text) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    try:
        _stated(text)
    except ImpossibleError as error:
        return str(error)
    except _UNREADABLE:
        return "there is no such day"
    age = _age(fold_text(text))
    if age is None:
        return ""
    return "it goes back beyond the calendar" if age[0].parts else "it does not say how long ago"


def is_age(text: str) -> bool:
    """Tell whether the whole of ``text`` is a relative age."""
    return _age(fold_text(text)) is not None if len(text) <= LONGEST else False


@lru_cache(maxsize=4096)
def looks_like_date(text: str) -> bool:
    """Tell whether the whole of ``text`` is written as a date or an age. A number alone is neither."""
    if len(text) > LONGEST or fold_text(text).isdecimal():
        return False
    try:
        return is_age(text) or _stated(text) is not None
    except UnlikelyError:
        return False
    except _UNREADABLE:
        return True  # in the form of a date, but there is no such day


def _absolute(text: str, zone: tzinfo) -> When | None:
    found = _stated(text)
    if found is None:
        return None
    if found.clock is None:
        return When(found.day.isoformat(), found.precision, notes=found.notes)
    moment = datetime.combine(found.day, found.clock)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return When(moment.isoformat(timespec="seconds"), "second", notes=found.notes)


def _relative(text: str, base: datetime, zone: tzinfo) -> When | None:
    """Count back from ``base``; the finest unit named decides between moment, day, month and year."""
    found = _age(fold_text(text))
    if found is None or not found[0].parts:
        return None
    age, hour = found
    if hour is None and age.precision == "second":  # in universal time: a clock change lies outside them
        moment = age.before(base.astimezone(UTC)).astimezone(zone)
        return When(moment.isoformat(timespec="seconds"), "second", relative=True)
    moment = age.before(base.astimezone(zone))
    if hour is None:
        day = _first_day(moment.date(), age.precision)
        return When(day.isoformat(), age.precision, relative=True)
    moment = datetime.combine(moment.date(), hour, hour.tzinfo or zone)
    return When(moment.isoformat(timespec="seconds"), "second", relative=True)


def _age(folded: str) -> tuple[ages.Age, time | None] | None:
    """Read the age that a folded text states; a day's name may have a time: «أمس 10:30», «مساء أمس»."""
    if age := ages.parse(folded):
        return age, None
    try:
        hour, rest = time_of_day.take(folded)
    except ValueError:
        return None
    age = ages.named([word for word in tokens(rest) if word not in FILLERS - ages.NAMED_WORDS])
    return (age, hour) if age and age.precision == "day" else None


def _first_day(day: date, precision: Precision) -> date:
    if precision == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if precision == "year" else day


def _stated(text: str) -> Stated | None:
    """Read the first form that fits. Raises one of _UNREADABLE for a day or hour that cannot be."""
    folded = fold_text(text).strip(_SIGNS)
    found = next((found for form in _FORMS if (found := form(folded))), None)
    if found and not EARLIEST <= found.day.year <= LATEST:
        raise UnlikelyError(f"its year is outside {EARLIEST} to {LATEST}")
    return found


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})([t ]\d{2}:?\d{2}.*)?)?)?")


def _iso(folded: str) -> Stated | None:
    found = _ISO.fullmatch(folded)
    if not found:
        return None
    year, month, day, hour = found.groups()
    if day and hijri.UNMARKED_FROM <= int(year) <= hijri.LAST_YEAR:
        return None
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ImpossibleError(no_day(int(year), int(month or 1), int(day or 1))) from error
    if not hour:
        return Stated(first, "day" if day else "month" if month else "year")
    try:
        moment = datetime.fromisoformat(folded.upper())
    except ValueError:
        return written.parse(folded)  # the time of day may be written in another way than ISO's
    return Stated(moment.date(), "second", moment.timetz())


_LATIN_MONTH = re.compile(r"\d [a-z]{3} \d")
_ZONED = re.compile(r"[+-]\d{4}\b|\bgmt\b|\but\b|\butc\b|\bz\b|\b[ecmp][sd]t\b")


def _rfc822(folded: str) -> Stated | None:
    if not _LATIN_MONTH.search(folded) or not _ZONED.search(folded):
        return None
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - people who search write no such dates

    try:
        moment = parsedate_to_datetime(folded)
    except _UNREADABLE:  # with an Arabic name of the day, perhaps: as people write it
        return None
    if moment.tzinfo is None:  # «-0000»: the time is universal, the place unknown
        moment = moment.replace(tzinfo=UTC)
    return Stated(moment.date(), "second", moment.timetz())


_FORMS: tuple[Callable[[str], Stated | None], ...] = (_iso, _rfc822, written.parse)
"""In order: what machines write is exact and tried first."""
