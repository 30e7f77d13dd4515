"""Dates as people write them: «الأربعاء 17 صفر 1433 هـ - 11 يناير 2012م - 07:08 صباحاً».

A text is cut into words, each of one kind, and the kinds must be one of few patterns as a whole: nothing is
picked out of a sentence. A date may stand beside its twin in the other calendar, in either order; the
Gregorian one is read, and it is said when they are not the same day. A date is Hijri by the name of its
month, by its mark («هـ») or, in figures, by a year that no Gregorian date has had since there are papers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from kashshaf.index.dates import hijri, time_of_day
from kashshaf.index.dates.words import by_role, hijri_months, hijri_praise, libyan_months, months, weekdays

if TYPE_CHECKING:
    from datetime import time

    from kashshaf.index.documents import Precision

EARLIEST, LATEST = 1600, 2200
"""Gregorian years outside these are another calendar's, or a slip."""
MOST_APART = 2
"""Days between a Hijri and a Gregorian date that are still one: months begin when the moon is seen."""


class ImpossibleError(ValueError):
    """A text in the form of a date, for which there is no day. Its words say why."""


class UnlikelyError(ImpossibleError):
    """A text that is hardly a date: without a year, or of one in which no article was written."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as stated: a day, month or year, perhaps with a time of day, perhaps with a zone.

    ``notes`` are sentences for the report.
    """

    day: date
    precision: Precision
    clock: time | None = None
    notes: tuple[str, ...] = ()


FILLERS = by_role("date_words", "filler")
"""Words in a date that say nothing of it; a part of the day says no hour."""
_ERA, _MARKS = by_role("date_words", "era"), by_role("date_words", "hijri")
_LINKS = by_role("date_words", "link")
_ISSUE = re.compile(
    rf"(?<!\w)(?:{'|'.join(by_role('date_words', 'issue'))})\s?(?:رقم)?\s?[:(]?\s?\d{{1,6}}(?!\d)\)?"
)
"""The number of a paper's issue, which stands beside the date in its head."""
_TOKEN = re.compile(r"(?<![\d/.-])\d{1,4}\s?([/.-])\s?\d{1,2}\s?\1\s?\d{1,4}(?!\d)(?![/.-]\d)|\d+|[^\W\d_]+")
_FIGURES = re.compile(r"(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})")
_BETWEEN = re.compile(r"[\s.,;:|/()\[\]·•=\-–—'\"«»]*")

_DATE = "(?:d(?:[mn]+|h)y|(?:m+|h)dy|y(?:m+|h)d|(?:m+|h)y|y(?=[ej])|j?f)"
_WHOLE = re.compile(f"l?({_DATE}[ej]?)(?:l?({_DATE}[ej]?))?")
"""The kinds of the words: d a number of a day's length, y of a year's, f figures of a date; m the name of a
month, n a Libyan, h a Hijri one; e the Gregorian era, j the Hijri mark; l a link; w a weekday, taken out.
"""
_YEARLESS = re.compile("w?(?:d[mn]+|dh|m+d|hd)w?")


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    text: str
    number: int = 0


def parse(folded: str) -> Stated | None:
    """Read a folded text; None where it is no date. Raises ImpossibleError for a day that cannot be."""
    try:
        clock, rest = time_of_day.take(folded)
        found = _day(_ISSUE.sub(" ", rest))
    except ImpossibleError:
        raise
    except ValueError as error:
        raise ImpossibleError(str(error)) from error
    if found is None or clock is None:
        return found
    return replace(found, precision="second", clock=clock) if found.precision == "day" else None


@dataclass(frozen=True, slots=True)
class _Part:
    """One date of a text, before any calendar is asked. A month or a day of 0 was not stated."""

    is_hijri: bool
    year: int
    month: int = 0
    day: int = 0
    marked: bool = True

    def resolve(self) -> Stated:
        """Find the Gregorian day; raises ImpossibleError where there is none."""
        try:
            return self._hijri() if self.is_hijri else self._gregorian()
        except ValueError as error:
            if self.is_hijri:
                raise ImpossibleError(str(error)) from error
            raise ImpossibleError(no_day(self.year, self.month, self.day)) from error

    def _gregorian(self) -> Stated:
        return Stated(date(self.year, self.month or 1, self.day or 1), self._precision())

    def _hijri(self) -> Stated:
        notes = () if self.marked else ("it was read as Hijri by its year",)
        if self.day:
            return Stated(hijri.day(self.year, self.month, self.day), "day", None, notes)
        if self.month:
            notes = ("of a Hijri month, the Gregorian month that has most of its days was kept",)
            return Stated(hijri.month(self.year, self.month), "month", None, notes)
        notes = ("of a Hijri year, the Gregorian year that has most of its days was kept",)
        return Stated(hijri.year(self.year), "year", None, notes)

    def _precision(self) -> Precision:
        return "day" if self.day else "month" if self.month else "year"

    def is_near(self, day: date) -> bool:
        """Tell whether a Hijri day is that Gregorian one, give or take a sighting; a month or year is."""
        if not self.day:
            return True
        try:
            return abs((hijri.near(self.year, self.month, self.day) - day).days) <= MOST_APART
        except ValueError:
            return False


