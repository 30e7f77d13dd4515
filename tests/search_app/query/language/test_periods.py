"""Periods as people name them."""

from __future__ import annotations

from datetime import date

import pytest

from kashshaf.search_app.query.language.periods import days_of
from tests.search_app.query.language.typed import TODAY


def days(first: str, last: str = "") -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last or first)


NAMED = {
    "اليوم": days("2016-05-24"),
    "أمس": days("2016-05-23"),
    "امس": days("2016-05-23"),
    "أول أمس": days("2016-05-22"),
    "الأسبوع الماضي": days("2016-05-14", "2016-05-20"),
    "هذا الأسبوع": days("2016-05-21", "2016-05-27"),
    "الشهر الماضي": days("2016-04-01", "2016-04-30"),
    "الشهر المنصرم": days("2016-04-01", "2016-04-30"),
    "الشهر الحالي": days("2016-05-01", "2016-05-31"),
    "خلال العام الماضي": days("2015-01-01", "2015-12-31"),
    "هذه السنة": days("2016-01-01", "2016-12-31"),
    "آخر 3 أيام": days("2016-05-21", "2016-05-24"),
    "آخر ثلاثة أيام": days("2016-05-21", "2016-05-24"),
    "آخر أسبوعين": days("2016-05-10", "2016-05-24"),
    "في آخر شهر": days("2016-04-24", "2016-05-24"),
    "مايو 2016": days("2016-05-01", "2016-05-31"),
    "في شهر كانون الثاني ٢٠١٦": days("2016-01-01", "2016-01-31"),
    "جانفي 2016": days("2016-01-01", "2016-01-31"),
    "24 مايو 2016": days("2016-05-24"),
    "24/05/2016": days("2016-05-24"),
    "2016-05": days("2016-05-01", "2016-05-31"),
    "صيف 2016": days("2016-06-01", "2016-08-31"),
    "صيف عام 2016": days("2016-06-01", "2016-08-31"),
    "شتاء 2016": days("2015-12-01", "2016-02-29"),
    "سنة 2016": days("2016-01-01", "2016-12-31"),
    "في عام 2016م": days("2016-01-01", "2016-12-31"),
    "عام 1433": days("2011-11-26", "2012-11-14"),
    "1433 هـ": days("2011-11-26", "2012-11-14"),
    "1433هـ": days("2011-11-26", "2012-11-14"),
    "في رمضان 1445": days("2024-03-11", "2024-04-09"),
    "شهر رمضان المبارك 1445 هـ": days("2024-03-11", "2024-04-09"),
    "رمضان 2015": days("2015-06-18", "2015-07-16"),
    "ربيع الأول 1437": days("2015-12-12", "2016-01-10"),
    "17 صفر 1433": days("2012-01-11"),
}


@pytest.mark.parametrize("text", NAMED)
def test_the_days_of_a_period(text: str) -> None:
    assert days_of(text, TODAY) == NAMED[text]


UNNAMED = [
    "", "في", "2016", "1433", "2000 م", "الماضي", "الشهر", "الجمعة الماضية", "آخر", "آخر يوم", "آخر أيام",
    "آخر ساعة", "آخر شهر رمضان", "رمضان", "صيف", "صيف 1433", "صيف حار 2016", "رمضان 3016", "31/02/2016",
    "32 مايو 2016", "1501 هـ", "9999 هـ", "منذ 3 أيام", "قصف مايو 2016", "سنة 0000", "آخر 999999 سنة",
]  # fmt: skip


@pytest.mark.parametrize("text", UNNAMED)
def test_what_names_no_period(text: str) -> None:
    assert days_of(text, TODAY) is None


@pytest.mark.parametrize("today", [date(1, 1, 1), date(9999, 12, 31), date(2016, 2, 29)])
@pytest.mark.parametrize(
    "text", ["أمس", "الأسبوع الماضي", "هذا الأسبوع", "الشهر الماضي", "العام الماضي", "آخر شهر"]
)
def test_the_calendar_may_end(text: str, today: date) -> None:
    found = days_of(text, today)
    assert found is None or found[0] <= found[1]
