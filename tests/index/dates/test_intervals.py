"""Bounds as people type them, and the months that a span lies in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kashshaf.index.dates.intervals import Days, day_span, months, parse_bound, span
from kashshaf.index.errors import UsageError

RIYADH, BEIRUT = ZoneInfo("Asia/Riyadh"), ZoneInfo("Asia/Beirut")


def days(first: str, last: str = "") -> Days:
    return date.fromisoformat(first), date.fromisoformat(last or first)


BOUNDS = {
    "2016": days("2016-01-01", "2016-12-31"),
    "٢٠١٦": days("2016-01-01", "2016-12-31"),
    "2016-05": days("2016-05-01", "2016-05-31"),
    "2016-2": days("2016-02-01", "2016-02-29"),
    "2016-05-24": days("2016-05-24"),
    "24/05/2016": days("2016-05-24"),
    "۲۴/۵/۲۰۱۶": days("2016-05-24"),
    " 2016-05-24T23:30:00+03:00 ": days("2016-05-24"),
    "1433": days("2011-11-26", "2012-11-14"),
    "١٤٣٣": days("2011-11-26", "2012-11-14"),
    "1433-09": days("2012-07-20", "2012-08-18"),
    "1433-9": days("2012-07-20", "2012-08-18"),
    "1433-12": days("2012-10-17", "2012-11-14"),
    "1433-09-01": days("2012-07-20"),
    "١/٩/١٤٣٣": days("2012-07-20"),
    "1343": days("1924-08-01", "1925-07-22"),
    "1500": days("2076-11-27", "2077-11-16"),
    "1501": days("1501-01-01", "1501-12-31"),
    "1199": days("1199-01-01", "1199-12-31"),
    "9999-12": days("9999-12-01", "9999-12-31"),
}
NO_BOUNDS = [
    "x", "16", "201", "20166", "2016-13", "2016-00", "2016-02-30", "30/02/2016", "0000", "1342", "1200-01",
    "1433-13", "1433-09-31", "1433-02-30", "1433-00", "2016-05-24-x", "2016/05", "²٠١٦",
]  # fmt: skip


@pytest.mark.parametrize("text", BOUNDS)
def test_a_bound_as_typed(text: str) -> None:
    assert parse_bound(text, "from") == BOUNDS[text]


@pytest.mark.parametrize("text", NO_BOUNDS)
def test_what_is_no_bound_is_answered_with_the_forms(text: str) -> None:
    with pytest.raises(UsageError, match=r"to cannot be .*2016-05.*1343 to 1500.*1433-09") as error:
        parse_bound(text, "to")
    assert error.value.param == "to"


def test_no_text_is_no_bound() -> None:
    assert parse_bound("  ", "from") is None


MONTHS = [
    ("2016-05-24T10:00:00+03:00", "second", ("2016-05",)),
    ("2016-05-31T22:00:00+00:00", "second", ("2016-06",)),  # an hour after midnight in Riyadh
    ("2016-05-31", "day", ("2016-05",)),
    ("2016-05", "month", ("2016-05",)),
    ("2016-12-31T20:59:59+00:00", "second", ("2016-12",)),
    ("2016", "year", tuple(f"2016-{month:02}" for month in range(1, 13))),
]


@pytest.mark.parametrize(("iso", "precision", "found"), MONTHS)
def test_the_months_of_a_date(iso: str, precision: str, found: tuple[str, ...]) -> None:
    whole = iso if len(iso) > 7 else f"{iso}-01-01"[:10]
    assert months(span(whole, precision, RIYADH), RIYADH) == found


def test_a_year_of_another_zone_reaches_into_its_neighbours() -> None:
    assert months(span("2016-01-01T00:00:00+14:00", "year", RIYADH), RIYADH)[:2] == ("2015-12", "2016-01")


def test_years_that_are_read_as_hijri_have_no_months() -> None:
    assert months(span("1433-02-17", "day", RIYADH), RIYADH) == ()
    assert months(span("1501-02-17", "day", RIYADH), RIYADH) == ("1501-02",)


@pytest.mark.parametrize("found", [(0, 10**12), (-(10**14), -(10**14)), (10**18, 10**18)])
def test_spans_beyond_the_calendar_have_no_months(found: tuple[int, int]) -> None:
    assert months(found, RIYADH) == ()


@pytest.mark.parametrize("zone", [UTC, RIYADH, BEIRUT, ZoneInfo("Africa/Cairo"), ZoneInfo("Asia/Amman")])
def test_every_second_of_a_month_lies_between_its_bounds(zone: ZoneInfo) -> None:
    """Also where clocks go back at midnight: the last hour of September 1995 came twice in Cairo."""
    for year in (1995, 2005, 2016):
        first, last = day_span(date(year, 1, 1), date(year, 12, 31), zone)
        for second in range(first, last + 1, 1801):
            (month,) = months((second, second), zone)
            day = datetime.fromtimestamp(second, zone).date()
            begin, end = parse_bound(month, "from") or days("0001-01-01")
            assert day_span(begin, begin, zone)[0] <= second <= day_span(end, end, zone)[1]
            assert (day.year, day.month) == (begin.year, begin.month)
