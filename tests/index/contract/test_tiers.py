"""Minimum matches, exclusion and bare totals, on which full and partial matches rest, on every engine."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kashshaf.index.engine import open_engine
from kashshaf.index.query import EVERYTHING, NOTHING, AllOf, AnyOf, AtLeast, Clause, Filters, Search
from tests.index.contract.bench import Bench, phrase, record, scored, term

A, B, C = term("a"), term("b"), term("c")
DOCUMENTS = {"1": "a b c", "2": "a b", "3": "c a", "4": "b", "5": "d"}

MATCHES: list[tuple[Clause, Clause, list[str]]] = [
    (AtLeast(0, (A,)), NOTHING, ["1", "2", "3", "4", "5"]),
    (AtLeast(0, ()), NOTHING, ["1", "2", "3", "4", "5"]),
    (AtLeast(1, ()), NOTHING, []),
    (AtLeast(1, (A, B)), NOTHING, ["1", "2", "3", "4"]),
    (AtLeast(2, (A, B, C)), NOTHING, ["1", "2", "3"]),
    (AtLeast(3, (A, B, C)), NOTHING, ["1"]),
    (AtLeast(4, (A, B, C)), NOTHING, []),
    (AtLeast(2, (B, B)), NOTHING, ["1", "2", "4"]),
    (AtLeast(2, (A, AnyOf((B, C)), NOTHING)), NOTHING, ["1", "2", "3"]),
    (AtLeast(2, (phrase("a", "b"), C)), NOTHING, ["1"]),
    (AllOf((B, AtLeast(1, (A, C)))), NOTHING, ["1", "2"]),
    (EVERYTHING, A, ["4", "5"]),
    (EVERYTHING, EVERYTHING, []),
    (A, phrase("a", "b"), ["3"]),
    (A, term("nowhere"), ["1", "2", "3"]),
    (AnyOf((A, B)), AllOf((A, B)), ["3", "4"]),
    (AnyOf((A, B)), AtLeast(2, (A, B, C)), ["4"]),
]


@pytest.fixture
def five(bench: Bench) -> Bench:
    bench.put(*(record(id_, text, article=f"t{id_ in '12'}") for id_, text in DOCUMENTS.items()))
    return bench


@pytest.mark.parametrize(("required", "excluded", "ids"), MATCHES)
def test_minimum_and_exclusion(five: Bench, required: Clause, excluded: Clause, ids: list[str]) -> None:
    found = five.search(Search(required, excluded=excluded))
    assert (sorted(hit.id for hit in found.hits), found.total) == (ids, len(ids))


def test_exclusion_holds_in_every_order_and_beside_filters(five: Bench) -> None:
    for order in ("relevance", "newest", "oldest"):
        search = Search(
            AnyOf((A, B)), scored("a", "b"), Filters((("id", ("2", "3", "5")),)), order, excluded=C
        )
        assert five.ids(search) == ["2"]


def test_exclusion_changes_no_score(five: Bench) -> None:
    every = {hit.id: hit.score for hit in five.search(Search(A, scored("a", "b"))).hits}
    left = {hit.id: hit.score for hit in five.search(Search(A, scored("a", "b"), excluded=C)).hits}
    assert left == {"2": every["2"]}


def test_exclusion_holds_in_groups(five: Bench) -> None:
    with five.reader() as reader:
        groups = reader.groups(Search(A, scored("a"), excluded=C), "article", 9)
    assert {value: [hit.id for hit in group.hits] for value, group in groups.items()} == {"tTrue": ["2"]}


def test_a_limit_of_0_gives_the_total_alone(five: Bench) -> None:
    for fold, total in (("", 3), ("article", 2)):
        found = five.search(Search(A, scored("a"), limit=0, fold=fold))
        assert (found.total, found.hits) == (total, ())
    with five.reader() as reader:
        assert reader.groups(Search(A, scored("a"), limit=0), "article", 1)["tTrue"].hits[0].score > 0


def test_folding_is_exact_within_each_kind(bench: Bench) -> None:
    bench.put(
        record("f1", "a b", article="s"), record("f2", "a b x", article="s"), record("p1", "a", article="s")
    )
    bench.put(record("p2", "a y", article="s"), record("p3", "b", article="t"))
    full, some = AllOf((A, B)), AnyOf((A, B))
    assert bench.search(Search(full, scored("a", "b"), fold="article")).total == 1
    rest = bench.search(Search(some, scored("a", "b"), excluded=full, fold="article"))
    assert (rest.total, [hit.id for hit in rest.hits]) == (2, ["p3", "p1"])


CLAUSE = st.recursive(
    st.sampled_from([A, B, C, term("d"), phrase("a", "b")]),
    lambda parts: st.builds(AtLeast, st.integers(0, 4), st.lists(parts, max_size=4).map(tuple)),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(required=CLAUSE, excluded=CLAUSE)
def test_engines_agree_with_the_reference(five: Bench, required: Clause, excluded: Clause) -> None:
    search = Search(required, scored("a", "b", "c"), excluded=excluded)
    reference = Bench(open_engine("memory"), five.folder.with_name("reference"))
    reference.put(*(record(id_, text, article=f"t{id_ in '12'}") for id_, text in DOCUMENTS.items()))
    ours, theirs = five.search(search), reference.search(search)
    assert ours.total == theirs.total
    assert {hit.id for hit in ours.hits} == {hit.id for hit in theirs.hits}
    assert all(one.score >= other.score for one, other in pairwise(ours.hits))
