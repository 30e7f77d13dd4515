"""Every table of words is clean, says where it comes from, and is shipped."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from fnmatch import fnmatch
from pathlib import Path

import pytest

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.indexer.sources import data
from kashshaf.indexer.sources.data import load_rows
from tests.conftest import ROOT

FOLDER = Path(data.__file__).parent
TABLES = sorted(file.name for file in FOLDER.glob("*.tsv"))


def test_the_folder_holds_tables_and_their_reader_alone() -> None:
    others = {file.name for file in FOLDER.iterdir()} - set(TABLES)
    assert others - {"__pycache__"} == {"__init__.py"}
    assert TABLES


@pytest.mark.parametrize("name", TABLES)
def test_source_and_licence_stand_in_the_head(name: str) -> None:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    head = "\n".join(line for line in lines if line.startswith("#"))
    assert re.search(r"^# Source: \S", head, re.MULTILINE)
    assert re.search(r"\bLicence: \S", head)
    assert "\n".join(lines).startswith(head)


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_sorted_unique_composed_and_trimmed(name: str) -> None:
    rows = load_rows(name)
    assert list(rows) == sorted(rows)
    assert len({fold_text(first) for first, *_ in rows}) == len(rows)
    for cell in (cell for row in rows for cell in row):
        assert cell == cell.strip() != ""
        assert unicodedata.is_normalized("NFC", cell)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_shipped(name: str) -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    assert any(fnmatch(name, pattern) for pattern in tools["package-data"][data.__name__])


def test_bylines_say_where_a_label_needs_no_colon() -> None:
    assert {place for _, place in load_rows("bylines.tsv")} == {"anywhere", "above the text", "with a colon"}
