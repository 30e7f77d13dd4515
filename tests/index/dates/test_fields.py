"""Dates as fields have them: labels, seconds, the basic form; a table a reader of Arabic can check."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from kashshaf.index.dates.fields import is_label, names_change, parse_field, without_label

NOON = datetime(2024, 3, 24, 12, tzinfo=UTC)

FIELDS = [
    ("a verb", "نُشر في 7 مارس 2019", "2019-03-07"),
    ("a verb without a link", "كُتب 7 مارس 2019", "2019-03-07"),
    ("two verbs", "تم النشر بتاريخ 07/03/2019", "2019-03-07"),
    ("a label with its colon", "تاريخ الإضافة: 2019-03-07", "2019-03-07"),
    ("the time labelled too", "التاريخ: 7-3-2019 الوقت: 10:30 مساء", "2019-03-07T22:30:00+00:00"),
    ("the hour", "أضيف يوم 07/03/2019 الساعة 10:30", "2019-03-07T10:30:00+00:00"),
    ("of a change alone", "آخر تعديل: 7 آذار 2019", "2019-03-07"),
    ("of a change after it", "نشر: 7 مارس 2019 - آخر تحديث: 9 مارس 2019", "2019-03-07"),
    ("of a change before it", "آخر تحديث 9 مارس 2019 | نشر في 7 مارس 2019", "2019-03-07"),
    ("a label of other words", "يوم الطباعة الأولى: 7 مارس 2019", "2019-03-07"),
    ("an age", "نُشر منذ 3 أيام", "2024-03-21"),
    ("Hijri", "تاريخ النشر: 17 صفر 1433هـ", "2012-01-11"),
    ("English", "Published on 7 March 2019", "2019-03-07"),
    ("seconds", "1551956400", "2019-03-07T11:00:00+00:00"),
    ("seconds in Arabic digits", "١٥٥١٩٥٦٤٠٠", "2019-03-07T11:00:00+00:00"),
    ("seconds with a fraction", "1551956400.75", "2019-03-07T11:00:00+00:00"),
    ("seconds before 2001", "978307199", "2000-12-31T23:59:59+00:00"),
    ("seconds of a shell", "@1551956400", "2019-03-07T11:00:00+00:00"),
    ("of .NET", "/Date(1551956400000+0300)/", "2019-03-07T11:00:00+00:00"),
    ("of JavaScript", "Thu Mar 07 2019 11:00:00 GMT+0300 (توقيت السعودية)", "2019-03-07T11:00:00+03:00"),
    ("thousandths", "1551956400123", "2019-03-07T11:00:00+00:00"),
    ("millionths", "1551956400123456", "2019-03-07T11:00:00+00:00"),
    ("basic form", "20190307", "2019-03-07"),
    ("basic form with a time", "20190307T223015", "2019-03-07T22:30:15+00:00"),
    ("basic form with a zone", "20190307T223015+0300", "2019-03-07T22:30:15+03:00"),
    ("basic form, digits alone", "20190307223015", "2019-03-07T22:30:15+00:00"),
    ("basic form, Hijri", "14330217", "2012-01-11"),
    ("what pages state", "الخميس 7 مارس 2019", "2019-03-07"),
]
NO_DATES = [
    ("a word that is no label", "حتى 7 مارس 2019"),
    ("a sentence", "صدر القرار عن الوزارة في 7 مارس 2019"),
    ("a label alone", "تاريخ النشر:"),
    ("no such day", "نُشر في 31 فبراير 2019"),
    ("no such month", "20191307"),
    ("a number of a year", "2019030"),
    ("a number of eleven digits", "15519564001"),
    ("a number of seven digits", "1551956"),
    ("no century of papers", "09990307"),
    ("a label between two sentences", "سافر: قال الوزير 7 مارس 2019"),
    ("one of two dates that is none", "نشر 7 مارس 2019 تحديث غدا"),
    ("nothing", ""),
]


@pytest.mark.parametrize(("rule", "text", "iso"), FIELDS, ids=[row[0] for row in FIELDS])
def test_a_field(rule: str, text: str, iso: str) -> None:
    found = parse_field(text, NOON, UTC)
    assert found is not None, rule
    assert found.iso == iso
    assert found.precision == ("second" if "T" in iso else "day")


@pytest.mark.parametrize(("rule", "text"), NO_DATES, ids=[row[0] for row in NO_DATES])
def test_what_is_no_date_is_not_guessed(rule: str, text: str) -> None:
    assert parse_field(text, NOON, UTC) is None, rule


@pytest.mark.parametrize(
    ("text", "label", "change"),
    [
        ("تاريخ النشر:", True, False),
        ("آخر تحديث", True, True),
        ("الكاتب", False, False),
        ("تحديث الأسعار", False, True),
        ("", False, False),
    ],
)
def test_words_of_labels(text: str, label: bool, change: bool) -> None:
    assert (is_label(text), names_change(text)) == (label, change)


def test_a_label_keeps_the_words_of_its_date() -> None:
    assert without_label("تم النشر في: الخميس 7 مارس 2019") == "الخميس 7 مارس 2019"


def test_long_texts_take_no_time() -> None:
    start = time.process_time()
    for text in ("نشر " * 50_000, "1" * 100_000, "نشر 7 مارس 2019 " * 5_000, ":" * 100_000):
        assert parse_field(text, NOON, UTC) is None
    assert time.process_time() - start < 1
