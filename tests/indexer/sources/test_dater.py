"""The dater: dates that cannot be read are left out of an article, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.sources.dater import Dater
from tests.index.dates.tables import NOTED
from tests.indexer.sources.told import with_options

if TYPE_CHECKING:
    from kashshaf.indexer.sources.reading import Reading


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31 فبراير 2016", "month 2 of 2016 has no day 31"),
        ("2016-02-31", "month 2 of 2016 has no day 31"),
        ("05/24/2016", "there is no month 24"),
        ("30 صفر 1433هـ", "month 2 of the Hijri year 1433 has 29 days"),
        ("17 صفر 1501هـ", "the Hijri year 1501 is outside 1343 to 1500"),
        ("24 مايو 9999", "its year is outside 1600 to 2200"),
        ("11 يناير 1433هـ", "it mixes the Hijri and the Gregorian calendar"),
        ("31 فبراير", "it names no year"),
        ("الأربعاء 17 صفر", "it names no year"),
        ("25:00 2012/01/11", "no such time of day as 25:00"),
        ("قبل أيام", "does not say how long ago"),
        ("منذ 99999 سنة", "beyond the calendar"),
        ("24 مايو 2016 " * 20, "longer than 120"),
    ],
)
def test_a_date_that_cannot_be_is_reported_with_its_reason(text: str, reason: str, reading: Reading) -> None:
    dater = Dater(reading)
    assert dater.read(text) == (None, None)
    assert "was left out" in dater.mended[0]
    assert reason in dater.mended[0]


def test_without_as_of_the_file_time_is_the_base(reading: Reading) -> None:
    assert Dater(with_options(reading, as_of=None)).read("أمس") == ("2024-03-23", "day")


@pytest.mark.parametrize(("rule", "text", "iso", "note"), NOTED, ids=[row[0] for row in NOTED])
def test_what_does_not_fit_is_in_the_report(
    rule: str, text: str, iso: str, note: str, reading: Reading
) -> None:
    dater = Dater(reading)
    assert dater.read(text)[0] == iso, rule
    assert note in dater.mended[0]
