"""Arabic plural forms, numbers, dates and ages by CLDR, whose words and patterns are shipped.

Babel does the same for every language, and takes 36 MB for it: it is used where the words are taken over and
in the tests, which compare all of this with it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from kashshaf.analyzers.data import load_rows

if TYPE_CHECKING:
    from datetime import date, timedelta

Plural = Literal["zero", "one", "two", "few", "many", "other"]
Unit = Literal["hour", "minute", "day"]
SECONDS: dict[Unit, int] = {"hour": 3_600, "minute": 60, "day": 86_400}


def plural(number: int) -> Plural:
    """The plural form that a noun takes after a number, 0 or more."""
    named: dict[int, Plural] = {0: "zero", 1: "one", 2: "two"}
    if number in named:
        return named[number]
    last = number % 100
    return "few" if 3 <= last <= 10 else "many" if last >= 11 else "other"


def decimal(number: int, system: Literal["latn", "arab"]) -> str:
    """A number in Latin digits, its thousands parted as a system of digits has it."""
    return f"{number:,}".replace(",", _shipped()["group", system, ""])


def written(day: date, skeleton: Literal["yMMMMd", "yMMMM", "y"]) -> str:
    """A date: day, month and year; month and year; or the year."""
    pattern, month = _shipped()["date", skeleton, ""], _shipped()["month", str(day.month), ""]
    parts = {"d": str(day.day), "MMMM": month, "y": str(day.year)}
    return " ".join(parts[each] for each in pattern.split())


def ago(passed: timedelta, unit: Unit) -> str:
    """An age in a unit, rounded, at least one: «قبل 3 أيام»."""
    number = max(1, round(passed.total_seconds() / SECONDS[unit]))
    return _shipped()["past", unit, plural(number)].replace("{0}", str(number))


@cache
def _shipped() -> dict[tuple[str, str, str], str]:
    rows = load_rows("arabic.tsv", f"{__package__}.data")
    return {(kind, name, form): text for kind, name, form, text in rows}
