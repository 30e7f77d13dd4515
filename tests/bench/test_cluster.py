"""The costs of an index on a cluster: measured on the samples where a cluster is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bench.cluster import bulk
from bench.cluster.__main__ import main
from bench.errors import NotHereError
from kashshaf.index import settings
from kashshaf.index.engines.opensearch.connection import close_all
from tests.opensearch.cluster import NO_CLUSTER, is_named
from tests.opensearch.indexes import names, own_indexes

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def nowhere() -> Iterator[None]:
    before = [*settings._in_use]
    settings.use(settings.load(environment={}, opensearch_url=("http://127.0.0.1:9",)))
    yield
    close_all()
    settings._in_use[:] = before


@pytest.mark.usefixtures("nowhere")
def test_without_a_cluster_the_reason_is_said() -> None:
    with pytest.raises(NotHereError, match="opensearch_url"):
        CliRunner().invoke(main, standalone_mode=False, catch_exceptions=False)


def test_each_figure_of_opensearch_is_told_and_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    if not is_named():
        pytest.skip(NO_CLUSTER)
    monkeypatch.setattr(bulk, "TURNS", 1)
    with own_indexes() as used:
        told = CliRunner().invoke(main, ["--topics", "5", "--documents", "20"], catch_exceptions=False)
        assert names(used.opensearch_prefix) == []
    assert [line.split(":")[0] for line in told.output.splitlines()[1:4]] == [
        "rebuild",
        "page, p50",
        "on the cluster",
    ]
    assert "requests a page" in told.output
