"""Which numbers are read out of words, or of digits and words, and which are not."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarabic.number import number2text, text2number

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.numbers import LONGEST, numeral, table
from tests.analyzers.texts import ANY_TEXT, SECONDS, forms, tokens, unhurried

LETTERS = 200_000

RIGHT = {
    # digits before a word
    "٣ ملايين": "3000000",
    "3 ملايين": "3000000",
    "3.5 مليون": "3500000",
    "٣\N{ARABIC DECIMAL SEPARATOR}٥ مليون": "3500000",
    "2,9 مليون": "2900000",
    "302،4 ألف": "302400",
    "1,200 مليون": "1200000000",
    "12 ألف": "12000",
    "12ألف": "12000",
    "5 آلاف": "5000",
    "20 الف": "20000",
    "1.25 تريليون": "1250000000000",
    "3 آلاف و500": "3500",
    "3 آلاف و 500": "3500",
    "مليون و200 ألف": "1200000",
    "مئة و20": "120",
    # words
    "ثلاثة ملايين": "3000000",
    "خمسة آلاف": "5000",
    "خمسة الاف": "5000",
    "خمسة وعشرون": "25",
    "خمس وعشرين": "25",
    "خمسة و عشرون": "25",
    "أحد عشر": "11",
    "احد عشر": "11",
    "إحدى عشرة": "11",
    "إحدى وعشرين": "21",
    "اثنا عشر": "12",
    "الاثني عشر": "12",
    "سبع عشرة": "17",
    "ثلاثمئة": "300",
    "ثلاثمائة": "300",
    "ثلاث مئة": "300",
    "ثمانيمائة": "800",
    "خمسميه وعشرين": "520",
    "مئة وخمسون ألفا": "150000",
    "مئة وخمسون ألفاً": "150000",
    "ألفين وستة عشر": "2016",
    "مئة ألف": "100000",
    "مائه الف": "100000",
    "ألف مليون": "1000000000",
    "خمسة ملايين وسبع مئة وخمس عشرة ألف": "5715000",
    "ألف وتسعمئة وثلاث وسبعين": "1973",
    "عشرون مليونا": "20000000",
    "نصف مليون": "500000",
    "ربع مليون": "250000",
    "مليون ونصف": "1500000",
    "مليون ونصف المليون": "1500000",
    "ثلاثة ملايين ونصف مليون": "3500000",
    # clitics
    "بثلاثة ملايين": "3000000",
    "والثلاثة ملايين": "3000000",
    "للثلاثة ملايين": "3000000",
    "وبمئة ألف": "100000",
    "لأحد عشر": "11",
    "الخمسة والعشرون": "25",
    # one word
    "واحد": "1",
    "اثنين": "2",
    "خمسة": "5",
    "بخمس": "5",
    "الثلاثة": "3",
    "ست": "6",
    "عشرون": "20",
    "عشرين": "20",
    "العشرين": "20",
    "مئة": "100",
    "مائة": "100",
    "مئتي": "200",
    "ألف": "1000",
    "ألفي": "2000",
    "مليون": "1000000",
    "مليوني": "2000000",
    "مليونين": "2000000",
}
"""A text that is one number, whole."""

PIECES = {
    "خمسة وعشرة": ["5", "10"],
    "ستة وثلاثة": ["6", "3"],
    "بين مليون و3 ملايين": ["1000000", "3000000"],
    "بين 20 و30 ألف": ["30000"],
    "بين ثلاثة آلاف وخمسة آلاف": ["3000", "5000"],
    "من مئة إلى مئتين": ["100", "200"],
    "ثلاثمائة وثلاث مئة": ["300", "300"],
    "ثلاثة، ملايين": ["3"],
    "خمسة. وعشرون": ["5", "20"],
    "خمسة\nوعشرون": ["5", "20"],
    "(3) آلاف": [],
    "مليون ألف": ["1000000", "1000"],
    "مليون واحد": ["1000000", "1"],
    "مليون و1.5": ["1000000"],
    "مليون و2016": ["1000000"],
    "عام 2016 مليون شخص": ["1000000"],
    "خمسة بعشرين": ["5", "20"],
    "الأحد عشرين مايو": ["20"],
    "لا ثلاثة وبعشرين": ["3", "20"],
}
"""A text with several numbers, or with less than one might think."""

WRONG = """
24 مايو 2016
2016 3000
2016 و2017
1990 1991 1992
05 99 123 456
3,000
٥
القرن التاسع عشر
الثانية عشرة
الخامس والعشرين
الحادي و العشرون
الاثنين 20 مايو
أحد
إحدى
اثنا
آلاف
الملايين
مئات الآلاف
عشرات
مليونا ونصف المليون
ألفا ومئتي
ثلاثة أرباع
50 في المئة
50 بالمائة
مية
ميه
الف
الفان
لست
وست
الست
وتسع
السبع
الخمس
نصف
ربع
صفر
و
وو
الثلاثاء
الأربعاء
الخميس
واحة
"""
"""Texts without a number but in digits."""


def numbers(text: str) -> list[tuple[str, str]]:
    """What is read out of a text: the words, and what they amount to."""
    return [(token.surface, token.forms.stem[0]) for token in tokens(text) if not token.forms.exact]


@pytest.mark.parametrize(("text", "value"), RIGHT.items(), ids=RIGHT)
def test_a_number_is_read_whole(text: str, value: str) -> None:
    assert numbers(text) == [(text, value)]


@pytest.mark.parametrize(("text", "expected"), PIECES.items(), ids=PIECES)
def test_what_stands_side_by_side_is_not_summed(text: str, expected: list[str]) -> None:
    assert [value for _, value in numbers(text)] == expected


@pytest.mark.parametrize("text", WRONG.strip().splitlines())
def test_what_is_no_number_is_none(text: str) -> None:
    assert numbers(text) == []


def test_a_number_stands_right_after_its_first_word_at_its_place() -> None:
    found = [(token.surface, token.position) for token in tokens("قتل ثلاثة ملايين وخمسة جنود")]
    assert found == [
        ("قتل", 0),
        ("ثلاثة", 1),
        ("ثلاثة ملايين وخمسة", 1),
        ("ملايين", 2),
        ("وخمسة", 3),
        ("جنود", 4),
    ]


def test_words_keep_their_own_terms() -> None:
    words = [token.forms for token in tokens("ثلاثة ملايين") if token.forms.exact]
    assert words == [forms("ثلاثة"), forms("ملايين")]


@given(st.integers(1, 999_999_999))
@unhurried
def test_what_pyarabic_writes_is_read_as_the_same(value: int) -> None:
    text = number2text(value)
    assert numbers(text) == [(text, str(value))]


@pytest.mark.parametrize(
    "text", [text for text, value in RIGHT.items() if text2number(text) == int(value)][:20]
)
def test_where_pyarabic_reads_the_same(text: str) -> None:
    assert numbers(text) == [(text, str(text2number(text)))]


@given(st.lists(st.sampled_from([*table(), "و", "3", "2016", "1.5", ",", "،", "\n", "ال"]), max_size=30))
@unhurried
def test_any_words_of_numbers_are_read(words: list[str]) -> None:
    text = " ".join(words)
    for token in tokens(text):
        assert text[token.start : token.end] == token.surface
        assert token.forms.exact or len(token.surface.split()) <= LONGEST


@given(ANY_TEXT)
@unhurried
def test_positions_never_fall(text: str) -> None:
    positions = [token.position for token in tokens(text)]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    "text",
    ["ثلاثة ", "وعشرون", "مليون و", "9", "3 ", "خمسة وعشرون ألف مليون و", "3" + " " * 1000, "،3"],
    ids=["units", "one-word", "sums", "one-numeral", "numerals", "long", "spaces", "commas"],
)
def test_time_is_linear(text: str) -> None:
    long = (text * LETTERS)[:LETTERS]
    begun = time.perf_counter()
    assert tokens(long)
    assert time.perf_counter() - begun < SECONDS


@pytest.mark.parametrize(
    ("value", "expected"), [("3E+6", "3000000"), ("12.50", "12.5"), ("100", "100"), ("0.25", "0.25")]
)
def test_a_value_is_written_in_plain_digits(value: str, expected: str) -> None:
    assert numeral(Decimal(value)) == expected


def test_the_table_says_each_word_once_and_of_a_known_sort() -> None:
    rows = load_rows("numbers.tsv")
    assert len({word for word, _, _ in rows}) == len(rows)
    assert {sort for _, _, sort in rows} == {"bare", "bound", "fraction", "ordinal", "parts", "plain"}
