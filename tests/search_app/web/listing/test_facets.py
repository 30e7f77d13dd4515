from __future__ import annotations

from kashshaf.search_app.query.parameters import SearchRequest
from kashshaf.search_app.web.listing.facets import MAX_VALUES, OPEN, Value, counts, ticked


def _facet(*counted: tuple[str, int]) -> list[dict[str, object]]:
    return [{"value": value, "count": count} for value, count in counted]


def test_chosen_values_stand_first_even_if_nothing_has_them() -> None:
    request = SearchRequest(filters={"section": ("c", "z")})
    (facet,) = ticked(request, {"section": _facet(("a", 9), ("b", 2), ("c", 1), ("", 5), ("d", 0))})
    assert facet.label == "القسم"
    assert facet.values == [
        Value("c", 1, chosen=True),
        Value("z", None, chosen=True),
        Value("a", 9, chosen=False),
        Value("b", 2, chosen=False),
    ]
    assert facet.more == []


def test_a_chosen_name_has_the_count_of_its_other_spelling() -> None:
    request = SearchRequest(filters={"source": ("الاهرام",)})
    (facet,) = ticked(request, {"source": _facet(("الأهرام", 9), ("الغد", 2))})
    assert facet.values == [Value("الاهرام", 9, chosen=True), Value("الغد", 2, chosen=False)]


def test_a_value_alone_is_no_choice() -> None:
    assert ticked(SearchRequest(), {"source": _facet(("a", 9)), "tag": []}) == []


def test_many_values_fold_and_are_bounded() -> None:
    facet = ticked(SearchRequest(), {"tag": _facet(*((f"t{n}", 1) for n in range(500)))})[0]
    assert len(facet.values) == OPEN
    assert len(facet.more) == MAX_VALUES - OPEN


def test_a_facet_that_was_not_counted_is_empty() -> None:
    assert counts({}, "type") == {}
    assert counts({"type": _facet(("articles", 3))}, "type") == {"articles": 3}
