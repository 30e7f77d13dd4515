"""A node that is killed: nothing that was acknowledged is lost, and what can be answered is answered."""

from __future__ import annotations

import threading
import time
from contextlib import closing, contextmanager
from datetime import UTC
from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.index.engines.opensearch import bulk
from kashshaf.index.engines.opensearch.connection import connection
from kashshaf.index.errors import ClusterError, StoppedError
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.search_app.results.service import SearchService
from tests.opensearch.three_nodes import (
    Load,
    articles,
    asked,
    copies,
    names,
    require_every_word,
    wait_until,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.opensearch.cluster import Cluster, Node
    from tests.opensearch.three_nodes import ClusterSite

BEFORE, AFTER = 3.0, 15.0
"""Seconds of load before a node is killed, and after it."""
GREEN = 60.0
"""Seconds until the cluster has as many copies as before, on the nodes that are left."""


def manager(cluster: Cluster) -> Node:
    (row,) = cluster.ask("/_cat/cluster_manager?h=node&format=json")
    return cluster.node(row["node"])


def data_node(cluster: Cluster) -> Node:
    """A node that leads nothing."""
    return next(node for node in cluster.nodes if node is not manager(cluster))


def is_green(cluster: Cluster, site: ClusterSite) -> bool:
    """Tell whether the indexes of a site have all their copies."""
    health = cluster.ask(f"/_cluster/health/{','.join(names(site).values())}")
    return bool(health["status"] == "green")


@pytest.mark.parametrize("chosen", [data_node, manager])
def test_a_node_killed_under_load(
    site: ClusterSite, three_nodes: Cluster, chosen: Callable[[Cluster], Node], record_property: Any
) -> None:
    """No request fails, nothing acknowledged is lost, and the copies are made anew on two nodes."""
    site.build(*articles(0, 60))
    for name in names(site).values():
        soon = {"index.unassigned.node_left.delayed_timeout": "5s"}
        connection().put(f"/{name}/_settings", soon)
    killed = chosen(three_nodes)
    with Load(site) as load:
        time.sleep(BEFORE)
        killed.kill()
        started = time.monotonic()
        time.sleep(AFTER)
        assert load.searches
    assert load.failed == []
    three_nodes.wait(2)
    wait_until(lambda: is_green(three_nodes, site), GREEN - (time.monotonic() - started))
    record_property("green after", time.monotonic() - started)
    record_property("searches, commits, slowest", (load.searches, len(load.acknowledged), load.slowest))
    assert set(load.acknowledged) <= set(site.stored())
    three_nodes.heal()
    require_every_word(site)


def test_of_a_part_that_is_lost_nothing_is_said_rather_than_half_the_truth(
    site: ClusterSite, three_nodes: Cluster
) -> None:
    """The cluster calls it a success of fewer parts; when the node is back all is there."""
    site.build_without_copies(*articles(0, 60))
    before = site.found("مدرسة")
    name = names(site)["articles"]
    with closing(SearchService(site.settings)) as service:
        assert asked(service, "نفط")["total"]
        three_nodes.node(copies(name)[0]["node"]).kill()
        three_nodes.wait(2, "red")
        told = connection().get(f"/{name}/_count")["_shards"]
        assert (told["total"], told["successful"], told["failed"]) == (3, 2, 0)
        with pytest.raises(ClusterError, match="see the health of the cluster"):
            asked(service, "قرية")
        with pytest.raises(ClusterError):
            site.remove("n1")
        three_nodes.heal()
        assert {hit["id"] for hit in asked(service, "مدرسة", size="100")["hits"]} == before
    site.remove("n1")  # nothing was begun when it was refused
    assert "n1" not in site.stored()
    require_every_word(site)


@contextmanager
def killing(node: Node, *, back: float | None) -> Iterator[Any]:
    """A progress display that kills a node when the tenth article is written, and may bring it back."""
    written = []

    @contextmanager
    def show(name: str, _: int | None) -> Iterator[Any]:
        def step(done: int = 1, /) -> None:
            written.extend([name] * done)
            if name == "Indexing" and written.count(name) == 10:
                node.kill()
                if back is not None:
                    timer.start()

        yield step

    timer = threading.Timer(back or 0, node.start)
    yield show
    if back is not None:
        timer.join()


def test_a_node_lost_in_a_rebuild_is_waited_for(
    site: ClusterSite, three_nodes: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BYTES", 4_000)
    site.build(*articles(0, 60))
    with killing(data_node(three_nodes), back=5) as show:
        report = rebuild(site.settings, [site.sources], Options(None, UTC), show)
    assert report.added == 60
    three_nodes.heal()
    require_every_word(site)


def test_a_rebuild_goes_on_where_its_cluster_went_away(
    site: ClusterSite, three_nodes: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BYTES", 4_000)
    monkeypatch.setattr(bulk, "PATIENCE", 2.0)
    site.build(*articles(0, 60))
    serving = site.store.current().name
    with (
        killing(data_node(three_nodes), back=None) as show,
        pytest.raises(StoppedError, match=r"cluster.*--resume goes on"),
    ):
        rebuild(site.settings, [site.sources], Options(None, UTC), show)
    assert site.store.current().name == serving
    assert len(site.stored()) == 60
    three_nodes.heal()
    report = rebuild(site.settings, [site.sources], Options(None, UTC), silent, resume=True)
    assert (report.added, report.hints) == (60, [])
    assert site.store.current().name != serving
    assert {copy["prirep"] for copy in copies(names(site)["articles"])} == {"p", "r"}
    require_every_word(site)
