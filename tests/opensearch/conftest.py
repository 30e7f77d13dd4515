"""Every test in this folder asks a real cluster, of which it sees its own indexes alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.opensearch.cluster import NO_CLUSTER, Cluster, is_named, nodes
from tests.opensearch.indexes import own_indexes
from tests.opensearch.three_nodes import ClusterSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.index.settings import Settings


@pytest.fixture(scope="session")
def three() -> Iterator[Cluster]:
    """Three nodes, beside whatever cluster is named: half a minute, so for all tests that kill some."""
    yield from nodes(3)


@pytest.fixture
def three_nodes(three: Cluster) -> Iterator[Cluster]:
    """Three nodes that are well before the test, and after it."""
    yield three
    three.heal()


@pytest.fixture
def site(three_nodes: Cluster, tmp_path: Path) -> Iterator[ClusterSite]:
    """A site on three nodes; searches are given time, since those nodes share two processors."""
    urls = three_nodes.urls
    with own_indexes(opensearch_url=urls, opensearch_shards=3, search_time_limit=2.5) as settings:
        yield ClusterSite(tmp_path, settings)
        three_nodes.heal()


@pytest.fixture
def cluster() -> Iterator[Settings]:
    """Settings that name the cluster, with a prefix of the test's own."""
    if not is_named():
        pytest.skip(NO_CLUSTER)
    with own_indexes() as settings:
        yield settings
