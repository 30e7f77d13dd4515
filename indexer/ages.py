"""Relative ages: «منذ 7 سنوات 10 أشهر», «قبل ساعتين», «أمس», read into a length of time before a base.

Grammar, over folded words::

    age   = lead length+ | length+ past          lead: منذ قبل من   past: مضت خلت
    length = [و] ( number unit | unit )          a unit alone is one, in the dual two
    age   = day-word | lead? moment-word         اليوم أمس   الآن لحظات قليل
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateutil.relativedelta import relativedelta

from indexer.date_words import LONGEST, fold, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from index.documents import Precision

Unit = Literal["years", "months", "weeks", "days", "hours", "minutes", "seconds"]

WAW = "\u0648"
_UNITS: dict[Unit, tuple[str, ...]] = {
    "years": ("سنة", "سنوات", "سنين", "سنه", "عام", "عاما", "أعوام"),
    "months": ("شهر", "شهرا", "أشهر", "شهور"),
    "weeks": ("أسبوع", "أسبوعا", "أسابيع"),
    "days": ("يوم", "يوما", "أيام"),
    "hours": ("ساعة", "ساعات"),
    "minutes": ("دقيقة", "دقائق"),
    "seconds": ("ثانية", "ثوان", "ثواني"),
}
_DUALS: dict[Unit, tuple[str, ...]] = {
    "years": ("سنتين", "سنتان", "عامين", "عامان"),
    "months": ("شهرين", "شهران"),
    "weeks": ("أسبوعين", "أسبوعان"),
    "days": ("يومين", "يومان"),
    "hours": ("ساعتين", "ساعتان"),
    "minutes": ("دقيقتين", "دقيقتان"),
    "seconds": ("ثانيتين", "ثانيتان"),
}
_NUMBERS = (
    ("واحد", "واحدة"), ("اثنين", "اثنتين"), ("ثلاثة", "ثلاث"), ("أربعة", "أربع"), ("خمسة", "خمس"),
    ("ستة", "ست"),
    ("سبعة", "سبع"), ("ثمانية", "ثماني", "ثمان"), ("تسعة", "تسع"), ("عشرة", "عشر"),
)  # fmt: skip
_LEADS = ("منذ", "قبل", "من")
_ABOUT = ("نحو", "حوالي", "قرابة", "تقريبا")
_PAST = ("مضت", "مضى", "خلت")
_MOMENTS = ("الآن", "لحظات", "لحظة", "قليل", "للتو")
_DAYS_BACK = {"اليوم": 0, "أمس": 1, "البارحة": 1, "أول أمس": 2, "أمس الأول": 2}


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


_UNIT_OF = {fold(word): unit for unit, words in _UNITS.items() for word in words}
_DUAL_OF = {fold(word): unit for unit, words in _DUALS.items() for word in words}
_VALUE_OF = {fold(word): value for value, words in enumerate(_NUMBERS, 1) for word in words}
_LEAD_WORDS, _ABOUT_WORDS, _PAST_WORDS = _folded(_LEADS), _folded(_ABOUT), _folded(_PAST)
_MOMENT_WORDS = _folded(_MOMENTS)
_DAYS_OF = {fold(words): days for words, days in _DAYS_BACK.items()}
_MOST_DIGITS = 6

_PRECISION: dict[Unit, Precision] = {"years": "year", "months": "month", "weeks": "day", "days": "day"}
_FINEST_FIRST: tuple[Unit, ...] = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")


@dataclass(frozen=True, slots=True)
class Age:
    """How long ago: ``parts`` are counts by unit; ``precision`` is that of the finest unit that was named."""

    parts: tuple[tuple[Unit, int], ...]

    @property
    def precision(self) -> Precision:
        """``second`` for hours and finer, ``day`` for days and weeks, then ``month`` and ``year``."""
        finest = min((unit for unit, _ in self.parts), key=_FINEST_FIRST.index)
        return _PRECISION.get(finest, "second")

    def before(self, base: datetime) -> datetime:
        """The moment that long before ``base``. Raises ValueError or OverflowError outside the calendar."""
        total = relativedelta()
        for unit, count in self.parts:
            total += _delta(unit, count)
        return base - total


def _delta(unit: Unit, count: int) -> relativedelta:
    return relativedelta(
        years=count if unit == "years" else 0,
        months=count if unit == "months" else 0,
        weeks=count if unit == "weeks" else 0,
        days=count if unit == "days" else 0,
        hours=count if unit == "hours" else 0,
        minutes=count if unit == "minutes" else 0,
        seconds=count if unit == "seconds" else 0,
    )


def read(text: str) -> Age | None:
    """The age that the whole of ``text`` states, else None."""
    if len(text) > LONGEST:
        return None
    words = tokens(fold(text))
    return _named(words) or _counted(words)


def _named(words: list[str]) -> Age | None:
    if (days := _DAYS_OF.get(" ".join(words))) is not None:
        return Age((("days", days),))
    rest = words[1:] if words and words[0] in _LEAD_WORDS else words
    if rest and rest[-1] in _MOMENT_WORDS and len(rest) == 1:
        return Age((("seconds", 0),))
    return None


def _counted(words: list[str]) -> Age | None:
    led = bool(words) and words[0] in _LEAD_WORDS
    past = bool(words) and words[-1] in _PAST_WORDS
    if not led and not past:
        return None
    body = words[led : len(words) - past]
    parts = _lengths([word for word in body if word not in _ABOUT_WORDS])
    return Age(tuple(parts)) if parts else None


def _lengths(words: list[str]) -> list[tuple[Unit, int]] | None:
    """The lengths that the words are made of; None when a word is left over."""
    parts: list[tuple[Unit, int]] = []
    number: int | None = None
    for word in map(_without_and, words):
        value = _value(word)
        if not word or (value == 1 and number is None and parts):  # «يوم واحد»: said already
            continue
        if value is not None and number is None:
            number = value
        elif word in _UNIT_OF:
            parts.append((_UNIT_OF[word], 1 if number is None else number))
            number = None
        elif word in _DUAL_OF and number is None:
            parts.append((_DUAL_OF[word], 2))
        else:
            return None
    return None if number is not None else parts


def _without_and(word: str) -> str:
    """The word without the «و» that joins it to the one before; an «و» alone becomes nothing."""
    rest = word.removeprefix(WAW)
    return rest if not rest or rest in _UNIT_OF or rest in _DUAL_OF or rest in _VALUE_OF else word


def _value(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= _MOST_DIGITS else None
    return _VALUE_OF.get(word)
