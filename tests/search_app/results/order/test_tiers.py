"""Full matches first, then partial ones that say what they lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.index.engine import open_engine
from kashshaf.index.query import Filters, Search
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.query.plan import plan
from kashshaf.search_app.results.order.tiers import TieredMatches, Tiers
from tests.index.contract.bench import Bench, record
from tests.search_app.query.language.typed import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.query import Order
    from kashshaf.search_app.query.request_values import Match

ANALYZER = Analyzer()
FULL = [f"f{number}" for number in range(7)]
PARTIAL = [f"p{number}" for number in range(8)]


@pytest.fixture(params=["memory", "whoosh", "tantivy"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    made = Bench(open_engine(request.param), tmp_path / "comments")
    made.put(*(record(id_, "كتاب نادر" + " حجر" * at, (at, at), article="x") for at, id_ in enumerate(FULL)))
    made.put(*(record(id_, "نادر نادر", (at, at), article="x") for at, id_ in enumerate(PARTIAL[:4])))
    made.put(*(record(id_, "كتاب", (at, at), article="y") for at, id_ in enumerate(PARTIAL[4:])))
    return made


def ask(
    bench: Bench, typed: str, match: Match = "auto", order: Order = "relevance", **page: int
) -> TieredMatches:
    with bench.reader() as reader:
        tiers = Tiers(reader, plan(read(parse(typed, TODAY), ANALYZER), reader, "comments"), match)
        search = Search(order=order, offset=page.get("offset", 0), limit=page.get("limit", 99))
        return tiers.page(search, reader.search, both=order == "relevance")


def test_full_matches_come_first_whatever_they_score(bench: Bench) -> None:
    found = ask(bench, "كتاب نادر")
    assert (found.total, found.total_partial) == (len(FULL), len(PARTIAL))
    assert {hit.id for hit in found.hits[: len(FULL)]} == found.full == {*FULL}
    assert {hit.id for hit in found.hits[len(FULL) :]} == {*PARTIAL}


@pytest.mark.parametrize("size", [1, 3, 4, 7, 10])
def test_pages_cross_the_boundary_without_overlap_or_loss(bench: Bench, size: int) -> None:
    every = ask(bench, "كتاب نادر").hits
    pages = [ask(bench, "كتاب نادر", offset=at, limit=size) for at in range(0, len(every) + size, size)]
    assert tuple(hit for page in pages for hit in page.hits) == every
    assert {(page.total, page.total_partial) for page in pages} == {(len(FULL), len(PARTIAL))}


def test_other_orders_list_full_matches_only(bench: Bench) -> None:
    found = ask(bench, "كتاب نادر", order="newest")
    assert [hit.id for hit in found.hits] == FULL[::-1]
    assert (found.total, found.total_partial) == (len(FULL), len(PARTIAL))


@pytest.mark.parametrize("order", ["relevance", "oldest"])
def test_without_a_full_match_partial_ones_stand_in(bench: Bench, order: Order) -> None:
    found = ask(bench, "كتاب نفط", order=order)
    with_book = {*FULL, *PARTIAL[4:]}
    assert (found.total, found.total_partial, found.full) == (len(with_book), 0, frozenset())
    assert {hit.id for hit in found.hits} == with_book


def test_all_finds_full_matches_only(bench: Bench) -> None:
    found = ask(bench, "كتاب نادر", "all")
    assert (found.total, found.total_partial, {hit.id for hit in found.hits}) == (len(FULL), 0, {*FULL})
    assert ask(bench, "كتاب نفط", "all").total == 0


def test_any_is_one_ranking_that_tells_the_kinds(bench: Bench) -> None:
    found = ask(bench, "كتاب نادر", "any")
    assert (found.total, found.total_partial, found.full) == (len(FULL) + len(PARTIAL), 0, frozenset(FULL))
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_partial_matches_say_what_they_lack_as_typed(bench: Bench) -> None:
    with bench.reader() as reader:
        planned = plan(read(parse('والكتاب "نادر" نفط', TODAY), ANALYZER), reader, "comments")
        missing = Tiers(reader, planned, "auto").missing(["f0", "p0", "p5"])
    assert missing == {"f0": ["نفط"], "p0": ["والكتاب", "نفط"], "p5": ["نفط", '"نادر"']}


@pytest.mark.parametrize(
    ("typed", "match", "totals"),
    [
        ("كتاب نادر", "auto", {"x": 7, "y": 4}),
        ("كتاب نادر", "any", {"x": 11, "y": 4}),
        ("كتاب نادر", "all", {"x": 7}),
        ("كتاب", "auto", {"x": 7, "y": 4}),
        ("نفط", "auto", {}),
    ],
)
def test_groups_count_full_matches_where_there_are_any(
    bench: Bench, typed: str, match: Match, totals: dict[str, int]
) -> None:
    with bench.reader() as reader:
        tiers = Tiers(reader, plan(read(parse(typed, TODAY), ANALYZER), reader, "comments"), match)
        groups = tiers.groups(Filters(), "article", 1)
    assert {value: group.total for value, group in groups.items()} == totals
