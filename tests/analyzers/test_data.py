"""Every shipped word list is clean, says where it comes from, and is shipped."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from fnmatch import fnmatch
from pathlib import Path

import pytest

from kashshaf.analyzers import data, letters
from kashshaf.analyzers.data import load_rows, load_text, load_words
from kashshaf.analyzers.orthography.folding import fold_letters
from tests.analyzers.texts import forms
from tests.conftest import ROOT

FOLDER = Path(data.__file__).parent
LISTS = sorted(file.name for file in FOLDER.iterdir() if file.suffix == ".txt")
TABLES = sorted(file.name for file in FOLDER.iterdir() if file.suffix == ".tsv")
HAND_MADE = ("irregular.tsv", "places.tsv", "spellings.tsv")
AS_WRITTEN = {"probes.txt"}
"""Lists of words as they stand in texts, so with marks and presentation forms: the rules' own probes."""

SHAPED = re.compile(f"[{letters.PRESENTED}{letters.PRESENTED_MARKS}]")
UNSEEN = re.compile(f"[{letters.MARKS}{letters.INVISIBLE}{letters.TATWEEL}]")


def head(name: str) -> str:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if line.startswith("#"))


def test_the_folder_holds_lists_and_their_reader_alone() -> None:
    others = {file.name for file in FOLDER.iterdir()} - {*LISTS, *TABLES}
    packed = {"base_list.bin"}  # of two of the tables; tests/analyzers/test_base_list.py
    assert others - {"__pycache__"} == {"__init__.py"} | packed


@pytest.mark.parametrize("name", [*LISTS, *TABLES])
def test_source_and_licence_stand_in_the_head(name: str) -> None:
    assert re.search(r"^# Source: \S", head(name), re.MULTILINE)
    assert re.search(r"\bLicence: \S", head(name))


@pytest.mark.parametrize("name", [*LISTS, *TABLES])
def test_a_list_in_one_go_is_its_lines(name: str) -> None:
    assert load_text(name) == "\n".join(load_words(name))


@pytest.mark.parametrize("name", [*LISTS, *TABLES])
def test_the_head_comes_first(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8").startswith(head(name) + "\n")


@pytest.mark.parametrize("name", LISTS)
def test_words_are_sorted_and_unique(name: str) -> None:
    words = load_words(name)
    assert words
    assert list(words) == sorted(set(words))


@pytest.mark.parametrize("name", LISTS)
def test_words_are_composed_and_trimmed(name: str) -> None:
    for word in load_words(name):
        assert unicodedata.is_normalized("NFC", word)
        assert word == word.strip()


@pytest.mark.parametrize("name", sorted(set(LISTS) - AS_WRITTEN))
def test_words_are_as_at_the_exact_level(name: str) -> None:
    for word in load_words(name):
        assert not SHAPED.search(word)
        assert not UNSEEN.search(word)
        assert forms(word).exact == (word,)


@pytest.mark.parametrize("name", sorted(AS_WRITTEN))
def test_words_as_written_are_of_every_shape(name: str) -> None:
    text = "\n".join(load_words(name))
    assert SHAPED.search(text)
    assert UNSEEN.search(text)


@pytest.mark.parametrize("name", [*LISTS, *TABLES])
def test_every_list_is_shipped(name: str) -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    assert any(fnmatch(name, pattern) for pattern in tools["package-data"][data.__name__])


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_sorted_and_unique(name: str) -> None:
    rows = load_words(name)
    assert list(rows) == sorted(set(rows))


@pytest.mark.parametrize("name", HAND_MADE)
def test_rows_are_of_words_as_at_the_exact_level(name: str) -> None:
    for row in load_rows(name):
        assert len(row) > (name != "spellings.tsv")
        for word in row:
            assert forms(word).exact == (word,)


@pytest.mark.parametrize("name", HAND_MADE)
def test_a_form_stands_for_one_word_alone(name: str) -> None:
    found = [fold_letters(form) for _, *others in load_rows(name) for form in others]
    assert sorted(form for form in set(found) if found.count(form) > 1) == []


@pytest.mark.parametrize("name", HAND_MADE)
def test_folding_in_one_pass_is_what_the_chain_does(name: str) -> None:
    for row in load_rows(name):
        for word in row:
            assert forms(word).folded == (fold_letters(word),)


def test_the_base_list_is_folded_and_small() -> None:
    rows = load_rows("base.tsv")
    assert 100_000 <= len(rows) <= 150_000
    assert (FOLDER / "base.tsv").stat().st_size < 2_500_000
    assert all(fold_letters(word) == word and int(count) > 1 for word, count in rows)
