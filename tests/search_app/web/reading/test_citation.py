from __future__ import annotations

from typing import Any

import pytest

from kashshaf.index.documents import Article
from kashshaf.search_app.web.reading.citation import line, ris

URL = "https://news.example/1"
ARTICLE = Article(
    id="1",
    title="عنوان\r\nER  - ",
    lead="سطر\u2028آخر",
    author="ليلى الحموي",
    source="صحيفة الساحل",
    date="2016-05-24T10:00:00+03:00",
    date_precision="second",
    tags=("الميناء", "الصيد"),
)


def test_a_record_has_one_field_a_line_whatever_the_text() -> None:
    assert ris(ARTICLE, URL).split("\r\n") == [
        "TY  - NEWS",
        "TI  - عنوان ER -",
        "AU  - ليلى الحموي",
        "T2  - صحيفة الساحل",
        "PY  - 2016",
        "DA  - 2016/05/24/",
        "AB  - سطر آخر",
        "KW  - الميناء",
        "KW  - الصيد",
        "LA  - ar",
        f"UR  - {URL}",
        "ER  - ",
        "",
    ]


@pytest.mark.parametrize(
    ("date", "precision", "expected"),
    [
        ("2016-01-01", "year", ["PY  - 2016", "DA  - 2016///"]),
        ("2016-05-01", "month", ["PY  - 2016", "DA  - 2016/05//"]),
        ("2016-05-24", "day", ["PY  - 2016", "DA  - 2016/05/24/"]),
        (None, None, []),
    ],
)
def test_a_date_is_given_as_far_as_it_is_known(date: Any, precision: Any, expected: list[str]) -> None:
    article = Article(id="1", title="عنوان", date=date, date_precision=precision)
    assert [row for row in ris(article, URL).split("\r\n") if row[:2] in ("PY", "DA")] == expected


def test_an_article_of_which_little_is_known_can_be_cited() -> None:
    assert ris(Article(id="1"), URL).startswith("TY  - NEWS\r\nTI  - مقال من غير عنوان\r\nLA  - ar\r\n")
    view: Any = {"title": "", "author": "", "source": ""}
    assert line(view, "") == "«مقال من غير عنوان»"


def test_the_line_names_what_is_known_in_order() -> None:
    view: Any = {"title": "ميناء\nالمدينة", "author": "ليلى", "source": "الساحل"}
    assert line(view, "24 مايو 2016") == "ليلى، «ميناء المدينة»، الساحل، 24 مايو 2016"
