"""The relation of a form found to the form typed: named where it is proved, right and wrong examples."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.data import load_rows, load_words
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.search_app.explain import data
from kashshaf.search_app.explain.relations import is_plural, relation

if TYPE_CHECKING:
    from kashshaf.analyzers.arabic import Token

ANALYZER = Analyzer()
NAME = "plurals.tsv"

RELATIONS = [
    ("وزير", "وزير", ""),
    ("وَزير", "وزير", ""),  # marks are no letters
    ("الفلوجة", "الفلوجه", "«الفلوجه» برسم آخر"),
    ("امريكا", "أمريكا", "«أمريكا» برسم آخر"),
    ("الوزير", "وزير", "«وزير» بلام التعريف"),
    ("وزير", "الوزير", "«الوزير» بلا لام التعريف"),
    ("للوزير", "وزير", "«وزير» وقبله «لل»"),
    ("وبوزير", "وزير", "«وزير» وقبله «وب»"),
    ("بالوزير", "الوزير", "«الوزير» وقبله «ب»"),
    ("الوزراء", "وزير", "جمع «وزير»"),
    ("وزير", "الوزراء", "مفرد «الوزراء»"),
    ("المدارس", "مدرسة", "جمع «مدرسة»"),
    ("سيارات", "سيارة", "جمع «سيارة»"),
    ("قرارات", "قرار", "جمع «قرار»"),
    ("ملكات", "ملك", "صيغة أخرى من «ملك»"),
    ("أقلام", "قلم", "جمع «قلم»"),
    ("سيارتين", "سيارة", "صيغة أخرى من «سيارة»"),  # two, not a plural
    ("معلمين", "معلم", "صيغة أخرى من «معلم»"),  # two, or more
    ("كتب", "كتاب", "صيغة أخرى من «كتاب»"),  # books, or "he wrote"
    ("وزيرنا", "وزير", "صيغة أخرى من «وزير»"),
    ("قالت", "قال", "صيغة أخرى من «قال»"),
    ("السوري", "سوريا", "نسبة إلى «سوريا»"),
    ("السورية", "سوريا", "نسبة إلى «سوريا»"),
    ("سوريا", "سوري", "ما يُنسب إليه «سوري»"),
    ("جانفي", "يناير", "اسم آخر للشهر «يناير»"),
    ("يناير", "جانفي", "اسم آخر للشهر «جانفي»"),
]


def word(text: str) -> Token:
    return next(ANALYZER.tokens(text))


@pytest.mark.parametrize(("found", "typed", "says"), RELATIONS)
def test_a_relation_is_said_where_it_is_proved(found: str, typed: str, says: str) -> None:
    assert relation(word(found), word(typed), ANALYZER) == says


@pytest.mark.parametrize("row", load_rows(NAME, data.__name__), ids=lambda row: row[2])
def test_a_pattern_holds_for_its_example(row: list[str]) -> None:
    _, _, plural, singular = row
    assert is_plural(fold_letters(plural), fold_letters(singular))
    assert not is_plural(fold_letters(singular), fold_letters(plural))


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("وزراء", "سفير"), ("كتب", "كتاب"), ("شجر", "شجرة"), ("سيارتين", "سيارة"), ("ملوك", "مالك"), ("ات", "")],
)
def test_other_pairs_have_no_pattern(plural: str, singular: str) -> None:
    assert not is_plural(fold_letters(plural), fold_letters(singular))


def test_the_table_is_sorted_unique_composed_and_says_its_source() -> None:
    text = (Path(data.__file__).parent / NAME).read_text("utf-8")
    head = re.match(r"(#.*\n)+", text)
    assert head
    assert re.search(r"^# Source: \S", head[0], re.MULTILINE)
    assert re.search(r"^# Licence: \S", head[0], re.MULTILINE)
    lines = load_words(NAME, data.__name__)
    assert list(lines) == sorted(set(lines))
    assert unicodedata.is_normalized("NFC", text)
