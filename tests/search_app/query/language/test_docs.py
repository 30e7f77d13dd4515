"""The examples of docs/query-language.md are read as it says."""

from __future__ import annotations

import re

import pytest

from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse
from tests.conftest import ROOT
from tests.search_app.query.language.typed import TODAY

PAGE = (ROOT / "docs" / "query-language.md").read_text(encoding="utf-8")
EXAMPLES = [
    (typed.replace("\\|", "|"), read)
    for typed, read in re.findall(r"^\| `(.+?)` \| `(.+?)` \| .+ \|$", PAGE, re.MULTILINE)
]


def test_every_row_of_the_tables_is_an_example() -> None:
    assert len(EXAMPLES) == len(re.findall(r"^\| `", PAGE, re.MULTILINE))


@pytest.mark.parametrize(("typed", "read"), EXAMPLES, ids=[typed for typed, _ in EXAMPLES])
def test_an_example_is_read_as_the_page_says(typed: str, read: str) -> None:
    assert canonical(parse(typed, TODAY)) == read
    assert canonical(parse(read, TODAY)) == read
