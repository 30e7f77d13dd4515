"""Keywords and dates restrict the whole search, wherever they stand."""

from __future__ import annotations

from datetime import date

import pytest

from kashshaf.search_app.query.language import notes
from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.language.tree import DateRange, KeywordFilter
from tests.search_app.query.language.typed import TODAY

FILTERS: dict[str, tuple[KeywordFilter, ...]] = {
    "مصدر:a b": (KeywordFilter("source", ("a",)),),
    'section: "a b"': (KeywordFilter("section", ("a b",)),),
    "كاتب:a author:b": (KeywordFilter("author", ("a", "b")),),
    "كاتب:(a أو b أو a)": (KeywordFilter("author", ("a", "b")),),
    "كاتب:(محمد علي أو سعيد)": (KeywordFilter("author", ("محمد علي", "سعيد")),),
    "-وسم:a وسم:b": (KeywordFilter("tag", ("a",), excluded=True), KeywordFilter("tag", ("b",))),
    "مصدر:(-a)": (KeywordFilter("source", ("a",), excluded=True),),
    "مصدر:(-a -b)": (),
    "مصدر:a.com": (KeywordFilter("source", ("a.com",)),),
}


@pytest.mark.parametrize("typed", FILTERS, ids=repr)
def test_keywords_become_filters(typed: str) -> None:
    assert parse(typed, TODAY).filters == FILTERS[typed]


RESTRICTED: dict[str, tuple[str, tuple[str, ...]]] = {
    "a أو مصدر:b": ("a مصدر:b", (notes.INSIDE_OR,)),
    "a و (b مصدر:c)": ("a و b مصدر:c", ()),
    "-(a أو مصدر:b)": ("-a مصدر:b", (notes.INSIDE_OR,)),
    "عنوان:(a مصدر:b)": ("عنوان:a مصدر:b", ()),
    "a -من:2016": ("a", (notes.EXCLUDED_DATE,)),
    "a من:2017 إلى:2016": ("a من:2016 إلى:2017", (notes.SWAPPED_DATES,)),
    "من: b إلى : c": ("من b إلى c", (notes.unknown_date("b"), notes.unknown_date("c"))),
}


@pytest.mark.parametrize("typed", RESTRICTED, ids=repr)
def test_restrictions_leave_the_tree(typed: str) -> None:
    query = parse(typed, TODAY)
    assert (canonical(query), query.notes) == RESTRICTED[typed]


DATES: dict[str, DateRange | None] = {
    "من:2016-05 إلى:2016-06": DateRange(date(2016, 5, 1), date(2016, 6, 30)),
    "from:2015 until:٢٠١٦": DateRange(date(2015, 1, 1), date(2016, 12, 31)),
    "من : 24/05/2016": DateRange(date(2016, 5, 24), None),
    "إلى:أمس": DateRange(None, date(2016, 5, 23)),
    "حتى:أول أمس a": DateRange(None, date(2016, 5, 22)),
    "من:17 كانون الثاني 2016 a b": DateRange(date(2016, 1, 17), None),
    'من:"رمضان 1436"': DateRange(date(2015, 6, 18), None),
    "من:1433 إلى:1433-01": DateRange(date(2011, 11, 26), date(2011, 12, 25)),
    "من:1433-01-02": DateRange(date(2011, 11, 27), None),
    "من:2015 من:2016 إلى:2018 إلى:2017": DateRange(date(2016, 1, 1), date(2017, 12, 31)),
    "من:2016-13": None,
    "من:1433-13": None,
}


@pytest.mark.parametrize("typed", DATES, ids=repr)
def test_bounds_become_a_range_of_dates(typed: str) -> None:
    assert parse(typed, TODAY).dates == DATES[typed]
