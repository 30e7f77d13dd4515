"""A real cluster behind TLS, an authority of its own and a password, as its security plugin would have it."""

from __future__ import annotations

import base64
import os
import ssl
from typing import TYPE_CHECKING, Any

import httpx
import orjson
import pytest
import trustme

from kashshaf.index.engine import open_engine
from kashshaf.index.errors import ClusterError, NoSpaceError
from kashshaf.index.query import Search
from tests.index.contract.bench import Bench, record
from tests.index.engines.opensearch.stub import Answer, Asked, stub
from tests.opensearch.cluster import NAMED

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.settings import Settings

USER, PASSWORD = "editor", "كلمة السر"


@pytest.fixture
def guarded(cluster: Settings, tmp_path: Path) -> dict[str, Any]:
    """The settings that open a door to the cluster, which is shut to everybody else."""
    authority, served = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(served)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    before = os.environ[NAMED].split()[0]
    return {
        "answer": lambda told: _let_in(told, before),
        "tls": served,
        "opensearch_ca": tmp_path / "ca.pem",
        "opensearch_prefix": cluster.opensearch_prefix,
        "opensearch_user": USER,
        "opensearch_password": PASSWORD,
    }


def _let_in(told: Asked, cluster: str) -> Answer:
    expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    if told.authorization != expected:
        return 401, {"error": {"type": "security_exception", "reason": "Unauthorized"}, "status": 401}
    kind = (
        "application/x-ndjson"
        if told.path.startswith("/_msearch") or "_bulk" in told.path
        else "application/json"
    )
    answer = httpx.request(
        told.method, cluster + told.path, content=told.body, headers={"Content-Type": kind}, timeout=60
    )
    return answer.status_code, orjson.loads(answer.content)


def test_an_index_behind_tls_and_a_password(guarded: dict[str, Any], tmp_path: Path) -> None:
    with stub(**guarded):
        bench = Bench(open_engine("opensearch"), tmp_path / "comments")
        bench.put(record("1", "a"))
        assert bench.ids(Search()) == ["1"]


def test_a_wrong_password_is_told_and_writes_nothing(guarded: dict[str, Any], tmp_path: Path) -> None:
    with stub(**guarded):
        bench = Bench(open_engine("opensearch"), tmp_path / "comments")
    with (
        stub(**{**guarded, "opensearch_password": "wrong"}),
        pytest.raises(ClusterError, match="opensearch_user and opensearch_password"),
    ):
        bench.put(record("1", "a"))
    with stub(**guarded):
        assert bench.ids(Search()) == []


def test_a_full_disk_of_the_cluster_is_told_at_once(cluster: Settings, tmp_path: Path) -> None:
    """The block that the cluster itself sets when a disk passes the flood stage."""
    bench = Bench(open_engine("opensearch"), tmp_path / "comments")
    bench.put(record("1", "a"))
    blocks = f"{os.environ[NAMED].split()[0]}/{cluster.opensearch_prefix}-*/_settings"
    httpx.put(blocks, json={"index.blocks.read_only_allow_delete": True}).raise_for_status()
    with pytest.raises(NoSpaceError, match="too full to be written to"):
        bench.put(record("2", "a"))
    httpx.put(blocks, json={"index.blocks.read_only_allow_delete": None}).raise_for_status()
    assert bench.ids(Search()) == ["1"]
