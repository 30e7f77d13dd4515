"""The file of pins: its tables, its mistakes by line, and the queries that have one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.index.errors import SettingsError
from kashshaf.search_app.query.edited.pins import NO_PIN, NO_PINS, Pin, read_pins
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import read
from tests.search_app.query.language.typed import TODAY

ANALYZER = Analyzer()
NAMED = Path("pins.toml")
FILE = """# ما يثبته المحرر
[[pin]]
query = "أسعار المدارس"
articles = ["a", "b", "a"]
hide = ["c"]

[[pin]]
query = "ماذا"
hide = ["d"]
"""
PRICES = Pin("أسعار المدارس", ("a", "b"), ("c",))


def pin_of(typed: str) -> Pin:
    return read_pins(FILE, NAMED).of(read(parse(typed, TODAY), ANALYZER), ANALYZER)


@pytest.mark.parametrize("typed", ["أسعار المدارس", "اسعار مدارس", "سعر المدرسه", "الأسعار في المدارس"])
def test_the_words_of_a_pin_are_known_in_any_form(typed: str) -> None:
    assert pin_of(typed) == PRICES


@pytest.mark.parametrize(
    "typed",
    ["المدارس", "المدارس أسعار", "أسعار المدارس الخاصة", '"أسعار المدارس"', "أسعار المدارس -الخاصة", ""],
)
def test_another_query_has_none(typed: str) -> None:
    assert pin_of(typed) == NO_PIN


def test_a_query_of_stop_words_is_known_by_them() -> None:
    assert pin_of("ماذا").hide == ("d",)
    assert pin_of("لماذا") == NO_PIN


def test_without_a_file_nothing_is_pinned() -> None:
    assert NO_PINS.of(read(parse("أسعار", TODAY), ANALYZER), ANALYZER) == NO_PIN


MISTAKES = [
    ('[[pin]]\nquery = "أ', "line 2: this is not TOML"),
    ('[[pin]]\narticles = ["a"]', "line 1: this pin has no query"),
    ('\n[[pin]]\nquery = " "\narticles = ["a"]', "line 2: this pin has no query"),
    ('[[pin]]\nquery = "؟ -"\narticles = ["a"]', "line 1: this pin has no query with a word in it"),
    ('[[pin]]\nquery = "أ"', "line 1: this pin does nothing"),
    ('[[pin]]\nquery = "أ"\narticles = "a"', "line 1: articles is a list of ids"),
    ('[[pin]]\nquery = "أ"\nhide = [1]', "line 1: hide is a list of ids"),
    ('[[pin]]\nquery = "أ"\nurl = ["a"]', "line 1: a pin has query, articles and hide, and nothing else"),
    ('[[pin]]\nquery = "أ"\nhide = ["a"]\narticles = ["a"]', "line 1: the article 'a' is pinned and hidden"),
    ('[[pins]]\nquery = "أ"', "a pin begins with the line [[pin]]"),
    ('pin = "أ"', "a pin begins with the line [[pin]]"),
    ('pin = ["أ"]', "a pin has query, articles and hide"),
    (
        f'[[pin]]\nquery = "أ"\nhide = {[str(number) for number in range(21)]}',
        "hide has 21 ids; 20 is the most",
    ),
]


@pytest.mark.parametrize(("text", "says"), MISTAKES)
def test_a_mistake_is_told_with_its_line(text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=r"^pins\.toml") as told:
        read_pins(text, NAMED)
    assert says in str(told.value)
