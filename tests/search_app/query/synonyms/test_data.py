"""The shipped tables of synonyms: clean, with their source, and rows that bring together what is apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from kashshaf.analyzers import letters
from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.data import load_rows, load_words
from kashshaf.search_app.query.synonyms import data
from kashshaf.search_app.query.synonyms.shipped import DIALECT, NAMES, shipped
from kashshaf.search_app.query.synonyms.synonym_file import MOST_TERMS, MOST_WORDS

FOLDER = Path(data.__file__).parent
ANALYZER = Analyzer()
REGIONS = {"الشام", "مصر", "الخليج", "العراق", "المغرب", "تونس"}


def known(term: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        token.forms.stem or token.forms.folded for token in ANALYZER.tokens(term) if token.forms.exact
    )


def test_every_table_is_read() -> None:
    assert {path.name for path in FOLDER.glob("*.tsv")} == {*NAMES, DIALECT}


@pytest.mark.parametrize("name", [*NAMES, DIALECT])
def test_a_table_is_sorted_unique_composed_and_says_its_source(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    head = re.match(r"(#.*\n)+", text)
    assert head
    assert re.search(r"^# Source: \S", head[0], re.MULTILINE)
    assert re.search(r"^# Licence: \S", head[0], re.MULTILINE)
    lines = load_words(name, data.__name__)
    assert list(lines) == sorted(set(lines))
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(f"[{letters.MARKS}{letters.INVISIBLE}{letters.PRESENTED}{letters.TATWEEL}]", text)


@pytest.mark.parametrize("rule", shipped(), ids=lambda rule: rule.names[0])
def test_terms_are_names_and_not_too_many(rule: tuple[tuple[str, ...], tuple[str, ...], bool]) -> None:
    names, others, _ = rule
    assert names == others
    assert 2 <= len(names) == len(set(names)) <= MOST_TERMS
    assert all(1 <= len(known(name)) <= MOST_WORDS and name == name.strip() for name in names)


@pytest.mark.parametrize("name", NAMES)
def test_the_analysis_does_not_bring_terms_together_already(name: str) -> None:
    for row in load_rows(name, data.__name__):
        words = [term for term in row if len(known(term)) == 1]  # of several words, each letter counts
        met = Counter(map(known, words))
        assert [term for term in words if met[known(term)] > 1] == []


def test_a_name_stands_in_one_row() -> None:
    rows = [{known(term) for term in row} for name in NAMES for row in load_rows(name, data.__name__)]
    names = Counter(name for row in rows for name in row)
    assert [name for name, times in names.items() if times > 1] == []


def test_cells_of_dialects_name_a_region_and_words() -> None:
    for _, *cells in load_rows(DIALECT, data.__name__):
        assert cells
        for cell in cells:
            region, _, words = cell.partition(": ")
            assert region in REGIONS
            assert all(word and word == word.strip() for word in words.split(", "))


LEFT_OUT = ["أبي", "عيش", "مرة", "قوي", "ناسا", "كاف", "حماس", "الفاو", "WHO"]


@pytest.mark.parametrize("word", LEFT_OUT)
def test_words_that_mean_something_else_are_left_out(word: str) -> None:
    assert not [rule for rule in shipped() if word in rule.names]
