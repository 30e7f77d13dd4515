"""A point in time that went with its node, or that no node has room for."""

from __future__ import annotations

import base64
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.index.engine import open_engine
from kashshaf.index.engines.opensearch.connection import connection
from kashshaf.index.engines.opensearch.reader import OpenSearchReader
from kashshaf.index.errors import ClusterError
from kashshaf.index.query import EVERYTHING, Ask, Search
from kashshaf.search_app.results.service import SearchService
from tests.index.contract.bench import Bench, record, scored, term
from tests.opensearch.three_nodes import articles, asked, copies, names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kashshaf.index.engine import Reader
    from tests.opensearch.cluster import Cluster
    from tests.opensearch.three_nodes import ClusterSite

A = Search(term("a"), scored("a"))
QUESTIONS: dict[str, Callable[[Reader], Any]] = {
    "search": lambda reader: reader.search(A),
    "groups": lambda reader: reader.groups(A, "article", 2),
    "having": lambda reader: reader.having([term("a"), term("b")], ["0", "1"]),
    "facets": lambda reader: reader.facets(Search(EVERYTHING), {"source_folded": 3}),
    "frequencies": lambda reader: reader.frequencies([term("a"), term("b")]),
    "count": lambda reader: reader.count(),
    "stored": lambda reader: reader.stored(["0", "1"]),
    "scan": lambda reader: sorted(reader.scan()),
    "values": lambda reader: reader.values("article"),
    "foreseen": lambda reader: _foreseen(reader, (Ask("search", (A,)), Ask("groups", (A, "article", 2)))),
}


def _foreseen(reader: Reader, questions: tuple[Ask, ...]) -> list[Any]:
    """The answers to questions that are asked in one request."""
    engine = open_engine("opensearch")
    engine.foresee([(reader, ask) for ask in questions])
    return [engine.foreseen(reader, ask) for ask in questions]


def held_by(reader: Reader, node: str) -> bool:
    """True where a part of what a reader asks is held by that node, whose id stands in the snapshot's."""
    assert isinstance(reader, OpenSearchReader)
    return node.encode() in base64.urlsafe_b64decode(reader._moment.held() + "==")


def test_what_died_with_its_node_is_asked_anew(
    site: ClusterSite, three_nodes: Cluster, tmp_path: Path
) -> None:
    """Each question of a reader, alone and together with others, and a page."""
    bench = Bench(open_engine("opensearch"), tmp_path / "comments")
    bench.put(*(record(str(n), "a b" if n % 2 else "a", article=f"x{n % 5}") for n in range(30)))
    site.build(*articles(0, 60))
    dying = copies(names(site)["articles"])[0]
    with ExitStack() as stack, closing(SearchService(site.settings)) as service:
        readers: dict[str, Reader] = {}
        for name in QUESTIONS:
            while name not in readers or not held_by(readers[name], dying["id"]):
                readers[name] = stack.enter_context(bench.reader())
        with bench.reader() as other:
            expected = {name: ask(other) for name, ask in QUESTIONS.items()}
        page = asked(service, "مدرسة قرية", facets="year,type")
        three_nodes.node(dying["node"]).kill()
        three_nodes.wait(2)
        for name, ask in QUESTIONS.items():
            assert ask(readers[name]) == expected[name], name
        again = asked(service, "قرية مدرسة", facets="year,type")
        assert (again["total"], again["facets"]) == (page["total"], page["facets"])


def test_where_no_node_has_room_for_a_snapshot_the_setting_is_named(
    site: ClusterSite, three_nodes: Cluster, tmp_path: Path
) -> None:
    assert three_nodes.nodes
    bench = Bench(open_engine("opensearch"), tmp_path / "comments")
    bench.put(record("1", "a"))
    site.build(*articles(0, 10))
    with closing(SearchService(site.settings)) as service, ExitStack() as stack:
        found = asked(service, "مدرسة")["hits"]
        allow(6)
        stack.callback(allow, 300)
        with pytest.raises(ClusterError, match=r"search\.max_open_pit_context"):
            open_many(stack, bench, 30)
        allow(300)
        site.index(site.write("more.jsonl", *articles(100, 5)))
        allow(6)
        assert asked(service, "مدرسة")["hits"] == found  # the snapshot before serves on


def open_many(stack: ExitStack, bench: Bench, number: int) -> None:
    for _ in range(number):
        stack.enter_context(bench.reader())


def allow(moments: int) -> None:
    """Have each node keep so many points in time at most."""
    connection().put("/_cluster/settings", {"transient": {"search.max_open_pit_context": moments}})
