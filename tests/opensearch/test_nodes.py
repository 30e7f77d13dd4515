"""Two nodes: a new index is on both before it serves, in as many parts as are set, with the same scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.index import settings
from kashshaf.index.engine import open_engine
from kashshaf.index.engines.opensearch.connection import connection
from kashshaf.index.engines.opensearch.place import read_name
from kashshaf.index.query import Search
from tests.index.contract.bench import Bench, record, scored, term
from tests.opensearch.cluster import nodes
from tests.opensearch.indexes import own_indexes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def two_nodes() -> Iterator[str]:
    """The address of a cluster of two nodes: half a minute, so one for all tests here."""
    yield from (cluster.urls[0] for cluster in nodes(2))


@pytest.fixture
def bench(two_nodes: str, tmp_path: Path) -> Iterator[Bench]:
    with own_indexes(opensearch_url=(two_nodes,), opensearch_shards=3):
        yield Bench(open_engine("opensearch"), tmp_path / "comments")


def shards(bench: Bench) -> list[tuple[str, str, str]]:
    """State, node and documents of each part of the index and of its copy."""
    rows: Any = connection().get(f"/_cat/shards/{read_name(bench.folder)}?h=state,node,docs&format=json")
    return sorted((row["state"], row["node"], row["docs"]) for row in rows)


def test_each_part_is_on_both_nodes_when_the_writer_is_closed(bench: Bench) -> None:
    bench.put(*(record(str(n), "a b" if n % 2 else "a") for n in range(30)))
    found = shards(bench)
    assert {state for state, _, _ in found} == {"STARTED"}
    by_node = [[int(docs) for _, at, docs in found if at == node] for node in {row[1] for row in found}]
    assert [sum(docs) for docs in by_node] == [30, 30]


def test_the_number_of_parts_changes_no_score(bench: Bench, tmp_path: Path) -> None:
    rows = [record(f"{n:02}", "a " * (n % 5 + 1) + "b " * (n % 3)) for n in range(40)]
    reference = Bench(open_engine("memory"), tmp_path / "reference")
    for each in (bench, reference):
        each.put(*rows)
    search = Search(term("a"), scored("a", "b"), limit=40)
    ours, theirs = bench.search(search), reference.search(search)
    assert ours.total == theirs.total == 40
    assert [hit.score for hit in ours.hits] == pytest.approx([hit.score for hit in theirs.hits], abs=2e-4)


def test_the_next_node_answers_where_the_first_address_does_not(bench: Bench, two_nodes: str) -> None:
    bench.put(record("1", "a"))
    urls = ("http://127.0.0.1:9", two_nodes)
    settings.use(settings.override(settings.in_use(), opensearch_url=urls))
    assert bench.ids(Search()) == ["1"]
