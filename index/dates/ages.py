"""Relative ages: «منذ 7 سنوات 10 أشهر», «قبل ساعتين», «أمس», read into a length of time before a base.

Grammar, over folded words::

    age      = lead length+ [من الآن] | length+ past    lead: منذ قبل من   past: مضت خلت
    length   = [و] ( number unit | fraction unit | unit | fraction )
               a unit alone is one, in the dual two; a fraction alone («ساعة ونصف») is of the unit before it
    number   = digits | one to ten [عشر] | [one to nine و] tens
    age      = day-word [time of day, see dates] | lead moment-word | now-word

A plural without a number («قبل أيام») is an age of no known length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from dateutil.relativedelta import relativedelta

from kashshaf.analyzers.letters import ARTICLE, WAW
from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.dates.words import LONGEST, by_role, rows, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kashshaf.index.documents import Precision

Unit = Literal["years", "months", "weeks", "days", "hours", "minutes", "seconds"]

_FROM = fold_text("من")
_FROM_NOW = [_FROM, fold_text("الآن")]


def _units(*counts: str) -> dict[str, Unit]:
    """Read the words that mean one, two or many of a unit."""
    return {word: cast("Unit", unit) for word, unit, count in rows("units") if count in counts}


_PLURAL_OF = _units("many")
_UNIT_OF = _units("one") | _PLURAL_OF
_DUAL_OF = _units("two")
_VALUE_OF = {word: int(value) for word, value in rows("numbers")}
_FRACTION_OF = {word: int(part) for word, part in rows("fractions")}
_LEAD_WORDS, _PAST_WORDS = by_role("age_words", "lead"), by_role("age_words", "past")
_ABOUT_WORDS, _COMPARED_WORDS = by_role("age_words", "about"), by_role("age_words", "compared")
_SOME_WORDS = by_role("age_words", "some")
_NOW_WORDS, _MOMENT_WORDS = by_role("age_words", "now"), by_role("age_words", "moment")
_NAMED_OF = {name: (cast("Unit", unit), int(count)) for name, unit, count in rows("named_ages")}
NAMED_WORDS = frozenset(word for words in _NAMED_OF for word in words.split())
"""Words in the names of days, months and years."""
_JOINED = _UNIT_OF.keys() | _DUAL_OF.keys() | _VALUE_OF.keys() | _FRACTION_OF.keys()
_DUAL, _TEN = 2, 10
_MOST_DIGITS = 6

_PRECISION: dict[Unit, Precision] = {"years": "year", "months": "month", "weeks": "day", "days": "day"}
_FINEST_FIRST: tuple[Unit, ...] = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
_FINER: dict[Unit, tuple[Unit, int]] = {
    "years": ("months", 12),
    "months": ("days", 30),
    "weeks": ("days", 7),
    "days": ("hours", 24),
    "hours": ("minutes", 60),
    "minutes": ("seconds", 60),
}
"""The finer unit that a fraction is counted in, and its number in the coarser one."""
_ROUGH: frozenset[Unit] = frozenset(("months", "weeks", "days"))
"""Units whose half means «about half»: it makes the date no finer. Half a year is six months."""


@dataclass(frozen=True, slots=True)
class Age:
    """A length of time before a base: ``parts`` counts units, ``named`` are those the precision goes by.

    Without parts the length is not known.
    """

    parts: tuple[tuple[Unit, int], ...]
    named: tuple[Unit, ...]

    @property
    def precision(self) -> Precision:
        """``second`` for hours and finer, ``day`` for days and weeks, then ``month`` and ``year``."""
        return _PRECISION.get(min(self.named, key=_FINEST_FIRST.index), "second")

    def before(self, base: datetime) -> datetime:
        """Return the moment that long before ``base``; ValueError or OverflowError outside the calendar."""
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


def parse(text: str) -> Age | None:
    """Read the age that the whole of ``text`` states; None for any other text."""
    if len(text) > LONGEST:
        return None
    words = tokens(fold_text(text))
    return named(words) or _moment(words) or _counted(words)


def named(words: list[str]) -> Age | None:
    """Read the age of a day, month or year that has a name of its own: «أمس», «الشهر الماضي»."""
    length = _NAMED_OF.get(" ".join(words))
    return Age((length,), (length[0],)) if length else None


def _moment(words: list[str]) -> Age | None:
    led = bool(words) and words[0] in _LEAD_WORDS
    rest = [word for word in words[led:] if word not in _SOME_WORDS]
    known = _NOW_WORDS | _MOMENT_WORDS if led else _NOW_WORDS
    return Age((("seconds", 0),), ("seconds",)) if rest and known.issuperset(rest) else None


def _counted(words: list[str]) -> Age | None:
    led = bool(words) and words[0] in _LEAD_WORDS
    past = bool(words) and words[-1] in _PAST_WORDS
    if not led and not past:
        return None
    words = words[: -len(_FROM_NOW)] if led and words[-len(_FROM_NOW) :] == _FROM_NOW else words
    body = list(_exact(words[led : len(words) - past]))
    if _is_vague(body):
        return Age((), ("years",))
    lengths = _Lengths()
    if all(lengths.take(word) for word in map(_without_and, body)) and lengths.close():
        return Age(tuple(lengths.parts), tuple(lengths.named))
    return None


def _exact(words: list[str]) -> Iterable[str]:
    """Yield the words but for those that say «about» or «more than»."""
    above = ""
    for word in words:
        if word not in _ABOUT_WORDS | _COMPARED_WORDS and not (word == _FROM and above in _COMPARED_WORDS):
            yield word
        above = word


def _is_vague(body: list[str]) -> bool:
    """Tell whether the words are a plural that nothing counts, alone or after «بضعة»."""
    rest = [word for word in body if word not in _SOME_WORDS]
    return len(rest) == 1 and rest[0] in _PLURAL_OF


class _Lengths:
    """A reader of lengths of time, one word at a time."""

    def __init__(self) -> None:
        self.parts: list[tuple[Unit, int]] = []
        self.named: list[Unit] = []
        self.number: int | None = None
        self.part = 0

    def close(self) -> bool:
        """Tell whether there is a length, and no number without its unit."""
        if self.part and self.named:  # «ساعة ونصف»
            self._add_part(self.named[-1])
        return bool(self.parts) and self.number is None and not self.part

    def take(self, word: str) -> bool:
        """Add the next word; return False when it does not fit."""
        if not word:
            return True
        if word in _FRACTION_OF:
            fits = self.number is None and not self.part
            self.part = _FRACTION_OF[word]
            return fits
        if word.isdecimal():
            return len(word) <= _MOST_DIGITS and self._count(int(word))
        if value := _VALUE_OF.get(word):
            return self._say(value) or self._count(value)
        unit = _UNIT_OF.get(word) or (_UNIT_OF.get(word.removeprefix(ARTICLE)) if self.part else None)
        if unit:
            return self._add(unit)
        dual = _DUAL_OF.get(word)
        return bool(dual) and not self.part and self.number is None and self._add(dual, _DUAL)

    def _count(self, value: int) -> bool:
        fits = self.number is None and not self.part
        self.number = value
        return fits

    def _say(self, value: int) -> bool:
        """Tell whether a number in words belongs to the words before it: «يوم واحد», «خمسة عشر»."""
        if self.number is not None and self.number < _TEN <= value:
            self.number += value
            return True
        return self.number is None and bool(self.parts) and self.parts[-1][1] == value <= _DUAL

    def _add(self, unit: Unit | None, count: int = 1) -> bool:
        if unit is None:
            return False
        if self.part:
            return self._add_part(unit)
        self.parts.append((unit, count if self.number is None else self.number))
        self.named.append(unit)
        self.number = None
        return True

    def _add_part(self, unit: Unit) -> bool:
        if unit not in _FINER:
            return False
        finer, whole = _FINER[unit]
        self.parts.append((finer, whole // self.part))
        self.named.append(unit if unit in _ROUGH else finer)
        self.part = 0
        return True


def _without_and(word: str) -> str:
    """Cut off the «و» that joins a word to the one before; an «و» alone becomes empty."""
    rest = word.removeprefix(WAW)
    return rest if not rest or rest in _JOINED else word