def no_day(year: int, month: int, day: int) -> str:
    """Say why a Gregorian date cannot be."""
    if not 1 <= month <= 12:
        return f"there is no month {month} (figures are read as day/month/year)"
    return f"month {month} of {year} has no day {day}"


def _day(rest: str) -> Stated | None:
    words = _words(rest)
    found = _WHOLE.fullmatch("".join(word.kind for word in words if word.kind != "w"))
    if not found:
        _check_year("".join(word.kind for word in words))
        return None
    dated = [word for word in words if word.kind != "w"]
    parts = [_part(dated[slice(*found.span(group))]) for group in (1, 2) if found[group]]
    stated = _one(parts)
    weekdays_named = {word.number for word in words if word.kind == "w"}
    if stated and stated.precision == "day" and weekdays_named - {stated.day.weekday()}:
        note = f"{stated.day} is not the day of the week that stands beside it"
        stated = replace(stated, notes=(*stated.notes, note))
    return stated


def _check_year(kinds: str) -> None:
    if _YEARLESS.fullmatch(kinds):
        raise UnlikelyError("it names no year")


def _words(rest: str) -> list[_Word]:
    """Cut a text into words, without fillers; empty where other signs stand between them."""
    words: list[_Word] = []
    if not _BETWEEN.fullmatch(_TOKEN.sub(" ", rest)):
        return []
    texts = [token[0] for token in _TOKEN.finditer(rest)]
    while texts:
        word, used = _word(texts[0], texts[1] if len(texts) > 1 else "")
        del texts[:used]
        if word.kind:
            words.append(word)
    return words


def _word(text: str, following: str) -> tuple[_Word, int]:
    """Read a word from the first text or from both; return it with the number of texts used."""
    both = f"{text} {following}"
    for kind, names in (("m", months()), ("h", hijri_months()), ("n", libyan_months())):
        if number := names.get(both) if following else None:
            return _Word(kind, both, number), 2
        if number := names.get(text):
            return _Word(kind, text, number), 1
    return _Word(_kind(text), text, weekdays().get(text, 0)), 1


def _kind(text: str) -> str:
    if text.isdecimal():
        return {1: "d", 2: "d", 4: "y"}.get(len(text), "?")
    if text[0].isdecimal():
        return "f"
    return _kinds().get(text, "?")


@cache
def _kinds() -> dict[str, str]:
    """Return words that are no numbers and no months -> their kind, empty for fillers."""
    kinds = ((_LINKS, "l"), (_MARKS, "j"), (_ERA, "e"), (weekdays(), "w"), (FILLERS | hijri_praise(), ""))
    return {word: kind for words, kind in kinds for word in words}


def _part(words: list[_Word]) -> _Part | None:
    """Make a date of the words of one pattern; None where its figures or its months make none."""
    kinds = {word.kind: word for word in words}
    is_hijri, is_gregorian = bool(kinds.keys() & {"h", "j"}), bool(kinds.keys() & {"m", "n", "e"})
    if is_hijri and is_gregorian:
        raise ImpossibleError("it mixes the Hijri and the Gregorian calendar")
    if "f" in kinds:
        return _in_figures(kinds["f"].text, is_hijri, is_gregorian)
    named = {word.number for word in words if word.kind in "mnh"}
    if len(named) > 1:
        return None
    day = int(kinds["d"].text) if "d" in kinds else 0
    if "d" in kinds and not day:
        raise ImpossibleError("there is no day 0")
    return _Part(is_hijri, int(kinds["y"].text), next(iter(named), 0), day)


def _in_figures(text: str, is_hijri: bool, is_gregorian: bool) -> _Part | None:
    found = _FIGURES.fullmatch(text)
    if not found or max(map(len, found.groups())) != 4 or len(found[1]) + len(found[3]) not in (5, 6):
        return None
    first, month, last = found.groups()
    year, day = (int(first), int(last)) if len(first) == 4 else (int(last), int(first))
    if not day or not int(month):
        raise ImpossibleError(no_day(year, int(month), day))
    by_year = not is_gregorian and hijri.UNMARKED_FROM <= year <= hijri.LAST_YEAR
    return _Part(is_hijri or by_year, year, int(month), day, is_hijri or not by_year)


def _one(parts: list[_Part | None]) -> Stated | None:
    """Resolve one date, or two that are one in both calendars; None for two different dates."""
    known = [part for part in parts if part]
    if len(known) < len(parts):
        return None
    gregorian = [part for part in known if not part.is_hijri] or known
    twins = [part for part in known if part.is_hijri and part not in gregorian]
    stated = gregorian[0].resolve()
    if any(part.resolve() != stated for part in gregorian[1:]):
        return None
    if stated.precision == "day" and not all(part.is_near(stated.day) for part in twins):
        note = f"its Hijri and its Gregorian date are not one day; {stated.day} was kept"
        stated = replace(stated, notes=(*stated.notes, note))
    return stated
