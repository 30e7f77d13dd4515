"""Dates as pages state them: a table a reader of Arabic can check."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from indexer import dates, hijri
from indexer.dates import When
from indexer.sources.base import Dater
from tests.indexer.conftest import NOON

if TYPE_CHECKING:
    from indexer.sources.base import Reading

STATED = [
    ("iso day", "2016-05-24", "2016-05-24", "day"),
    ("iso month", "2016-05", "2016-05-01", "month"),
    ("iso year", "2016", "2016-01-01", "year"),
    ("iso with offset", "2016-12-10T10:18:00+01:00", "2016-12-10T10:18:00+01:00", "second"),
    ("iso with Z", "2016-12-10T10:18:00Z", "2016-12-10T10:18:00+00:00", "second"),
    ("iso with a space", "2015-07-21 02:51:33", "2015-07-21T02:51:33+00:00", "second"),
    ("iso with a short time", "2017-01-22T185600", "2017-01-22T18:56:00+00:00", "second"),
    ("rfc 822", "Tue, 29 May 2018 19:02:10 GMT", "2018-05-29T19:02:10+00:00", "second"),
    ("rfc 822 with offset", "Tue, 29 May 2018 19:02:10 +0300", "2018-05-29T19:02:10+03:00", "second"),
    ("day first", "24/05/2016", "2016-05-24", "day"),
    ("year first", "2016/05/24", "2016-05-24", "day"),
    ("dots", "24.5.2016", "2016-05-24", "day"),
    ("dashes, one digit", "2012-1-5", "2012-01-05", "day"),
    ("Arabic-Indic digits", "٢٤/٥/٢٠١٦", "2016-05-24", "day"),
    ("Persian digits", "۲۴/۵/۲۰۱۶", "2016-05-24", "day"),
    ("a bullet before it", "·2016/05/24", "2016-05-24", "day"),
    ("time before, morning", "07:08 صباحاً 2012/01/11", "2012-01-11T07:08:00+00:00", "second"),
    ("time before, evening", "05:11 مساءً 2012/01/11", "2012-01-11T17:11:00+00:00", "second"),
    ("noon is twelve", "12:30 م 2012/01/11", "2012-01-11T12:30:00+00:00", "second"),
    ("midnight is nought", "2012/01/11 12:30 ص", "2012-01-11T00:30:00+00:00", "second"),
    ("name in the Gulf", "24 مايو 2016", "2016-05-24", "day"),
    ("name in the Levant", "24 أيار 2016", "2016-05-24", "day"),
    ("name of two words", "24 كانون الثاني 2016", "2016-01-24", "day"),
    ("name in the Maghreb", "14 جانفي 2011", "2011-01-14", "day"),
    ("name in Morocco", "14 غشت 2011", "2011-08-14", "day"),
    ("two names of one month", "24 أيار/مايو 2016", "2016-05-24", "day"),
    ("hamza left out", "24 ايلول 2016", "2016-09-24", "day"),
    ("weekday before it", "الثلاثاء، ٢٤ مايو ٢٠١٦", "2016-05-24", "day"),
    ("era after it", "24 مايو 2016م", "2016-05-24", "day"),
    ("time after it", "24 مايو 2016 - 10:30 ص", "2016-05-24T10:30:00+00:00", "second"),
    ("month first", "مايو 24، 2016", "2016-05-24", "day"),
    ("month and year", "مايو 2016", "2016-05-01", "month"),
    ("year first with a name", "2016 مايو 24", "2016-05-24", "day"),
    ("Persian letters", "24 ینایر 2016", "2016-01-24", "day"),
    ("presentation forms", "24 ﻣﺎﻳﻮ 2016", "2016-05-24", "day"),
    ("direction marks", "\u200f24\u200f مايو \u202a2016\u202c", "2016-05-24", "day"),
    ("names of one month written together", "12 يناير/كانون الثاني 2012", "2012-01-12", "day"),
    ("in brackets", "12 كانون الثاني (يناير) 2012", "2012-01-12", "day"),
    ("Iraq", "3 تشرين الأول 2019", "2019-10-03", "day"),
    ("Lebanon's short form", "3 ت2 2019", "2019-11-03", "day"),
    ("Tunisia", "7 جويلية 2013", "2013-07-07", "day"),
    ("Algeria", "5 جوان 2013", "2013-06-05", "day"),
    ("Tunisia's April", "9 أفريل 2013", "2013-04-09", "day"),
    ("Morocco in July", "30 يوليوز 2013", "2013-07-30", "day"),
    ("Morocco in December", "30 دجنبر 2013", "2013-12-30", "day"),
    ("Mauritania", "30 أغشت 2013", "2013-08-30", "day"),
    ("Libya", "7 هانيبال 2009", "2009-08-07", "day"),
    ("Libya, of two words", "15 أي النار 2008", "2008-01-15", "day"),
    ("Egypt", "8 يونيه 2013", "2013-06-08", "day"),
    ("a part of the day", "مساء الثلاثاء 24 مايو 2016", "2016-05-24", "day"),
    ("the issue beside it", "24 مايو 2016م - العدد 15902", "2016-05-24", "day"),
    ("the year alone with its era", "2016م", "2016-01-01", "year"),
]
_MARKED = "2012-01-11"
"""The day of the rows below: Umm al-Qura's 17 Safar 1433, a Wednesday."""
HIJRI = [
    ("in words", "17 صفر 1433 هـ"),
    ("Arabic-Indic digits", "١٧ صفر ١٤٣٣ هـ"),
    ("Persian digits", "۱۷ صفر ۱۴۳۳ ه"),
    ("the name of the month is mark enough", "17 صفر 1433"),
    ("the mark in full", "17 صفر 1433 هجرية"),
    ("a mark of two tatweels", "17 صفر 1433هــ"),
    ("in figures with a mark", "17/2/1433هـ"),
    ("a mark before it", "هـ 1433/2/17"),
    ("year first with a mark", "1433/2/17هـ"),
    ("in figures, by its year", "17/02/1433"),
    ("in ISO's form, by its year", "1433-02-17"),
    ("with the day of the week", "الأربعاء 17 صفر 1433هـ"),
    ("joined to the day of the week", "الاربعاء17 صفر 1433 هـ"),
    ("with praise", "17 صفر الخير 1433هـ"),
    ("with the word for month", "17 من شهر صفر لعام 1433هـ"),
    ("with the issue", "الأربعاء 17 صفر 1433 هـ - العدد 15902"),
    ("beside its Gregorian twin", "17 صفر 1433 هـ - 11 يناير 2012م"),
    ("after its Gregorian twin", "11 يناير 2012م - 17 صفر 1433هـ"),
    ("said to be the same", "الأربعاء 11 يناير 2012م الموافق 17 صفر 1433هـ"),
    ("said to be the same, after it", "الأربعاء 17 صفر 1433هـ الموافق 11 كانون الثاني 2012"),
    ("in brackets", "11 يناير 2012 (17 صفر 1433)"),
    ("in a paper's head", "الأربعاء 17 صفر 1433 هـ - 11 يناير 2012م - العدد 15902"),
    ("without anything between", "17/2/1433هـ 11/1/2012م"),
    ("both in figures without a mark", "1433/02/17 - 2012/01/11"),
    ("a day of 30 that another moon gave", "30 صفر 1433 هـ - 24 يناير 2012"),
]
HIJRI_MONTHS = [
    ("1 محرم 1433هـ", "2011-11-26"),
    ("1 ربيع الأول 1433هـ", "2012-01-24"),
    ("1 ربيع الآخر 1433هـ", "2012-02-23"),
    ("1 ربيع الثاني 1433هـ", "2012-02-23"),
    ("1 جمادى الأولى 1433هـ", "2012-03-24"),
    ("1 جماد أول 1433هـ", "2012-03-24"),
    ("1 جمادى الآخرة 1433هـ", "2012-04-22"),
    ("1 جمادى الاخرة 1433هـ", "2012-04-22"),
    ("1 رجب 1433هـ", "2012-05-22"),
    ("1 شعبان 1433هـ", "2012-06-21"),
    ("1 رمضان المبارك 1433هـ", "2012-07-20"),
    ("1 شوال 1433هـ", "2012-08-19"),
    ("1 ذو القعدة 1433هـ", "2012-09-17"),
    ("1 ذي الحجة 1433هـ", "2012-10-17"),
    ("1 ذوالحجة 1433هـ", "2012-10-17"),
]
CLOCKS = [
    ("morning", "07:08 صباحاً", "07:08:00+00:00"),
    ("evening", "07:08 مساءً", "19:08:00+00:00"),
    ("evening, misspelt", "07:08 مساءاً", "19:08:00+00:00"),
    ("a letter", "07:08 ص", "07:08:00+00:00"),
    ("the other letter", "07:08 م", "19:08:00+00:00"),
    ("digits of another script", "٠٧:٠٨ م", "19:08:00+00:00"),
    ("seconds", "07:08:09 م", "19:08:09+00:00"),
    ("noon", "12:00 ظهراً", "12:00:00+00:00"),
    ("before noon", "11:30 ظهراً", "11:30:00+00:00"),
    ("after noon", "1:30 ظهراً", "13:30:00+00:00"),
    ("afternoon", "4:15 عصراً", "16:15:00+00:00"),
    ("before dawn", "4:15 فجراً", "04:15:00+00:00"),
    ("at night", "10:30 ليلاً", "22:30:00+00:00"),
    ("late at night", "2:30 ليلاً", "02:30:00+00:00"),
    ("midnight", "12:30 ليلاً", "00:30:00+00:00"),
    ("after midnight", "1:30 بعد منتصف الليل", "01:30:00+00:00"),
    ("past twelve with its half", "19:08 م", "19:08:00+00:00"),
    ("a point for a colon", "10.30 مساء", "22:30:00+00:00"),
    ("an hour", "الساعة 10 مساء", "22:00:00+00:00"),
    ("at an hour", "على الساعة 10:30", "10:30:00+00:00"),
    ("an hour of 24", "الساعة 22", "22:00:00+00:00"),
    ("an hour with its half in full", "10 صباحا", "10:00:00+00:00"),
    ("universal time", "07:08 بتوقيت غرينتش", "07:08:00+00:00"),
    ("an offset", "07:08 (GMT+3)", "07:08:00+03:00"),
    ("an offset with minutes", "07:08 UTC-03:30", "07:08:00-03:30"),
    ("Mecca's time", "07:08 م بتوقيت مكة المكرمة", "19:08:00+03:00"),
    ("local time", "07:08 بالتوقيت المحلي", "07:08:00+00:00"),
    ("Cairo's winter", "07:08 بتوقيت القاهرة", "07:08:00+02:00"),
]
NOTED = [
    ("another day of the week", "الاثنين 24 مايو 2016", "2016-05-24", "day of the week"),
    ("Hijri, another day of the week", "الخميس 17 صفر 1433هـ", "2012-01-11", "day of the week"),
    ("twins three days apart", "17 صفر 1433هـ - 14 يناير 2012م", "2012-01-14", "not one day"),
    ("a twin that cannot be", "45 صفر 1433هـ - 14 يناير 2012م", "2012-01-14", "not one day"),
    ("Hijri by its year", "17/02/1433", "2012-01-11", "by its year"),
    ("a Hijri month", "صفر 1433هـ", "2012-01-01", "most of its days"),
    ("a Hijri year", "1433هـ", "2012-01-01", "most of its days"),
]
AGES = [
    ("years and months", "منذ 7 سنوات 10 أشهر", "2016-05-01", "month"),
    ("with a bullet", "·منذ 7 سنوات 10 أشهر", "2016-05-01", "month"),
    ("joined by and", "منذ سنة وشهرين", "2023-01-01", "month"),
    ("dual month", "منذ شهرين", "2024-01-01", "month"),
    ("one year", "منذ سنة", "2023-01-01", "year"),
    ("dual year", "قبل عامين", "2022-01-01", "year"),
    ("dual hour", "قبل ساعتين", "2024-03-24T10:00:00+00:00", "second"),
    ("minutes", "منذ 20 دقيقة", "2024-03-24T11:40:00+00:00", "second"),
    ("days", "قبل 3 أيام", "2024-03-21", "day"),
    ("days in Arabic digits", "قبل ٣ أيام", "2024-03-21", "day"),
    ("days in words", "منذ ثلاثة أيام", "2024-03-21", "day"),
    ("weeks", "منذ أسبوعين", "2024-03-10", "day"),
    ("one, said twice", "قبل أسبوع واحد", "2024-03-17", "day"),
    ("past after it", "3 أيام مضت", "2024-03-21", "day"),
    ("yesterday", "أمس", "2024-03-23", "day"),
    ("the day before", "أول أمس", "2024-03-22", "day"),
    ("today", "اليوم", "2024-03-24", "day"),
    ("now", "الآن", "2024-03-24T12:00:00+00:00", "second"),
    ("just now", "للتو", "2024-03-24T12:00:00+00:00", "second"),
    ("a little ago", "قبل قليل", "2024-03-24T12:00:00+00:00", "second"),
    ("moments ago", "منذ لحظات قليلة", "2024-03-24T12:00:00+00:00", "second"),
    ("half an hour", "منذ نصف ساعة", "2024-03-24T11:30:00+00:00", "second"),
    ("a quarter of an hour", "قبل ربع ساعة", "2024-03-24T11:45:00+00:00", "second"),
    ("an hour and a half", "منذ ساعة ونصف", "2024-03-24T10:30:00+00:00", "second"),
    ("its unit said again", "منذ ساعة ونصف الساعة", "2024-03-24T10:30:00+00:00", "second"),
    ("a year and a half", "منذ سنة ونصف", "2022-09-01", "month"),
    ("a month and a half", "منذ شهر ونصف", "2024-02-01", "month"),
    ("a day and a half", "منذ يوم ونصف", "2024-03-23", "day"),
    ("a teen in words", "قبل خمس عشرة دقيقة", "2024-03-24T11:45:00+00:00", "second"),
    ("tens in words", "منذ خمس وعشرين دقيقة", "2024-03-24T11:35:00+00:00", "second"),
    ("two, said twice", "منذ يومين اثنين", "2024-03-22", "day"),
    ("about", "قبل حوالي 3 أيام", "2024-03-21", "day"),
    ("more than", "منذ أكثر من سنة", "2023-01-01", "year"),
    ("the day before in full", "أول من أمس", "2024-03-22", "day"),
    ("last month", "الشهر الماضي", "2024-02-01", "month"),
    ("yesterday at an hour", "أمس الساعة 10:30 م", "2024-03-23T22:30:00+00:00", "second"),
    ("yesterday, the hour in full", "أمس 10:30 مساءً", "2024-03-23T22:30:00+00:00", "second"),
    ("the hour before yesterday", "10:30 مساءً، أمس", "2024-03-23T22:30:00+00:00", "second"),
    ("today at an hour", "اليوم، الساعة ٩ صباحاً", "2024-03-24T09:00:00+00:00", "second"),
    ("yesterday evening", "مساء أمس", "2024-03-23", "day"),
    ("the morning of the day before", "صباح أول أمس", "2024-03-22", "day"),
    ("counted from now", "قبل ساعتين من الآن", "2024-03-24T10:00:00+00:00", "second"),
    ("Persian letters", "قبل ساعتین", "2024-03-24T10:00:00+00:00", "second"),
]
VAGUE = ["قبل أيام", "منذ بضع دقائق", "منذ عدة أشهر", "أمس 25:00"]
NONE = [
    ("no such day", "31/02/2016"),
    ("no such month", "05/24/2016"),
    ("no such hour", "25:00 2012/01/11"),
    ("thirteen in the morning", "13:05 ص 2012/01/11"),
    ("thirty days of a month of 29", "30 صفر 1433هـ"),
    ("no such Hijri month", "17/13/1433هـ"),
    ("beyond the tables", "17 صفر 1501 هـ"),
    ("before the tables", "17 صفر 1342 هـ"),
    ("a Hijri month, a Gregorian year", "17 صفر 2012"),
    ("a Hijri month marked Gregorian", "17 صفر 1433م"),
    ("a Gregorian month marked Hijri", "11 يناير 1433هـ"),
    ("a year of today's Persian calendar", "1391/02/17"),
    ("an old year without a mark", "24 مايو 1433"),
    ("a Hijri year without a mark", "1433"),
    ("a Hijri year and month in ISO's form", "1433-02"),
    ("a Hijri moment in ISO's form", "1433-02-17T10:30:00"),
    ("a Hijri day without a year", "17 صفر"),
    ("two figures of a year", "24/05/16"),
    ("two different days", "24/05/2016 - 25/05/2016"),
    ("a day beside its twin that cannot be", "17 صفر 1433هـ - 31 فبراير 2012م"),
    ("day nought", "0 مايو 2016"),
    ("the year 9999", "24 مايو 9999"),
    ("the year 9999 in figures", "24/05/9999"),
    ("the year 9999 in ISO's form", "9999-12-31"),
    ("a season that was a Libyan month", "الربيع 2011"),
    ("a percentage", "24/05/2016 %"),
    ("a version", "1.24.5.2016"),
    ("a telephone number", "24/05/2016/17"),
    ("a zone that is not known", "24 مايو 2016 10:30 بتوقيت المريخ"),
    ("an hour alone with an era's letter", "24 مايو 10 م"),
    ("two months", "24 مايو يونيو 2016"),
    ("no year", "24 مايو"),
    ("words", "صدر القرار"),
    ("a date in a sentence", "صدر القرار في 24 مايو 2016"),
    ("beyond the calendar", "منذ 99999 سنة"),
    ("a length without since", "7 سنوات"),
    ("a number that ends nowhere", "منذ 7"),
    ("two numbers", "منذ 5 20 دقيقة"),
    ("a fraction of nothing", "منذ نصف"),
    ("a fraction without since", "نصف ساعة"),
    ("a word that is no age alone", "قليل"),
    ("nothing", ""),
]


