"""What ``index/engine.py`` promises, held against every engine."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engine import open_engine
from kashshaf.index.errors import BrokenIndexError, LockedError, SettingsError
from kashshaf.index.query import EVERYTHING, NOTHING, AllOf, AnyOf, Clause, Filters, Search, Weighted
from kashshaf.index.records import MOST_LIKES, Record
from tests.index.contract.bench import Bench, phrase, record, scored, term

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.engine import Engine


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


def test_the_order_by_likes_goes_on_by_date_and_id(bench: Bench) -> None:
    bench.put(
        record("none", "a"),
        record("few", "a", (-99, -99), 2),
        record("most", "a", None, MOST_LIKES),
        record("many", "a", None, MOST_LIKES - 1),
        record("early", "a", (10, 10), 5),
        record("late b", "a", (20, 20), 5),
        record("late a", "a", (20, 20), 5),
        record("undated", "a", None, 5),
        record("disliked", "a", (90, 90), -1),
        record("hated", "a", (99, 99), -MOST_LIKES),
    )
    ranked = ["most", "many", "late a", "late b", "early", "undated", "few", "none", "disliked", "hated"]
    search = Search(term("a"), scored("a"), order="likes")
    assert bench.ids(search) == ranked
    assert [bench.ids(replace(search, offset=at, limit=3)) for at in (0, 3, 6, 9)] == [
        ranked[at : at + 3] for at in (0, 3, 6, 9)
    ]


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
