"""Dates as pages state them: a table a reader of Arabic can check."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.index.dates import hijri
from kashshaf.index.dates.parser import When, is_age, looks_like_date, parse_date, why_not
from tests.index.dates.tables import AGES, CLOCKS, HIJRI, HIJRI_MONTHS, MARKED, NONE, NOTED, STATED, VAGUE

NOON = datetime(2024, 3, 24, 12, tzinfo=UTC)


def _ids(rows: list[tuple[str, ...]]) -> list[str]:
    return [row[0] for row in rows]


@pytest.mark.parametrize(("rule", "text", "iso", "precision"), STATED, ids=_ids(STATED))  # type: ignore[arg-type]
def test_a_stated_date(rule: str, text: str, iso: str, precision: str) -> None:
    found = parse_date(text, NOON, UTC)
    assert found is not None, rule
    assert (found.iso, found.precision, found.relative) == (iso, precision, False)
    assert looks_like_date(text) is (rule != "iso year")


@pytest.mark.parametrize(("rule", "text", "iso", "precision"), AGES, ids=_ids(AGES))  # type: ignore[arg-type]
def test_an_age_is_counted_back(rule: str, text: str, iso: str, precision: str) -> None:
    found = parse_date(text, NOON, UTC)
    assert found is not None, rule
    assert (found.iso, found.precision, found.relative) == (iso, precision, True)
    assert is_age(text)


@pytest.mark.parametrize(("rule", "text"), NONE, ids=_ids(NONE))  # type: ignore[arg-type]
def test_what_cannot_be_is_not_guessed(rule: str, text: str) -> None:
    assert parse_date(text, NOON, UTC) is None, rule


@pytest.mark.parametrize(("rule", "text"), HIJRI, ids=_ids(HIJRI))  # type: ignore[arg-type]
def test_a_hijri_date(rule: str, text: str) -> None:
    found = parse_date(text, NOON, UTC)
    wanted = "2012-01-24" if rule.startswith("a day of 30") else MARKED
    assert found is not None, rule
    assert (found.iso, found.precision, found.relative) == (wanted, "day", False)
    assert looks_like_date(text)
    by_year = rule in ("in figures, by its year", "in ISO's form, by its year")
    assert bool(found.notes) is by_year


@pytest.mark.parametrize(("text", "iso"), HIJRI_MONTHS)
def test_every_hijri_month_in_its_spellings(text: str, iso: str) -> None:
    assert parse_date(text, NOON, UTC) == When(iso, "day")


@pytest.mark.parametrize(("rule", "text", "iso"), CLOCKS, ids=_ids(CLOCKS))  # type: ignore[arg-type]
@pytest.mark.parametrize(
    "form", ["{} 2012/01/11", "11 يناير 2012 - {}", "17 صفر 1433هـ - 11 يناير 2012م، {}"]
)
def test_a_time_of_day(form: str, rule: str, text: str, iso: str) -> None:
    assert parse_date(form.format(text), NOON, UTC) == When(f"2012-01-11T{iso}", "second"), rule


@pytest.mark.parametrize(("rule", "text", "iso", "note"), NOTED, ids=_ids(NOTED))  # type: ignore[arg-type]
def test_what_does_not_fit_is_said(rule: str, text: str, iso: str, note: str) -> None:
    found = parse_date(text, NOON, UTC)
    assert found is not None, rule
    assert found.iso == iso
    assert any(note in each for each in found.notes)


def test_a_hijri_month_stands_for_the_gregorian_one_of_its_middle() -> None:
    assert parse_date("رمضان 1433هـ", NOON, UTC) == When(
        "2012-08-01",
        "month",
        notes=("of a Hijri month, the Gregorian month that has most of its days was kept",),
    )


@given(st.integers(hijri.FIRST_YEAR, hijri.LAST_YEAR), st.integers(1, 12), st.integers(1, 28))
def test_every_hijri_day_is_read_as_the_library_has_it(year: int, month: int, day: int) -> None:
    found = parse_date(f"{day}/{month}/{year}هـ", NOON, UTC)
    assert found == When(Hijri(year, month, day).to_gregorian().isoformat(), "day")


def test_hostile_text_costs_no_time() -> None:
    start = time.process_time()
    for text in ("م" * 120, "1 " * 60, "12:" * 40, "1/1/" * 30, "صفر " * 30, "منذ 1 " * 20, "\u064b" * 120):
        looks_like_date(text)
        why_not(text)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", VAGUE)
def test_an_age_without_a_length_is_known_and_not_guessed(text: str) -> None:
    assert looks_like_date(text)
    assert parse_date(text, NOON, UTC) is None


def test_an_impossible_date_is_still_in_the_form_of_one() -> None:
    assert looks_like_date("31/02/2016")


def test_a_time_of_day_is_in_the_zone() -> None:
    assert parse_date("07:08 ص 2012/01/11", NOON, ZoneInfo("Asia/Riyadh")) == When(
        "2012-01-11T07:08:00+03:00", "second"
    )


def test_hours_are_counted_across_a_clock_change() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    base = datetime(2024, 3, 31, 2, tzinfo=beirut)
    found = parse_date("قبل ساعتين", base, beirut)
    assert found == When("2024-03-30T23:00:00+02:00", "second", relative=True)


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
    found = parse_date(text, NOON, ZoneInfo("Asia/Beirut"))
    assert found is None or datetime.fromisoformat(found.iso).year
    looks_like_date(text)
    is_age(text)
