"""A date in a short line beside other things: found as a whole, and nothing that is none."""

from __future__ import annotations

import time

import pytest

from kashshaf.index.dates.within import find_date

FOUND = [
    ("a name after it", "7 مارس 2019 سامي الحداد", ("", "7 مارس 2019", "سامي الحداد")),
    ("a name before it", "سامي الحداد - 07/03/2019", ("سامي الحداد", "07/03/2019", "")),
    ("between two", "سامي 7 مارس 2019 300 قراءة", ("سامي", "7 مارس 2019", "300 قراءة")),
    ("with its day", "الخميس 7 مارس 2019 300 قراءة", ("", "الخميس 7 مارس 2019", "300 قراءة")),
    ("with its time", "سامي (7 مارس 2019 - 10:30 م)", ("سامي", "7 مارس 2019 - 10:30 م", "")),
    ("a name that is a month's", "رمضان (7 مارس 2019)", ("رمضان", "7 مارس 2019", "")),
    ("an age", "هدى منذ 3 أيام", ("هدى", "منذ 3 أيام", "")),
    ("yesterday", "هدى: أمس الساعة 10:30", ("هدى", "أمس الساعة 10:30", "")),
    ("Hijri", "هدى 17 صفر 1433هـ", ("هدى", "17 صفر 1433هـ", "")),
    ("a moment", "هدى 2019-03-07T10:00:00Z", ("هدى", "2019-03-07T10:00:00Z", "")),
    ("alone", "7/3/2019", ("", "7/3/2019", "")),
]
NOT = [
    ("a month and a year", "عدد مارس 2019"),
    ("a year", "بطولة 2019"),
    ("numbers", "فاز 5 من 2019"),
    ("an age without a length", "سافر منذ سنوات"),
    ("a word", "سامي"),
    ("a long line", "سامي " * 60 + "7/3/2019"),
    ("nothing", ""),
]


@pytest.mark.parametrize(("rule", "line", "parts"), FOUND, ids=[row[0] for row in FOUND])
def test_found(rule: str, line: str, parts: tuple[str, str, str]) -> None:
    assert find_date(line) == parts, rule


@pytest.mark.parametrize(("rule", "line"), NOT, ids=[row[0] for row in NOT])
def test_not_found(rule: str, line: str) -> None:
    assert find_date(line) is None, rule


def test_a_line_takes_little_time() -> None:
    start = time.process_time()
    for number in range(500):
        find_date(f"{number} مايو " * 15)
    assert time.process_time() - start < 5
