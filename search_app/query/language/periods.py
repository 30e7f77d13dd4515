"""Periods as people name them, read as their first and last day: «أمس», «صيف 2016», «رمضان 1445».

Month names, ages and Hijri days are those of :mod:`kashshaf.index.dates`. A week begins on Saturday, as CLDR
has it for most Arab countries; a season is three whole months, and winter 2016 ends in February 2016.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import ARTICLE
from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.analyzers.orthography.normalize import western_digits
from kashshaf.index.dates import ages, hijri
from kashshaf.index.dates.intervals import end_of_month, parse_bound
from kashshaf.index.dates.parser import parse_date
from kashshaf.index.dates.words import hijri_months, hijri_praise, tokens
from kashshaf.index.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashshaf.index.dates.ages import Unit
    from kashshaf.index.dates.intervals import Days


def _folded(*words: str) -> frozenset[str]:
    return frozenset(map(fold_text, words))


_LEADS = _folded("في", "خلال", "شهر")
_THIS = _folded("هذا", "هذه")
_CURRENT = _folded("الحالي", "الحالية", "الجاري", "الجارية")
_PAST = _folded("الماضي", "الماضية", "المنصرم", "المنصرمة", "الفائت", "الفائتة")
_LAST, _AGO, _DAY = fold_text("آخر"), "منذ", "يوم"
_YEAR_WORDS = _folded("سنة", "عام", "السنة", "العام")
_HIJRI_MARKS = _folded("هـ", "هجري", "هجرية", "للهجرة")
_GREGORIAN_MARKS = _folded("م", "ميلادي", "ميلادية")
_SEASONS = {"ربيع": 3, "صيف": 6, "خريف": 9, "شتاء": 12}
"""The month that each begins with; that of winter lies in the year before."""
_SEASON_OF = {fold_text(name): month for name, month in _SEASONS.items()}
_HIJRI_FIGURES = re.compile(r"1[345]\d\d(?:[-/]\d{1,2}){1,2}")
_YEAR = re.compile(r"\d{4}")
_WEEK_BEGINS = 5
_WHOLE: frozenset[Unit] = frozenset(("days", "weeks", "months", "years"))


def explicit_days(text: str, today: date) -> Days | None:
    """The days of what stands after ``من:`` or ``إلى:``; None where it is no date.

    Read are the forms of :func:`kashshaf.index.dates.intervals.parse_bound`, a Hijri one with slashes
    (1433/09), and all that :func:`days_of` reads.
    """
    plain = western_digits(text)
    if _HIJRI_FIGURES.fullmatch(plain):
        plain = plain.replace("/", "-")
    return _or_none(lambda: parse_bound(plain, "")) or days_of(text, today)


def days_of(text: str, today: date) -> Days | None:
    """The days of the period that the whole of ``text`` names; None for others, and for a year alone."""
    words = tokens(fold_text(text))
    while words and words[0] in _LEADS:
        del words[0]
    if not words:
        return None
    found = (_or_none(partial(form, words, today)) for form in _FORMS)
    return next(filter(None, found), None) or _written(text, today)


def _or_none(read: Callable[[], Days | None]) -> Days | None:
    """The result of ``read``; None where the calendar has no such day."""
    try:
        return read()
    except (ValueError, OverflowError, UsageError):
        return None


def _named_day(words: list[str], today: date) -> Days | None:
    age = ages.named(words)
    if not age or age.parts[0][0] != "days":
        return None
    day = today - timedelta(days=age.parts[0][1])
    return day, day


def _period(words: list[str], today: date) -> Days | None:
    """«الأسبوع الماضي», «الشهر الحالي», «هذه السنة»."""
    if len(words) != 2:
        return None
    first, second = words
    if first in _THIS:
        return _around(_unit(second), today, 0)
    if second in _CURRENT | _PAST:
        return _around(_unit(first), today, second in _PAST)
    return None


def _unit(word: str) -> Unit | None:
    """The unit of a word with the article: «الشهر»."""
    age = ages.parse(f"{_AGO} {word.removeprefix(ARTICLE)}") if word.startswith(ARTICLE) else None
    return age.parts[0][0] if age and age.parts else None


def _around(unit: Unit | None, today: date, back: int) -> Days | None:
    """The week, month or year that ``today`` lies in, or the one before."""
    if unit == "weeks":
        first = today - timedelta(days=(today.weekday() - _WEEK_BEGINS) % 7 + 7 * back)
        return first, first + timedelta(days=6)
    if unit == "months":
        last = today.replace(day=1) - timedelta(days=1) if back else end_of_month(today)
        return last.replace(day=1), last
    return _whole_year(today.year - back) if unit == "years" else None


def _last_length(words: list[str], today: date) -> Days | None:
    """«آخر 3 أيام», «آخر أسبوعين»: so long before today, to today. «آخر يوم» is the last day of something."""
    if words[0] != _LAST or words[1:] == [_DAY]:
        return None
    age = ages.parse(" ".join((_AGO, *words[1:])))
    if not age or not age.parts or not _WHOLE.issuperset(age.named):
        return None
    return age.before(datetime.combine(today, time())).date(), today


def _dated(words: list[str], _: date) -> Days | None:
    """A year after its word, a season, or a Hijri month with a year; or a year with «هـ»."""
    marks = set(words) & _HIJRI_MARKS
    rest = [word for word in words if word not in _HIJRI_MARKS | _GREGORIAN_MARKS]
    if not rest or not _YEAR.fullmatch(rest[-1]):
        return None
    year, named = int(rest[-1]), [word for word in rest[:-1] if word not in _YEAR_WORDS]
    if marks and not _is_hijri(year):
        return None
    if not named:
        return _year(year) if marks or len(rest) == 2 else None
    if len(named) == 1 and named[0] in _SEASON_OF:
        return None if _is_hijri(year) else _season(_SEASON_OF[named[0]], year)
    month = hijri_months().get(" ".join(word for word in named if word not in hijri_praise()))
    return _hijri_month(month, year) if month else None


def _year(year: int) -> Days:
    return hijri.days(year) if _is_hijri(year) else _whole_year(year)


def _is_hijri(year: int) -> bool:
    return hijri.FIRST_YEAR <= year <= hijri.LAST_YEAR


def _whole_year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def _season(month: int, year: int) -> Days:
    first = date(year - (month == 12), month, 1)
    return first, end_of_month(date(year, (month + 1) % 12 + 1, 1))


def _hijri_month(month: int, year: int) -> Days | None:
    """The days of a Hijri month, of a Hijri year or of a Gregorian one in which it begins."""
    if _is_hijri(year):
        return hijri.days(year, month)
    about = round((year - 622) * 33 / 32)
    years = (near for near in range(about - 1, about + 2) if hijri.day(near, month, 1).year == year)
    return next((hijri.days(near, month) for near in years), None)


def _written(text: str, today: date) -> Days | None:
    """A day or a month with its year, as papers write them."""
    if not any(map(str.isdecimal, text)):
        return None
    found = parse_date(text, datetime.combine(today, time(), UTC), UTC)
    if not found or found.relative or found.precision == "year":
        return None
    day = datetime.fromisoformat(found.iso).date()
    return (day, end_of_month(day)) if found.precision == "month" else (day, day)


_FORMS: tuple[Callable[[list[str], date], Days | None], ...] = (_named_day, _period, _last_length, _dated)
