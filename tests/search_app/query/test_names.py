"""Names typed in a field, and the whole names they stand for."""

from __future__ import annotations

import pytest

from kashshaf.index.names import folded_name
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.names import MOST_NAMES, with_whole_names
from tests.search_app.query.language.typed import TODAY

AUTHORS = ("سالم الخوري", "أحمد سالم", "سالمة العلي", "منى", "منى فارس")
NAMES = [
    # typed in the field, the names it stands for
    ("كاتب:سالم", ("سالم الخوري", "أحمد سالم")),
    ('كاتب:"سالم الخوري"', ("سالم الخوري",)),
    ("كاتب:الخوري", ("سالم الخوري",)),
    ("كاتب:منى", ("منى",)),
    ("كاتب:احمد", ("أحمد سالم",)),
    ('كاتب:"الخوري سالم"', ("الخوري سالم",)),
    ("كاتب:مجهول", ("مجهول",)),
    ("-كاتب:سالم", ("سالم الخوري", "أحمد سالم")),
]


@pytest.mark.parametrize(("typed", "names"), NAMES, ids=[typed for typed, _ in NAMES])
def test_a_name_stands_for_those_with_its_words(typed: str, names: tuple[str, ...]) -> None:
    known = {folded_name(name): name for name in AUTHORS}
    (found,) = with_whole_names(parse(typed, TODAY), lambda _: known).filters
    assert found.values == names
    assert found.excluded == typed.startswith("-")


def test_of_very_many_names_the_likeliest_are_meant() -> None:
    known = {f"سالم {place}": f"سالم {place}" for place in range(MOST_NAMES + 9)}
    (found,) = with_whole_names(parse("كاتب:سالم", TODAY), lambda _: known).filters
    assert found.values == tuple(known)[:MOST_NAMES]


def test_a_query_without_fields_asks_for_no_names() -> None:
    query = parse("سالم", TODAY)
    assert with_whole_names(query, lambda _: pytest.fail("no name was typed")) is query
