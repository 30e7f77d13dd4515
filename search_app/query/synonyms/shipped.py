"""The shipped synonyms: countries and agencies, words of print that differ by region, words of dialects."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kashshaf.analyzers.data import load_rows
from kashshaf.search_app.query.synonyms import data
from kashshaf.search_app.query.synonyms.synonym_file import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("agencies.tsv", "countries.tsv", "regional.tsv")
"""Tables of names that mean the same, a row each."""
DIALECT = "dialect.tsv"
"""A table of words of print; each further cell has a region and its words that mean the same."""


@cache
def shipped() -> tuple[Rule, ...]:
    """The rules of every shipped table."""
    rows = (tuple(row) for name in NAMES for row in load_rows(name, data.__name__))
    dialect = (tuple(dict.fromkeys(_words(row))) for row in load_rows(DIALECT, data.__name__))
    return (*(Rule(row, row) for row in rows), *(Rule(row, row, dialect=True) for row in dialect))


def _words(row: list[str]) -> Iterator[str]:
    standard, *regions = row
    yield standard
    for cell in regions:
        yield from cell.partition(": ")[2].split(", ")
