"""Readers of a real cluster, at the edges that the contract of all engines does not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engine import open_engine
from kashshaf.index.engines.opensearch import counts, reader
from kashshaf.index.engines.opensearch.connection import connection
from kashshaf.index.engines.opensearch.reader import OpenSearchReader
from kashshaf.index.query import AnyOf, Filters, Search, Weighted
from kashshaf.index.ranking import WEIGHTS
from tests.index.contract.bench import Bench, phrase, record, scored, term

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.settings import Settings


@pytest.fixture
def bench(cluster: Settings, tmp_path: Path) -> Bench:
    assert cluster.opensearch_url
    return Bench(open_engine("opensearch"), tmp_path / "comments")


def test_a_moment_that_is_lost_is_opened_anew(bench: Bench) -> None:
    bench.put(record("1", "a"))
    with open_engine("opensearch").reader(bench.folder, "comments") as opened:
        assert isinstance(opened, OpenSearchReader)
        assert (opened.count(), opened.frequencies([term("a")])) == (1, [1])
        bench.put(record("2", "a"))
        assert opened.search(Search()).total == 1
        connection().delete("/_search/point_in_time", {"pit_id": [opened._moment._pit]})
        assert opened.search(Search()).total == 2
        assert (opened.count(), opened.frequencies([term("a")])) == (2, [2])


def test_readers_give_their_moments_back(bench: Bench) -> None:
    """A node has room for 300."""
    for _ in range(310):
        with bench.reader() as opened:
            assert opened.count() == 0


def test_long_ids_and_keywords(bench: Bench) -> None:
    """A cluster's own id has 512 bytes at most, a keyword 32,766."""
    long, longer = "م" * 400, "ط" * 40_000
    bench.put(record(long, "a", source=longer), record(long + "x", "a", source=longer + "x"))
    assert bench.ids(Search()) == [long, long + "x"]
    assert bench.ids(Search(filters=Filters((("source", (longer,)),)))) == [long]
    bench.remove(long)
    with bench.reader() as opened:
        assert opened.stored([long, long + "x"]) == {long + "x": f"stored {long}x".encode()}


def test_more_values_than_one_answer_brings(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "AT_ONCE", 3)
    bench.put(*(record(str(n), "a", article=f"x{n % 7}", source_folded=f"s{n % 5}") for n in range(28)))
    with bench.reader() as opened:
        assert opened.values("article") == {f"x{n}": 4 for n in range(7)}
        assert opened.facets(Search(), {"source_folded": 2}) == {"source_folded": {"s0": 6, "s1": 6}}
        assert opened.search(Search(fold="article")).total == 7
        groups = opened.groups(Search(term("a"), scored("a")), "article", 2)
    assert {value: group.total for value, group in groups.items()} == {f"x{n}": 4 for n in range(7)}


def test_more_documents_than_one_answer_brings(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "DOCUMENTS", 4)
    monkeypatch.setattr("kashshaf.index.engines.opensearch.moment.PAGE", 4)
    ids = [f"{n:02}" for n in range(10)]
    bench.put(*(record(id_, "a") for id_ in ids))
    with bench.reader() as opened:
        assert sorted(opened.stored(ids)) == ids
        assert [*opened.scan()] == [f"stored {id_}".encode() for id_ in ids]
        assert opened.having([term("a"), term("b")], ids) == [set(ids), set()]


def test_a_group_may_have_more_hits_than_a_hundred(bench: Bench) -> None:
    bench.put(*(record(f"{n:03}", "a", article="x") for n in range(150)))
    with bench.reader() as opened:
        hits = opened.groups(Search(term("a"), scored("a")), "article", 1_000)["x"].hits
    assert [hit.id for hit in hits] == [f"{n:03}" for n in range(150)]
    assert all(hit.score > 0 for hit in hits)


def test_a_query_of_64_words_is_within_the_bound_of_clauses(bench: Bench) -> None:
    words = [f"w{n}" for n in range(64)]
    bench.put(record("1", " ".join(words)))
    levels = [field.level for field in WEIGHTS["comments"]]
    scoring = [Weighted(term(word, level), 1.0) for word in words for level in levels]
    pairs = [Weighted(phrase(*words[n : n + 2]), 1.0) for n in range(63)]
    forms = [AnyOf((*tuple(term(f"{word}{n}") for n in range(5)), term(word))) for word in words]
    search = Search(AnyOf(tuple(forms)), (*scoring, *pairs))
    assert bench.ids(search) == ["1"]
