"""Dates as pages and exports state them, read into ISO 8601 with a precision.

Read are: ISO 8601 (``2016``, ``2016-05`` and ``2017-01-22T185600`` too), RFC 822, day/month/year and
year/month/day with ``/``, ``-`` or ``.``, a day with the name of its month (three regional sets), each with a
time of day («07:08 صباحاً») before or after it, and ages («منذ شهرين», see :mod:`indexer.ages`). Digits may be
of any script. A date that cannot be (31/02), a Hijri one, or one with words that are not understood is None:
nothing is guessed.
"""

from __future__ import annotations

import email.utils
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from analyzers.letters import HEH
from indexer import ages
from indexer.date_words import LONGEST, fold, months, tokens, weekdays

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.documents import Precision
    from indexer.sources.base import Reading

_SIGNS = " ·•|,;:-–—()[]"
"""What may stand around a date that has its line for itself."""
EARLIEST, LATEST = 1600, 2200
"""Gregorian years outside these are another calendar's, or a slip."""


@dataclass(frozen=True, slots=True)
class When:
    """A date that was read. ``iso`` is where it begins; ``relative``: it was counted back from a base."""

    iso: str
    precision: Precision
    relative: bool = False


def parse(text: str, reading: Reading) -> When | None:
    """The date that the whole of ``text`` states; None for anything else, and for a date that cannot be.

    An age is counted back from ``reading.as_of``, else from the file's time. A time of day without a zone is
    in ``reading.zone``.
    """
    if len(text) > LONGEST:
        return None
    try:
        return _absolute(text, reading) or _relative(text, reading)
    except (ValueError, OverflowError, TypeError, IndexError):  # no such day; email.utils raises all of them
        return None


def is_age(text: str) -> bool:
    """Whether the whole of ``text`` is a relative age."""
    return _age(fold(text)) is not None if len(text) <= LONGEST else False


@lru_cache(maxsize=4096)
def looks_like_date(text: str) -> bool:
    """Whether the whole of ``text`` is written as a date or an age. A number alone is neither."""
    if len(text) > LONGEST or fold(text).isdecimal():
        return False
    try:
        return is_age(text) or _stated(text) is not None
    except (ValueError, OverflowError, TypeError, IndexError):
        return True  # in the form of a date, but there is no such day


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a text says: a day (or month, or year), perhaps with a time of day, perhaps with a zone."""

    day: date
    precision: Precision
    clock: time | None = None


def _absolute(text: str, reading: Reading) -> When | None:
    found = _stated(text)
    if found is None:
        return None
    if found.clock is None:
        return When(found.day.isoformat(), found.precision)
    moment = datetime.combine(found.day, found.clock)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=reading.zone)
    return When(moment.isoformat(timespec="seconds"), "second")


def _relative(text: str, reading: Reading) -> When | None:
    """By the finest unit named: the moment, the day, the first of the month, the first of the year."""
    found = _age(fold(text))
    if found is None or not found[0].parts:
        return None
    age, clock = found
    base = reading.as_of or reading.file_time
    if clock is None and age.precision == "second":  # in universal time: a clock change lies outside them
        moment = age.before(base.astimezone(UTC)).astimezone(reading.zone)
        return When(moment.isoformat(timespec="seconds"), "second", relative=True)
    moment = age.before(base.astimezone(reading.zone))
    if clock is None:
        day = _first_day(moment.date(), age.precision)
        return When(day.isoformat(), age.precision, relative=True)
    moment = datetime.combine(moment.date(), clock, clock.tzinfo or reading.zone)
    return When(moment.isoformat(timespec="seconds"), "second", relative=True)


def _age(folded: str) -> tuple[ages.Age, time | None] | None:
    """The age that a folded text states; one of a day's name may have a time of day: «أمس الساعة 10:30»."""
    if age := ages.read(folded):
        return age, None
    try:
        clock, rest = _take_clock(folded)
    except ValueError:
        return None
    age = ages.named([word for word in tokens(rest) if word not in _FILLERS - ages.NAMED_WORDS])
    return (age, clock) if clock and age and age.precision == "day" else None


def _first_day(day: date, precision: Precision) -> date:
    if precision == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if precision == "year" else day


def _stated(text: str) -> _Stated | None:
    """What the first form that fits says. Raises what the calendar raises for a day or hour that is not."""
    folded = fold(text).strip(_SIGNS)
    for form in _FORMS:
        found = form(folded)
        if found is not None:
            return found if EARLIEST <= found.day.year <= LATEST else None
    return None


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})([t ]\d{2}:?\d{2}.*)?)?)?")


def _iso(folded: str) -> _Stated | None:
    found = _ISO.fullmatch(folded)
    if not found:
        return None
    year, month, day, clock = found.groups()
    first = date(int(year), int(month or 1), int(day or 1))
    if not clock:
        return _Stated(first, "day" if day else "month" if month else "year")
    try:
        moment = datetime.fromisoformat(folded.upper())
    except ValueError:
        return _written(folded)  # the time of day may be written in another way than ISO's
    return _Stated(moment.date(), "second", moment.timetz())