def _ids(rows: list[tuple[str, ...]]) -> list[str]:
    return [row[0] for row in rows]


@pytest.mark.parametrize(("rule", "text", "iso", "precision"), STATED, ids=_ids(STATED))  # type: ignore[arg-type]
def test_a_stated_date(rule: str, text: str, iso: str, precision: str, reading: Reading) -> None:
    found = dates.parse(text, reading)
    assert found is not None, rule
    assert (found.iso, found.precision, found.relative) == (iso, precision, False)
    assert dates.looks_like_date(text) is (rule != "iso year")


@pytest.mark.parametrize(("rule", "text", "iso", "precision"), AGES, ids=_ids(AGES))  # type: ignore[arg-type]
def test_an_age_is_counted_back(rule: str, text: str, iso: str, precision: str, reading: Reading) -> None:
    found = dates.parse(text, reading)
    assert found is not None, rule
    assert (found.iso, found.precision, found.relative) == (iso, precision, True)
    assert dates.is_age(text)


@pytest.mark.parametrize(("rule", "text"), NONE, ids=_ids(NONE))  # type: ignore[arg-type]
def test_what_cannot_be_is_not_guessed(rule: str, text: str, reading: Reading) -> None:
    assert dates.parse(text, reading) is None, rule


@pytest.mark.parametrize(("rule", "text"), HIJRI, ids=_ids(HIJRI))  # type: ignore[arg-type]
def test_a_hijri_date(rule: str, text: str, reading: Reading) -> None:
    found = dates.parse(text, reading)
    wanted = "2012-01-24" if rule.startswith("a day of 30") else _MARKED
    assert found is not None, rule
    assert (found.iso, found.precision, found.relative) == (wanted, "day", False)
    assert dates.looks_like_date(text)
    by_year = rule in ("in figures, by its year", "in ISO's form, by its year")
    assert bool(found.notes) is by_year


