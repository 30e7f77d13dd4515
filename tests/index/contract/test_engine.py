"""What ``index/engine.py`` promises, held against every engine."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzers.errors import KashshafError
from index.engine import open_engine
from index.errors import BrokenIndexError, LockedError, SettingsError
from index.query import EVERYTHING, NOTHING, AllOf, AnyOf, Clause, Filters, Phrase, Search, Term, Weighted
from index.records import Record
from tests.index.contract.bench import Bench, phrase, record, scored, term
from tests.index.contract.conftest import ENGINES

if TYPE_CHECKING:
    from pathlib import Path

    from index.engine import Engine
    from index.query import Order
    from index.results import Matches


def test_an_empty_index_matches_nothing(bench: Bench) -> None:
    assert bench.search(Search()).total == 0
    with bench.reader() as reader:
        assert reader.count() == 0
        assert list(reader.scan()) == []
        assert reader.frequencies([term("a")]) == [0]
        assert dict(reader.values("source")) == {}
        assert reader.stored(["x"]) == {}


def test_a_folder_without_an_index_is_an_error(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(BrokenIndexError, match="reindex"):
        engine.reader(tmp_path / "none", "comments")
    with pytest.raises(BrokenIndexError, match="reindex"):
        engine.writer(tmp_path / "none", "comments")


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(SettingsError, match=r"'lucene'.*whoosh"):
        open_engine("lucene")


def test_nothing_shows_before_the_commit(bench: Bench) -> None:
    with bench.engine.writer(bench.folder, "comments") as writer:
        writer.put(record("1", "a"))
        assert bench.search(Search()).total == 0
        writer.commit()
        assert bench.search(Search()).total == 1


def test_what_was_not_committed_is_forgotten(bench: Bench) -> None:
    bench.put(record("1", "a"))
    with bench.engine.writer(bench.folder, "comments") as writer:
        writer.put(record("2", "a"))
        writer.remove(["1"])
    assert bench.ids(Search()) == ["1"]


def test_a_reader_keeps_its_snapshot(bench: Bench) -> None:
    bench.put(record("1", "a"))
    with bench.reader() as before:
        bench.put(record("2", "a"))
        assert before.search(Search()).total == 1
    assert bench.search(Search()).total == 2


def test_there_is_one_writer(bench: Bench) -> None:
    with bench.engine.writer(bench.folder, "comments"), pytest.raises(LockedError, match="try again"):
        bench.engine.writer(bench.folder, "comments")
    bench.put(record("1", "a"))


def test_closing_twice_does_nothing(bench: Bench) -> None:
    reader = bench.reader()
    reader.close()
    reader.close()
    writer = bench.engine.writer(bench.folder, "comments")
    writer.close()
    writer.close()
    assert bench.search(Search()).total == 0


def test_a_document_replaces_the_one_with_its_id(bench: Bench) -> None:
    bench.put(record("1", "a"))
    bench.put(record("1", "b"))
    assert bench.search(Search(term("a"))).total == 0
    assert bench.ids(Search(term("b"))) == ["1"]


def test_removal_takes_out_committed_documents(bench: Bench) -> None:
    bench.put(record("1", "a"), record("2", "a"))
    with bench.engine.writer(bench.folder, "comments") as writer:
        writer.remove(["1", "never there"])
        writer.commit()
    assert bench.ids(Search()) == ["2"]
    with bench.reader() as reader:
        assert reader.count() == 1
        assert reader.stored(["1", "2"]) == {"2": b"stored 2"}
        assert list(reader.scan()) == [b"stored 2"]


def test_a_word_first_seen_in_an_update_is_found_at_every_level(bench: Bench) -> None:
    bench.put(record("1", "old"))
    bench.put(record("2", "new"))
    for level in ("exact", "folded", "stem"):
        assert bench.ids(Search(term("new", level))) == ["2"]


CLAUSES: list[tuple[Clause, list[str]]] = [
    (EVERYTHING, ["1", "2", "3", "4"]),
    (NOTHING, []),
    (term("a"), ["1", "2", "4"]),
    (term("a", zone="title"), []),
    (term("nowhere"), []),
    (AnyOf((term("b"), term("d"))), ["1", "2", "3"]),
    (AllOf((term("a"), term("b"))), ["1", "2"]),
    (AllOf((term("a"), AnyOf((term("d"), term("x"))))), ["1", "4"]),
    (AllOf((term("a"), NOTHING)), []),
    (phrase("a", "b"), ["1"]),
    (phrase("b", "a"), ["2"]),
    (phrase("a", "b", "c"), ["1"]),
    (phrase("a", "c"), []),
    (phrase("a|x", "b|d"), ["1"]),
    (phrase("c", "d"), []),
    (phrase("x|a"), ["1", "2", "4"]),
    (phrase("one", "q"), ["3"]),
    (phrase("two", "q"), ["3"]),
    (phrase("one", "two"), []),
    (phrase("c", "c"), ["3"]),
    (phrase("a", "a"), []),
]


@pytest.mark.parametrize(("clause", "expected"), CLAUSES, ids=[str(clause) for clause, _ in CLAUSES])
def test_clauses(bench: Bench, clause: Clause, expected: list[str]) -> None:
    bench.put(
        record("1", "a b c - d"),
        record("2", "b a"),
        record("3", "d c c one|two q"),
        record("4", "a - - x"),
    )
    assert bench.ids(Search(clause)) == expected


def test_filters_by_keyword(bench: Bench) -> None:
    bench.put(
        record("1", "a", source="s", section="x y"),
        record("2", "a", source="s", section="z"),
        record("3", "a", source="ش", section="z"),
        record("4", "a"),
    )

    def ids(**filters: tuple[str, ...]) -> list[str]:
        return bench.ids(Search(filters=Filters(keywords=tuple(filters.items()))))

    assert ids(source=("s",)) == ["1", "2"]
    assert ids(source=("ش",)) == ["3"]
    assert ids(source=("s", "ش"), section=("z",)) == ["2", "3"]
    assert ids(section=("x y",)) == ["1"]
    assert ids(section=("x",)) == []
    assert ids(id=("4", "9")) == ["4"]
    assert bench.ids(Search(filters=Filters(without=(("source", ("s",)), ("id", ("4",)))))) == ["3"]
    with bench.reader() as reader:
        assert dict(reader.values("section")) == {"x y": 1, "z": 2}


def test_a_span_is_filtered_by_overlap(bench: Bench) -> None:
    bench.put(record("day", "a", (10, 20)), record("later", "a", (30, 30)), record("undated", "a"))
    bench.put(record("early", "a", (-50, -40)))

    def ids(start: int | None, end: int | None) -> set[str]:
        return set(bench.ids(Search(filters=Filters(start=start, end=end))))

    assert ids(None, None) == {"day", "later", "undated", "early"}
    assert ids(15, 15) == {"day"}
    assert ids(20, None) == {"day", "later"}
    assert ids(21, 29) == set()
    assert ids(None, 10) == {"early", "day"}
    assert ids(None, -45) == {"early"}


def test_orders(bench: Bench) -> None:
    bench.put(record("b", "a", (10, 90)), record("a", "a", (10, 10)), record("c", "a", (20, 20)))
    bench.put(record("u", "a"))
    assert bench.ids(Search(order="newest")) == ["c", "a", "b", "u"]
    assert bench.ids(Search(order="oldest")) == ["a", "b", "c", "u"]
    assert bench.ids(Search(term("a"), scored("a"))) == ["c", "a", "b", "u"]


def test_pages_do_not_overlap_and_totals_stay(bench: Bench) -> None:
    bench.put(*(record(f"{number:02}", "a " * (number % 7 + 1)) for number in range(25)))
    every = bench.ids(Search(term("a"), scored("a"), limit=25))
    pages = [bench.search(Search(term("a"), scored("a"), offset=at, limit=10)) for at in (0, 10, 20, 30)]
    assert [hit.id for page in pages for hit in page.hits] == every
    assert {page.total for page in pages} == {25}
    assert pages[-1].hits == ()


def test_more_of_a_rare_word_in_a_shorter_text_scores_higher(bench: Bench) -> None:
    bench.put(
        record("long", "a" + " z" * 60),
        record("short", "a z"),
        record("twice", "a a z"),
        record("both", "a b z"),
        *(record(f"z{number}", "z a") for number in range(5)),
    )
    ranked = bench.search(Search(AnyOf((term("a"), term("b"))), scored("a", "b"), limit=99)).hits
    assert ranked[0].id == "both"
    order = [hit.id for hit in ranked]
    assert order.index("twice") < order.index("short") < order.index("long")
    assert all(first.score >= second.score for first, second in pairwise(ranked))


def test_weights_scale_and_words_that_only_score_do_not_match(bench: Bench) -> None:
    bench.put(record("1", "a b"), record("2", "a c"), record("3", "b"))
    plain = bench.search(Search(term("a"), scored("b")))
    double = bench.search(Search(term("a"), scored("b", weight=2.0)))
    assert [hit.id for hit in plain.hits] == ["1", "2"]
    assert double.hits[0].score == pytest.approx(2 * plain.hits[0].score, abs=2e-4)
    assert plain.hits[1].score == 0


def test_a_phrase_scores_by_how_often_it_occurs(bench: Bench) -> None:
    bench.put(
        record("apart", "a z b"), record("side", "a b z"), record("twice", "a b a b"), record("not", "b a z")
    )
    pair = (Weighted(phrase("a", "b"), 1.0),)
    scores = {hit.id: hit.score for hit in bench.search(Search(term("a"), pair)).hits}
    assert scores["twice"] > scores["side"] > 0
    assert scores["apart"] == scores["not"] == 0
    alone = bench.search(Search(term("a"), (Weighted(term("a", "folded"), 1.0),))).hits
    other = bench.search(Search(term("a"), (Weighted(term("b", "folded"), 1.0),))).hits
    sums = {hit.id: hit.score for hit in alone}
    assert scores["side"] == pytest.approx(
        sums["side"] + next(hit.score for hit in other if hit.id == "side"), abs=2e-4
    )


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
        record("2", "a", (3, 3), article="x"),
        record("3", "a z", (4, 4), article=""),
        record("4", "a z", (4, 4), article=""),
        record("5", "a z", (4, 4), article="y"),
        record("6", "a z", (4, 4), article="y"),
        record("7", "b", (9, 9), article="y"),
    )
    every = Search(term("a"), scored("a"), fold="article")
    for search, expected in (
        (every, ["2", "3", "4", "5"]),
        (replace(every, order="newest"), ["1", "3", "4", "5"]),
        (replace(every, order="oldest"), ["2", "3", "4", "5"]),
        (replace(every, filters=Filters(start=4)), ["3", "4", "5", "1"]),
        (replace(every, required=EVERYTHING, order="newest"), ["7", "1", "3", "4"]),
        (replace(every, required=term("z"), scoring=()), ["1", "3", "4", "5"]),
        (replace(every, required=NOTHING), []),
    ):
        assert bench.ids(search) == expected, search
        assert bench.search(search).total == len(expected)
        pages = [bench.ids(replace(search, offset=at, limit=1)) for at in range(len(expected) + 1)]
        assert pages == [*([id_] for id_ in expected), []]


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
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


WORDS = st.sampled_from(["a", "b", "c", "d", "-", "e|f"])
DOCUMENTS = st.lists(
    st.tuples(
        st.lists(WORDS, max_size=60).map(" ".join),
        st.none() | st.tuples(st.integers(0, 9), st.integers(10, 19)),
        st.sampled_from("xyz"),
        st.sampled_from(["", "", "p", "q"]),
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
    order=st.sampled_from(["relevance", "newest", "oldest"]),
    offset=st.integers(0, 3),
    limit=st.integers(1, 12),
    fold=st.sampled_from(["", "article"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents=DOCUMENTS, searches=st.lists(SEARCHES, min_size=1, max_size=8))
@pytest.mark.parametrize("name", [name for name in ENGINES if name != "memory"])
def test_agrees_with_the_reference_engine(
    name: str,
    documents: list[tuple[str, tuple[int, int] | None, str, str]],
    searches: list[Search],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    records = [
        record(f"d{number}", text, span, source=source, article=article)
        for number, (text, span, source, article) in enumerate(documents)
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


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "memory"])
@pytest.mark.parametrize("damage", ["cut", "emptied", "removed", "noise"])
def test_a_damaged_index_is_an_error_that_says_reindex(name: str, damage: str, tmp_path: Path) -> None:
    bench = Bench(open_engine(name), tmp_path / "comments")
    bench.put(*(record(str(number), f"a b{number} c", source="s") for number in range(50)))
    for file in sorted(bench.folder.iterdir()):
        whole = file.read_bytes()
        _damage(file, damage, whole)
        try:
            with bench.reader() as reader:
                reader.search(Search(term("a"), scored("a")))
                list(reader.scan())
                reader.values("source")
        except KashshafError as error:
            assert "reindex" in str(error), (file.name, error)  # noqa: PT017 - a run may also survive the damage
        file.write_bytes(whole)
    assert bench.search(Search()).total == 50


def _damage(file: Path, damage: str, whole: bytes) -> None:
    match damage:
        case "cut":
            file.write_bytes(whole[: len(whole) // 2])
        case "emptied":
            file.write_bytes(b"")
        case "removed":
            file.unlink()
        case "noise":
            file.write_bytes(os.urandom(len(whole)))


def test_odd_terms_and_long_documents(bench: Bench) -> None:
    odd = ["ا" * 100, "🎉", "a.b", "2.5", "ﷺ"]
    bench.put(record("1", " ".join(odd)), record("2", "w " * 50_000 + "end"))
    assert all(bench.ids(Search(term(text))) == ["1"] for text in odd)
    assert bench.ids(Search(phrase("w", "end"))) == ["2"]
    assert bench.search(Search(term("w"), scored("w"))).hits[0].score > 0


def test_records_keep_every_byte(bench: Bench) -> None:
    stored = bytes(range(256)) * 10
    whole = record("1", "a")
    bench.put(Record(whole.id, whole.terms, whole.keywords, whole.span, stored))
    with bench.reader() as reader:
        assert reader.stored(["1"]) == {"1": stored}
