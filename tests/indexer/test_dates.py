"""Dates as pages state them: a table a reader of Arabic can check."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import dates
from indexer.dates import When
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
    ("beside its Hijri twin", "17 صفر 1433 هـ - 11 يناير 2012م", "2012-01-11", "day"),
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
]
VAGUE = ["قبل أيام", "منذ بضع دقائق", "منذ عدة أشهر", "أمس 25:00"]
NONE = [
    ("no such day", "31/02/2016"),
    ("no such month", "05/24/2016"),
    ("no such hour", "25:00 2012/01/11"),
    ("thirteen in the morning", "13:05 ص 2012/01/11"),
    ("Hijri in words", "17 صفر 1433 هـ"),
    ("Hijri in figures", "1433/02/17"),
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