@pytest.mark.parametrize(("text", "iso"), HIJRI_MONTHS)
def test_every_hijri_month_in_its_spellings(text: str, iso: str, reading: Reading) -> None:
    assert dates.parse(text, reading) == When(iso, "day")


@pytest.mark.parametrize(("rule", "text", "iso"), CLOCKS, ids=_ids(CLOCKS))  # type: ignore[arg-type]
@pytest.mark.parametrize(
    "form", ["{} 2012/01/11", "11 يناير 2012 - {}", "17 صفر 1433هـ - 11 يناير 2012م، {}"]
)
def test_a_time_of_day(form: str, rule: str, text: str, iso: str, reading: Reading) -> None:
    assert dates.parse(form.format(text), reading) == When(f"2012-01-11T{iso}", "second"), rule


@pytest.mark.parametrize(("rule", "text", "iso", "note"), NOTED, ids=_ids(NOTED))  # type: ignore[arg-type]
def test_what_does_not_fit_is_said(rule: str, text: str, iso: str, note: str, reading: Reading) -> None:
    found = dates.parse(text, reading)
    assert found is not None, rule
    assert found.iso == iso
    assert any(note in each for each in found.notes)
    dater = Dater(reading)
    assert dater.read(text)[0] == iso
    assert note in dater.mended[0]


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


