"""Matches grouped or folded by a keyword, on every engine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.query import EVERYTHING, NOTHING, Filters, Search
from tests.index.contract.bench import Bench, record, scored, term

if TYPE_CHECKING:
    from kashshaf.index.query import Order


def test_groups_count_exactly_and_keep_the_best(bench: Bench) -> None:
    bench.put(
        record("1", "a z", article="x"),
        record("2", "a", article="x"),
        record("3", "a z z", article="x"),
        record("4", "a", article="y"),
        record("5", "b", article="y"),
    )
    with bench.reader() as reader:
        groups = reader.groups(Search(term("a"), scored("a")), "article", 2)
    assert {value: group.total for value, group in groups.items()} == {"x": 3, "y": 1}
    assert [hit.id for hit in groups["x"].hits] == ["2", "1"]


def test_folding_leaves_the_best_of_those_that_share_a_value(bench: Bench) -> None:
    bench.put(
        record("1", "a z z", (5, 5), article="x"),
        record("2", "a", (3, 3), 2, article="x"),
        record("3", "a z", (4, 4), article=""),
        record("4", "a z", (4, 4), article=""),
        record("5", "a z", (4, 4), -1, article="y"),
        record("6", "a z", (4, 4), article="y"),
        record("7", "b", (9, 9), article="y"),
    )
    every = Search(term("a"), scored("a"), fold="article")
    for search, expected in (
        (every, ["2", "3", "4", "5"]),
        (replace(every, order="newest"), ["1", "3", "4", "5"]),
        (replace(every, order="oldest"), ["2", "3", "4", "5"]),
        (replace(every, order="likes"), ["2", "3", "4", "6"]),
        (replace(every, filters=Filters(start=4)), ["3", "4", "5", "1"]),
        (replace(every, required=EVERYTHING, order="newest"), ["7", "1", "3", "4"]),
        (replace(every, required=term("z"), scoring=()), ["1", "3", "4", "5"]),
        (replace(every, required=NOTHING), []),
    ):
        assert bench.ids(search) == expected, search
        assert bench.search(search).total == len(expected)
        pages = [bench.ids(replace(search, offset=at, limit=1)) for at in range(len(expected) + 1)]
        assert pages == [*([id_] for id_ in expected), []]


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest", "likes"])
@pytest.mark.parametrize("span", [None, (1, 1)])
def test_folding_many_that_tie(bench: Bench, order: Order, span: tuple[int, int] | None) -> None:
    """They are told apart by their ids alone, beyond what is fetched for a page."""
    bench.put(*(record(f"{n:03}", "a", span, article=f"x{n // 50}") for n in range(150)))
    bench.put(*(record(f"{n:03}", "a", span, article="") for n in range(150, 160)))
    search = Search(term("a"), scored("a"), order=order, fold="article", limit=3)
    assert bench.ids(search) == ["000", "050", "100"]
    assert bench.ids(replace(search, offset=3)) == ["150", "151", "152"]
    assert bench.ids(replace(search, offset=12)) == ["159"]
    assert bench.search(search).total == 13


def test_removing_the_best_brings_the_next_back(bench: Bench) -> None:
    bench.put(record("1", "a", article="x"), record("2", "a", article="x"))
    search = Search(term("a"), fold="article")
    assert bench.ids(search) == ["1"]
    bench.remove("1")
    assert bench.ids(search) == ["2"]


@pytest.mark.parametrize("keyword", ["section", "story", "id", "nothing", ""])
def test_only_grouped_keywords_group_and_fold(bench: Bench, keyword: str) -> None:
    """Another one is the caller's mistake, no damage; ``story`` is a keyword of articles alone."""
    bench.put(record("1", "a", section="s"))
    with bench.reader() as reader:
        with pytest.raises(ValueError, match="they can be by: article"):
            reader.groups(Search(), keyword, 0)
        if keyword:
            with pytest.raises(ValueError, match="they can be by: article"):
                reader.search(Search(fold=keyword))
        assert reader.groups(Search(), "article", 0)["a"].total == 1