_LATIN_MONTH = re.compile(r"\d [a-z]{3} \d")
_ZONED = re.compile(r"[+-]\d{4}\b|\bgmt\b|\but\b|\butc\b|\bz\b|\b[ecmp][sd]t\b")


def _rfc822(folded: str) -> _Stated | None:
    if not _LATIN_MONTH.search(folded) or not _ZONED.search(folded):
        return None
    moment = email.utils.parsedate_to_datetime(folded)
    if moment.tzinfo is None:  # «-0000»: the time is universal, the place unknown
        moment = moment.replace(tzinfo=UTC)
    return _Stated(moment.date(), "second", moment.timetz())


_PARTS = re.compile(r"\s[-–—]\s|[,|=]|\sالموافق\s")
_HIJRI = re.compile(rf"\b1[345]\d\d\s?{HEH}\b|\b{HEH}\s?1[345]\d\d\b")


def _written(folded: str) -> _Stated | None:
    """A date in figures or words with an optional time; beside its Hijri twin only the Gregorian is read."""
    if _HIJRI.search(folded):
        folded = " ".join(part for part in _PARTS.split(folded) if not _HIJRI.search(part))
    clock, rest = _take_clock(folded)
    for form in (_in_figures, _in_words):
        found = form(rest)
        if found is None:
            continue
        if clock is None:
            return found
        return _Stated(found.day, "second", clock) if found.precision == "day" else None
    return None


_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])(?:\s?(صباحا|مساء|ظهرا|عصرا|فجرا|ص|م|am|pm|a\.m\.|p\.m\.)(?!\w))?"
    r"(\s?(?:gmt|utc)(?!\w))?"
)
_BEFORE_NOON = ("صباحا", "ص", "فجرا", "am", "a.m.")


def _take_clock(folded: str) -> tuple[time | None, str]:
    """The one time of day in the text, and the text without it. ValueError for an hour that cannot be."""
    found = _CLOCK.search(folded)
    if not found:
        return None, folded
    hour, half = int(found[1]), found[4]
    if half in _BEFORE_NOON and hour > 12:
        raise ValueError(folded)
    if half and hour <= 12:
        hour = hour % 12 + (0 if half in _BEFORE_NOON else 12)
    zone = UTC if found[5] else None
    rest = f"{folded[: found.start()]} {folded[found.end() :]}"
    return time(hour, int(found[2]), int(found[3] or 0), tzinfo=zone), rest


_FIGURES = re.compile(r"(\d{1,4})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?:\s?م)?")
_FILLERS = frozenset(
    fold(word) for word in ("في", "يوم", "بتاريخ", "الساعة", "عند", "من", "لعام", "عام", "سنة", "لسنة", "شهر")
)
_ERA = "م"


def _in_figures(rest: str) -> _Stated | None:
    plain = " ".join(word for word in rest.split() if word.strip(",.-") not in _FILLERS | weekdays())
    found = _FIGURES.fullmatch(plain.strip(" ,-"))
    if not found or len(found[1]) + len(found[4]) not in (5, 6):
        return None
    first, month, last = found[1], int(found[3]), found[4]
    year, day = (first, last) if len(first) == 4 else (last, first)
    return _Stated(date(int(year), month, int(day)), "day") if len(year) == 4 else None


def _in_words(rest: str) -> _Stated | None:
    """Day, name of the month, year, in that order or month first; weekday and era are passed over."""
    numbers: list[str] = []
    named: set[int] = set()
    words = tokens(rest)
    while words:
        number, used = _month(words)
        if number:
            named.add(number)
        elif words[0].isdecimal():
            numbers.append(words[0])
        elif words[0] not in _FILLERS | weekdays() and not (words[0] == _ERA and numbers):
            return None
        del words[:used]
    return _assembled(numbers, named)


def _month(words: list[str]) -> tuple[int, int]:
    """The month that the first two words or the first one name (0 for none), and how many words to take."""
    if number := months().get(" ".join(words[:2])):
        return number, min(2, len(words))
    return months().get(words[0], 0), 1


def _assembled(numbers: list[str], named: set[int]) -> _Stated | None:
    if len(named) != 1 or not 1 <= len(numbers) <= 2 or len(numbers[-1]) != 4:
        return None
    month, year = named.pop(), int(numbers[-1])
    if len(numbers) == 1:
        return _Stated(date(year, month, 1), "month")
    return _Stated(date(year, month, int(numbers[0])), "day") if len(numbers[0]) <= 2 else None


_FORMS: tuple[Callable[[str], _Stated | None], ...] = (_iso, _rfc822, _written)
"""In order: what machines write is exact and tried first."""
