"""Every word list of the index is clean, says where it comes from, and has words that no rule tells apart."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, get_args
from zoneinfo import available_timezones

import pytest

from kashshaf.analyzers import letters
from kashshaf.analyzers.data import load_rows, load_words
from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.dates.ages import Unit
from kashshaf.index.dates.words import rows
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(
    path for folder in ("dates", "stories") for path in (ROOT / "index" / folder / "data").glob("*.t?[tv]")
)
LISTS = [pytest.param(path.name, f"index.{path.parts[-3]}.data", id=path.name) for path in FILES]
CELLS = {
    "units": set(get_args(Unit)),
    "named_ages": set(get_args(Unit)),
    "age_words": {"lead", "about", "compared", "some", "past", "now", "moment"},
    "date_words": {"filler", "era", "hijri", "link", "issue"},
    "date_labels": {"published", "updated", "filler", "clock"},
    "halves": {"morning", "evening", "noon", "night"},
    "zones": available_timezones(),
    "months": {str(number) for number in range(1, 13)},
    "libyan_months": {str(number) for number in range(1, 13)},
    "hijri_months": {str(number) for number in range(1, 13)},
    "cldr_names": {"day", "month"},
    "weekdays": {str(number) for number in range(7)},
    "numbers": {str(number) for number in (*range(1, 11), *range(20, 100, 10))},
    "fractions": {"2", "3", "4"},
}
"""The values of the second column of each table."""


def test_every_list_is_tested() -> None:
    assert {path.stem for path in FILES if path.suffix == ".tsv"} == CELLS.keys()
    assert len(LISTS) > len(CELLS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_source_and_licence_stand_in_the_head(path: Path) -> None:
    text = path.read_text("utf-8")
    head = re.match(r"(#.*\n)+", text)
    assert head
    assert re.search(r"^# Source: \S", head[0], re.MULTILINE)
    assert re.search(r"^# Licence: \S", head[0], re.MULTILINE)
    assert "#" not in text[head.end() :]


@pytest.mark.parametrize(("name", "package"), LISTS)
def test_words_are_sorted_unique_and_composed(name: str, package: str) -> None:
    lines = load_words(name, package)
    assert lines
    assert list(lines) == sorted(set(lines))
    assert all(unicodedata.is_normalized("NFC", line) and line == line.strip() for line in lines)
    assert not re.search(f"[{letters.MARKS}{letters.INVISIBLE}{letters.PRESENTED}]", "".join(lines))


@pytest.mark.parametrize(("name", "package"), LISTS)
def test_no_two_words_fold_to_one(name: str, package: str) -> None:
    folded = [fold_text(word) for word, *_ in load_rows(name, package)]
    assert sorted(word for word in set(folded) if folded.count(word) > 1) == []


@pytest.mark.parametrize("table", CELLS)
def test_cells_are_of_their_column(table: str) -> None:
    found = rows(table)
    assert {row[1] for row in found} <= CELLS[table]
    assert {len(row) for row in found} == {3 if table in ("units", "named_ages", "cldr_names") else 2}
