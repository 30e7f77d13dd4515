"""Matches counted by their values of keywords, on every engine: each count is a total that choosing gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kashshaf.index.query import EVERYTHING, NOTHING, AnyOf, AtLeast, Filters, Search
from kashshaf.index.schema import FACETS, STORY
from tests.index.contract.bench import Bench, article, record, scored, term

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.engine import Engine, Reader

SIZES = dict.fromkeys(FACETS, 100)
ONE_EACH = {"source_folded": 9, "tag_folded": 9, "year": 9}


@pytest.fixture
def articles(engine: Engine, tmp_path: Path) -> Bench:
    return Bench(engine, tmp_path / "articles", "articles")


def assert_counts_are_totals(reader: Reader, search: Search) -> None:
    """Hold every count, and no other value, against the search with the value chosen."""
    for keyword, counts in reader.facets(search, SIZES).items():
        for value in reader.values(keyword):
            chosen = (*search.filters.keywords, (keyword, (value,)))
            total = reader.search(replace(search, filters=replace(search.filters, keywords=chosen))).total
            assert counts.get(value, 0) == total, (keyword, value, search)
        assert [*counts.items()] == sorted(counts.items(), key=lambda row: (-row[1], row[0]))
        assert all(counts.values())


def test_values_are_counted_among_the_matches_alone(bench: Bench) -> None:
    bench.put(
        record("1", "a", source_folded="x", tag_folded="t;u", year="2016"),
        record("2", "a b", source_folded="y", tag_folded="t"),
        record("3", "a", source_folded="y", year="2015;2016"),
        record("4", "b", source_folded="z", tag_folded="t", year="2016"),
        record("5", "a"),
    )
    with bench.reader() as reader:
        assert reader.facets(Search(term("a"), scored("a")), ONE_EACH) == {
            "source_folded": {"y": 2, "x": 1},
            "tag_folded": {"t": 2, "u": 1},
            "year": {"2016": 2, "2015": 1},
        }
        assert reader.facets(Search(term("a"), excluded=term("b")), {"source_folded": 9}) == {
            "source_folded": {"x": 1, "y": 1}
        }
        only = Filters((("source_folded", ("y",)),))
        assert reader.facets(Search(filters=only), {"year": 9}) == {"year": {"2015": 1, "2016": 1}}
        assert reader.facets(Search(NOTHING), {"year": 9}) == {"year": {}}


def test_page_and_order_change_no_count(bench: Bench) -> None:
    bench.put(*(record(str(n), "a", (n, n), source_folded="xy"[n % 2]) for n in range(9)))
    with bench.reader() as reader:
        for search in (
            Search(term("a"), limit=0),
            Search(term("a"), scored("a"), limit=1, offset=5),
            Search(term("a"), order="newest", limit=2),
        ):
            assert reader.facets(search, {"source_folded": 5}) == {"source_folded": {"x": 5, "y": 4}}


def test_of_many_values_the_commonest_are_given(bench: Bench) -> None:
    names = [f"n{n:02}" for n in range(40)]
    bench.put(
        *(
            record(f"{name}-{n}", "a", author_folded=name)
            for name in names
            for n in range(1 + (name == "n30"))
        )
    )
    with bench.reader() as reader:
        found = reader.facets(Search(term("a")), {"author_folded": 3})["author_folded"]
    assert [*found.items()] == [("n30", 2), ("n00", 1), ("n01", 1)]


def test_of_a_story_one_article_counts_for_each_value(articles: Bench) -> None:
    articles.put(
        article("1", "a", story="s", source_folded="x", tag_folded="t;u", year="2016"),
        article("2", "a", story="s", source_folded="x", tag_folded="t", year="2015"),
        article("3", "a", story="s", source_folded="y", tag_folded="t;u", year="2016"),
        article("4", "a", source_folded="x", tag_folded="u"),
        article("5", "b", story="s", source_folded="z"),
    )
    search = Search(term("a"), fold=STORY)
    with articles.reader() as reader:
        assert reader.search(search).total == 2
        assert reader.facets(search, ONE_EACH) == {
            "source_folded": {"x": 2, "y": 1},
            "tag_folded": {"u": 2, "t": 1},
            "year": {"2015": 1, "2016": 1},
        }
        assert_counts_are_totals(reader, search)
        unfolded = reader.facets(replace(search, fold=""), {"source_folded": 9})
        assert unfolded == {"source_folded": {"x": 3, "y": 1}}


def test_folding_may_change_the_order_of_the_commonest(articles: Bench) -> None:
    """The value of most documents may be the last when each story counts once."""
    articles.put(*(article(f"s{n}", "a", story="s", author_folded="many") for n in range(30)))
    articles.put(
        *(article(f"{n}-{m}", "a", author_folded=f"n{n}") for n in range(20) for m in range(2 + n % 2))
    )
    with articles.reader() as reader:
        found = reader.facets(Search(term("a"), fold=STORY), {"author_folded": 2})["author_folded"]
        assert found == {"n1": 3, "n11": 3}
        every = reader.facets(Search(term("a"), fold=STORY), {"author_folded": 99})["author_folded"]
        assert [*every][-1] == "many"
        assert every["many"] == 1


def test_removed_and_replaced_articles_do_not_count(articles: Bench) -> None:
    articles.put(*(article(str(n), "a", story="s" if n % 2 else "", source_folded="x") for n in range(8)))
    articles.remove("1", "2")
    articles.put(article("3", "a", story="s", source_folded="y"))
    with articles.reader() as reader:
        assert_counts_are_totals(reader, Search(term("a"), fold=STORY))
        found = reader.facets(Search(term("a"), fold=STORY), {"source_folded": 9})
    assert found == {"source_folded": {"x": 4, "y": 1}}


def test_what_cannot_be_counted_is_the_callers_mistake(bench: Bench, articles: Bench) -> None:
    bench.put(record("1", "a"))
    with bench.reader() as reader, articles.reader() as others:
        for keyword in ("source", "id", "article", "nothing"):
            with pytest.raises(ValueError, match="they can be by: source_folded"):
                reader.facets(Search(), {keyword: 1})
        with pytest.raises(ValueError, match="cannot be folded by 'article'"):
            reader.facets(Search(fold="article"), {"year": 1})
        assert others.facets(Search(fold=STORY), {"year": 1}) == {"year": {}}


NAMES = st.lists(st.sampled_from(["x", "y", "z"]), max_size=3, unique=True).map(";".join)
DOCUMENTS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "a b", "a b c"]), st.sampled_from(["", "", "s", "r"]), NAMES, NAMES),
    max_size=14,
)
CLAUSES = st.sampled_from(
    [EVERYTHING, term("a"), AnyOf((term("b"), term("c"))), AtLeast(2, (term("a"), term("b"), term("c")))]
)
SEARCHES = st.builds(
    Search,
    required=CLAUSES,
    excluded=st.sampled_from([NOTHING, term("c")]),
    filters=st.sampled_from(
        [Filters(), Filters((("tag_folded", ("x", "y")),)), Filters(without=(("source_folded", ("z",)),))]
    ),
    fold=st.sampled_from(["", STORY]),
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents=DOCUMENTS, searches=st.lists(SEARCHES, min_size=1, max_size=4))
def test_every_count_is_the_total_with_the_value_chosen(
    engine: Engine,
    documents: list[tuple[str, str, str, str]],
    searches: list[Search],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    bench = Bench(engine, tmp_path_factory.mktemp("engine"), "articles")
    rows = [
        article(str(n), text, story=story, source_folded=sources, tag_folded=tags)
        for n, (text, story, sources, tags) in enumerate(documents)
    ]
    bench.put(*rows[::2])
    bench.put(*rows[1::2])
    with bench.reader() as reader:
        for search in searches:
            assert_counts_are_totals(reader, search)
