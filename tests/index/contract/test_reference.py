"""Every engine agrees with the reference engine, on random documents and searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kashshaf.index.engine import open_engine
from kashshaf.index.query import AllOf, AnyOf, Clause, Filters, Phrase, Search, Term, Weighted
from tests.index.contract.bench import Bench, phrase, record, term, zoned
from tests.index.contract.conftest import ENGINES

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.results import Matches


WORDS = st.sampled_from(["a", "b", "c", "d", "-", "e|f"])
DOCUMENTS = st.lists(
    st.tuples(
        st.lists(WORDS, max_size=60).map(" ".join),
        st.none() | st.tuples(st.integers(0, 9), st.integers(10, 19)),
        st.sampled_from("xyz"),
        st.sampled_from(["", "", "p", "q"]),
        st.integers(-1, 2),
    ),
    max_size=12,
)
LEAVES = st.one_of(
    st.builds(Term, st.just("text"), st.sampled_from(["folded", "stem"]), st.sampled_from("abcdefg")),
    st.builds(
        Phrase,
        st.just("text"),
        st.just("folded"),
        st.lists(st.sampled_from([("a",), ("b",), ("c", "e"), ("f",)]), min_size=1, max_size=3).map(tuple),
    ),
)
TREES: st.SearchStrategy[Clause] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
    ),
    max_leaves=6,
)
PAIRS = st.tuples(*[st.sampled_from("abcg")] * 2).map(lambda pair: phrase(*pair))
SEARCHES = st.builds(
    Search,
    required=TREES,
    scoring=st.lists(
        st.builds(
            Weighted, st.one_of(st.sampled_from("abcdeg").map(term), PAIRS), st.sampled_from([0.3, 1.0])
        ),
        max_size=3,
    ).map(tuple),
    filters=st.builds(
        Filters,
        keywords=st.sampled_from([(), (("source", ("x",)),), (("source", ("x", "y")),)]),
        start=st.none() | st.integers(0, 20),
        end=st.none() | st.integers(0, 20),
    ),
    order=st.sampled_from(["relevance", "newest", "oldest", "likes"]),
    offset=st.integers(0, 3),
    limit=st.integers(1, 12),
    fold=st.sampled_from(["", "article"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents=DOCUMENTS, searches=st.lists(SEARCHES, min_size=1, max_size=8))
@pytest.mark.parametrize("name", [name for name in ENGINES if name != "memory"])
def test_agrees_with_the_reference_engine(
    name: str,
    documents: list[tuple[str, tuple[int, int] | None, str, str, int]],
    searches: list[Search],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    records = [
        record(f"d{number}", text, span, likes, source=source, article=article)
        for number, (text, span, source, article, likes) in enumerate(documents)
    ]
    answers: list[list[Matches]] = []
    for engine in (open_engine("memory"), open_engine(name)):
        bench = Bench(engine, tmp_path_factory.mktemp("engine"))
        bench.put(*records)
        with bench.reader() as reader:
            answers.append([reader.search(search) for search in searches])
    for search, reference, other in zip(searches, *answers, strict=True):
        assert other.total == reference.total, search
        if search.order != "relevance":
            assert [hit.id for hit in other.hits] == [hit.id for hit in reference.hits], search
        for ours, theirs in zip(other.hits, reference.hits, strict=True):
            assert ours.score == pytest.approx(theirs.score if search.order == "relevance" else 0, abs=1e-3)


EMPTY_ZONES = [
    ("full", "a b c c", {"title": "a b", "comments": "c d c"}),
    ("titled", "a d", {"title": "d"}),
    ("bare", "a c c - b", {}),
    ("gaps", "a b", {"title": "- -", "comments": "-"}),
    ("none", "", {}),
]


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "memory"])
def test_documents_without_words_in_a_zone_change_no_score(name: str, tmp_path: Path) -> None:
    """Averages and numbers of documents are over all of them, on every engine."""
    found: list[Matches] = []
    for engine in (open_engine("memory"), open_engine(name)):
        bench = Bench(engine, tmp_path / engine.name, "articles")
        bench.put(*(zoned(id_, text, **zones) for id_, text, zones in EMPTY_ZONES))
        scoring = tuple(
            Weighted(Term(zone, "stem", word), weight)
            for word in "abcd"
            for zone, weight in (("text", 1.0), ("title", 0.75), ("comments", 0.2))
        )
        found.append(bench.search(Search(scoring=scoring)))
    reference, ours = found
    assert [hit.id for hit in ours.hits] == [hit.id for hit in reference.hits]
    for hit, other in zip(ours.hits, reference.hits, strict=True):
        assert hit.score == pytest.approx(other.score, abs=2e-4), hit.id


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "memory"])
def test_a_phrase_of_rare_words_scores_by_all_documents(name: str, tmp_path: Path) -> None:
    """An index in parts has some without any of the words: their documents count all the same."""
    found: list[Matches] = []
    for engine in (open_engine("memory"), open_engine(name)):
        bench = Bench(engine, tmp_path / engine.name)
        bench.put(*(record(f"{number:02}", "a b" if number == 7 else "c d e") for number in range(20)))
        found.append(bench.search(Search(scoring=(Weighted(phrase("a", "b"), 1.0),), limit=1)))
    reference, ours = (matches.hits[0] for matches in found)
    assert ours.id == reference.id
    assert ours.score == pytest.approx(reference.score, abs=1e-3)
