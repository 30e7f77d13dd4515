"""The form typed, with and without its clitics."""

from __future__ import annotations

import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import read
from tests.search_app.query.language.typed import TODAY

ANALYZER = Analyzer()

FORMS = [
    # typed, among the forms, not among them
    ("كتاب", ["كتاب", "الكتاب", "والكتاب", "للكتاب"], ["كتب", "كتابهم"]),
    ("والكتاب", ["والكتاب", "كتاب", "بالكتاب"], ["كتب"]),
    ("مدارس", ["مدارس", "المدارس", "بالمدارس"], ["مدرسة", "المدرسة"]),
    ("وزير", ["وزير", "الوزير", "لوزير"], ["زير", "الزير"]),
]


@pytest.mark.parametrize(("typed", "forms", "others"), FORMS, ids=[row[0] for row in FORMS])
def test_clitics_make_no_other_form(typed: str, forms: list[str], others: list[str]) -> None:
    found = read(parse(typed, TODAY), ANALYZER).spellings
    assert found[0] == typed
    assert {*forms} <= {*found}
    assert not {*others} & {*found}


@pytest.mark.parametrize("typed", ["من", "كتاب نادر", '"كتاب"', "=كتاب", "", "؟"])
def test_only_a_query_of_one_loose_word_has_them(typed: str) -> None:
    assert read(parse(typed, TODAY), ANALYZER).spellings == ()
