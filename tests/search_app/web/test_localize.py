from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kashshaf.search_app.web.localize import (
    NOUNS,
    Presenter,
    best_first,
    dates_apart,
    host,
    machine_date,
    marked,
    web_url,
)

LATIN = Presenter("latin", ZoneInfo("Asia/Amman"))
ARABIC = Presenter("arabic", ZoneInfo("Asia/Amman"))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "لا نتائج"),
        (1, "نتيجة واحدة"),
        (2, "نتيجتان"),
        (3, "3 نتائج"),
        (10, "10 نتائج"),
        (11, "11 نتيجة"),
        (99, "99 نتيجة"),
        (100, "100 نتيجة"),
        (102, "102 نتيجة"),
        (103, "103 نتائج"),
        (12_345, "12,345 نتيجة"),
    ],
)
def test_results_are_counted_in_six_forms(number: int, expected: str) -> None:
    assert LATIN.count(number, "result") == expected


@pytest.mark.parametrize(
    ("number", "noun", "expected"),
    [
        (2, "article", "مقالان"),
        (11, "article", "11 مقالاً"),
        (100, "article", "100 مقال"),
        (3, "matching", "3 تعليقات مطابقة"),
        (11, "matching", "11 تعليقاً مطابقاً"),
        (2, "time", "مرتين"),
        (40, "comment", "40 تعليقاً"),
    ],
)
def test_other_nouns(number: int, noun: str, expected: str) -> None:
    assert LATIN.count(number, noun) == expected


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_every_form(noun: str) -> None:
    assert [*NOUNS[noun]] == ["zero", "one", "two", "few", "many", "other"]


def test_digits_follow_the_setting() -> None:
    assert ARABIC.count(12_345, "result") == "١٢٬٣٤٥ نتيجة"
    assert ARABIC.date("2016-05-24", "day") == "٢٤ مايو ٢٠١٦"


@pytest.mark.parametrize(
    ("iso", "precision", "expected"),
    [
        ("2016-05-24T10:00:00+03:00", "second", "24 مايو 2016"),
        ("2016-05-24T22:30:00+00:00", "second", "25 مايو 2016"),  # past midnight in Amman
        ("2016-05-24T23:30:00+00:00", "day", "24 مايو 2016"),  # a day is a day everywhere
        ("2016-05-24", None, "24 مايو 2016"),
        ("2016-05-01", "month", "مايو 2016"),
        ("2016-01-01", "year", "2016"),
        ("0001-01-01T00:00:00+14:00", "second", "1 يناير 1"),
        ("9999-12-31T23:59:59-12:00", "second", "31 ديسمبر 9999"),
        (None, None, ""),
        ("", "day", ""),
        ("nonsense", "day", ""),
    ],
)
def test_dates_are_as_fine_as_they_are_known(iso: str | None, precision: str | None, expected: str) -> None:
    assert LATIN.date(iso, precision) == expected


def test_machine_dates_claim_no_more_than_is_known() -> None:
    assert machine_date("2016-05-24T10:00:00+03:00", "second") == "2016-05-24T10:00:00+03:00"
    assert machine_date("2016-05-24T00:00:00", "day") == "2016-05-24"
    assert machine_date("2016-05-01", "month") == "2016-05"
    assert machine_date("2016-01-01", "year") == "2016"
    assert machine_date("nonsense", "day") == ""


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//news.example/1",
        "http://",
        "http://[",
        "ftp://news.example",
        "https://news.example;script-src *",
        "https://news.example\\@evil.example/",
        "https://name:word@news.example/",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert web_url(url) == ""
    assert host(url) == ""


def test_web_addresses_stay() -> None:
    assert web_url("https://www.news.example/1") == "https://www.news.example/1"
    assert host("https://www.news.example/1") == "news.example"


def test_mark_is_the_only_tag_let_through() -> None:
    assert marked("<mark>كلمة</mark> &lt;b&gt;") == "<mark>كلمة</mark> &lt;b&gt;"
    assert marked("<mark onclick=x>a</mark><script>") == "&lt;mark onclick=x&gt;a</mark>&lt;script&gt;"


def test_text_that_speaks_of_the_tag_stays_text() -> None:
    assert marked("استعمل &lt;mark&gt; هنا") == "استعمل &lt;mark&gt; هنا"


NOW = datetime(2024, 3, 10, 22, 30, tzinfo=UTC)
"""In Amman it is half past one in the night of the eleventh."""


@pytest.mark.parametrize(
    ("iso", "precision", "expected"),
    [
        ("2024-03-10T22:26:00Z", "second", "قبل 4 دقائق"),
        ("2024-03-10T19:30:00+00:00", "second", "قبل 3 ساعات"),
        ("2024-03-10T20:30:00+00:00", "second", "قبل ساعتين"),
        ("2024-03-10T05:00:00Z", "second", "أمس"),
        ("2024-03-11", "day", "اليوم"),
        ("2024-03-10", "day", "أمس"),
        ("2024-03-09", "day", "قبل يومين"),
        ("2024-03-06", "day", "قبل 5 أيام"),
        ("2024-03-01", "day", "1 مارس 2024"),
        ("2024-03-12", "day", "12 مارس 2024"),
        ("2024-03-01", "month", "مارس 2024"),
        ("2024-01-01", "year", "2024"),
        ("9999-12-31T23:59:59Z", "second", "31 ديسمبر 9999"),
        ("no date", "day", ""),
        (None, None, ""),
    ],
)
def test_what_is_recent_is_told_by_its_age(iso: str | None, precision: str | None, expected: str) -> None:
    assert LATIN.age(iso, precision, NOW) == expected


def test_ages_have_the_digits_of_the_setting() -> None:
    assert ARABIC.age("2024-03-06", "day", NOW) == "قبل ٥ أيام"


def test_dates_in_a_sentence_keep_their_direction() -> None:
    assert dates_apart("مثل 2016-05 أو <b>") == 'مثل <bdi dir="ltr">2016-05</bdi> أو &lt;b&gt;'
    assert dates_apart("لا تاريخ\0") == "لا تاريخ "


def test_the_snippet_with_most_marks_comes_first() -> None:
    assert best_first(["a", "<mark>b</mark>", "c"]) == ["<mark>b</mark>", "a", "c"]