def test_a_hijri_month_stands_for_the_gregorian_one_of_its_middle(reading: Reading) -> None:
    assert dates.parse("رمضان 1433هـ", reading) == When(
        "2012-08-01",
        "month",
        notes=("of a Hijri month, the Gregorian month that has most of its days was kept",),
    )


@given(st.integers(hijri.FIRST_YEAR, hijri.LAST_YEAR), st.integers(1, 12), st.integers(1, 28))
def test_every_hijri_day_is_read_as_the_library_has_it(year: int, month: int, day: int) -> None:
    from indexer.sources.base import Reading  # noqa: PLC0415 - fixtures do not mix with hypothesis

    found = dates.parse(f"{day}/{month}/{year}هـ", Reading(NOON, NOON, ZoneInfo("UTC")))
    assert found == When(Hijri(year, month, day).to_gregorian().isoformat(), "day")


def test_hostile_text_costs_no_time() -> None:
    start = time.process_time()
    for text in ("م" * 120, "1 " * 60, "12:" * 40, "1/1/" * 30, "صفر " * 30, "منذ 1 " * 20, "\u064b" * 120):
        dates.looks_like_date(text)
        dates.why_not(text)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", VAGUE)
def test_an_age_without_a_length_is_known_and_not_guessed(text: str, reading: Reading) -> None:
    assert dates.looks_like_date(text)
    assert dates.parse(text, reading) is None


