"""Arabic numbers, dates and ages: as Babel writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from babel import Locale
from babel.dates import format_skeleton, format_timedelta
from babel.numbers import format_decimal

from kashshaf.search_app.web.cldr.arabic import SECONDS, Unit, ago, decimal, plural, written

ARABIC = Locale("ar")
NUMBERS = (*range(1_200), 9_999, 10_000, 123_456, 1_000_000, 1_000_003, 2_147_483_647)


@pytest.mark.parametrize("system", ["latn", "arab"])
def test_numbers(system: str) -> None:
    to_latin = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
    for number in NUMBERS:
        by_babel = format_decimal(number, locale=ARABIC, numbering_system=system)
        assert decimal(number, system) == by_babel.translate(to_latin)  # type: ignore[arg-type]


def test_plural_forms() -> None:
    assert [plural(number) for number in NUMBERS] == [ARABIC.plural_form(number) for number in NUMBERS]


@pytest.mark.parametrize("skeleton", ["yMMMMd", "yMMMM", "y"])
@pytest.mark.parametrize("year", [1, 622, 1999, 2024, 9999])
def test_dates(skeleton: str, year: int) -> None:
    for month in range(1, 13):
        moment = datetime(year, month, 1 + month * 2)  # noqa: DTZ001 - a day of a calendar
        by_babel = format_skeleton(skeleton, moment, locale=ARABIC)
        assert written(date(year, month, 1 + month * 2), skeleton) == by_babel  # type: ignore[arg-type]


@pytest.mark.parametrize(("unit", "most"), [("minute", 60), ("hour", 12), ("day", 8)])
def test_ages(unit: Unit, most: int) -> None:
    for seconds in range(1, most * SECONDS[unit], max(1, SECONDS[unit] // 60)):
        passed = timedelta(seconds=seconds)
        by_babel = format_timedelta(-passed, unit, threshold=10**9, add_direction=True, locale=ARABIC)
        assert ago(passed, unit) == by_babel
    assert ago(timedelta(0), unit) == ago(timedelta(seconds=1), unit)
