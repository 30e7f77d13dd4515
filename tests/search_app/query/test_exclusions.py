"""Exclusions are taken out of the tree of a query."""

from __future__ import annotations

import pytest

from kashshaf.search_app.query.exclusions import sides
from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.language.tree import Query
from tests.search_app.query.language.typed import TODAY

APART = [
    # typed, wanted, excluded, inside an Or
    ("نفط غاز", "نفط غاز", "", False),
    ("نفط -غاز", "نفط", "غاز", False),
    ("-غاز", "", "غاز", False),
    ("نفط و -غاز و فحم", "نفط و فحم", "غاز", False),
    ("-(نفط أو غاز)", "", "نفط أو غاز", False),
    ("-(نفط و -غاز)", "", "نفط", False),
    ("(نفط -غاز) أو فحم", "نفط أو فحم", "غاز", True),
    ("نفط أو -غاز", "نفط", "غاز", True),
    ("عنوان:(نفط -غاز)", "عنوان:نفط", "عنوان:غاز", False),
    ("عنوان:-غاز نفط", "نفط", "عنوان:غاز", False),
]


@pytest.mark.parametrize(("typed", "wanted", "excluded", "inside"), APART, ids=[row[0] for row in APART])
def test_both_sides(typed: str, wanted: str, excluded: str, inside: bool) -> None:
    found = sides(parse(typed, TODAY).parts)
    assert canonical(Query(tuple(found.wanted))) == wanted
    assert canonical(Query(tuple(found.excluded))) == excluded
    assert found.inside is inside