def test_an_impossible_date_is_still_in_the_form_of_one() -> None:
    assert dates.looks_like_date("31/02/2016")


def test_the_zone_is_that_of_the_reading(reading: Reading) -> None:
    riyadh = replace(reading, zone=ZoneInfo("Asia/Riyadh"))
    assert dates.parse("07:08 ص 2012/01/11", riyadh) == When("2012-01-11T07:08:00+03:00", "second")


def test_hours_are_counted_across_a_clock_change(reading: Reading) -> None:
    beirut = ZoneInfo("Asia/Beirut")
    base = datetime(2024, 3, 31, 2, tzinfo=beirut)
    found = dates.parse("قبل ساعتين", replace(reading, as_of=base, zone=beirut))
    assert found == When("2024-03-30T23:00:00+02:00", "second", relative=True)


def test_without_as_of_the_file_time_is_the_base(reading: Reading) -> None:
    assert dates.parse("أمس", replace(reading, as_of=None)) == When("2024-03-23", "day", relative=True)


PIECES = st.sampled_from(
    [
        "منذ",
        "شهر",
        "و",
        "نصف",
        "عشر",
        "أمس",
        "بضع",
        "أكثر",
        "7",
        "٢٤",
        "مايو",
        "هـ",
        "صفر",
        "17",
        "1433",
        "الأربعاء",
        "الموافق",
        "العدد",
        "مساء",
        "بتوقيت القاهرة",
        "2016",
        "/",
        "-",
        ":",
        "م",
        "GMT",
        " ",
        "31",
        "May",
        "+0300",
    ]
)


@given(
    st.text(max_size=300)
    | st.lists(PIECES, max_size=12).map(" ".join)
    | st.lists(PIECES, max_size=12).map("".join)
)
def test_any_text_is_a_date_or_none(text: str) -> None:
    from indexer.sources.base import Reading  # noqa: PLC0415 - fixtures do not mix with hypothesis

    found = dates.parse(text, Reading(NOON, NOON, ZoneInfo("Asia/Beirut")))
    assert found is None or datetime.fromisoformat(found.iso).year
    dates.looks_like_date(text)
    dates.is_age(text)
