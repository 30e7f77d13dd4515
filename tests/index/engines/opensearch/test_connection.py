"""A cluster that cannot be asked: each reason has a sentence that says what to do."""

from __future__ import annotations

import base64
import ssl
import threading
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from kashshaf.index import settings
from kashshaf.index.engines.opensearch.connection import close_all, connection
from kashshaf.index.errors import ClusterError, IndexingError, NoSpaceError, SettingsError, TimeLimitError
from kashshaf.index.limits.deadline import time_limit
from tests.index.engines.opensearch.stub import GOOD, Answer, Asked, stub

if TYPE_CHECKING:
    from pathlib import Path

USER: dict[str, Any] = {"opensearch_user": "u", "opensearch_password": "secret"}
NODES = [{"version": "2.19.1"}, {"version": "3.8.0"}]


def failing(status: int, kind: str = "", reason: str = "") -> Answer:
    return status, {"error": {"type": kind, "reason": reason, "root_cause": []}, "status": status}


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"distribution": "opensearch", "number": "2.11.0"}, "opensearch 2.11.0"),
        ({"number": "8.17.1"}, "something else 8.17.1"),
        ({}, "something else"),
        ({"distribution": "opensearch", "number": "new"}, "opensearch new"),
    ],
)
def test_what_is_no_cluster_or_too_old_is_named(told: dict[str, str], named: str) -> None:
    with stub(lambda _: (200, {})) as standing:
        standing.head = 200, {"version": told}
        with pytest.raises(ClusterError, match=f"is {named}.*OpenSearch 2.19 or newer"):
            connection().get("/any")
        assert [asked.path for asked in standing.asked] == ["/"]


def test_a_newer_version_is_taken() -> None:
    with stub(lambda _: (200, [1])) as standing:
        standing.head = 200, {"version": {**GOOD["version"], "number": "3.8.0-SNAPSHOT"}}
        assert connection().get("/any") == [1]


def test_where_no_node_answers_the_setting_is_named() -> None:
    before = [*settings._in_use]
    settings.use(settings.load(environment={}, opensearch_url=("http://127.0.0.1:9", "http://127.0.0.1:19")))
    try:
        with pytest.raises(ClusterError, match=r"127.0.0.1:9 http://127.0.0.1:19 cannot be.*opensearch_url"):
            connection().get("/any")
    finally:
        close_all()
        settings._in_use[:] = before


def test_where_a_node_does_not_answer_the_next_is_asked() -> None:
    with stub(lambda _: (200, {"a": 1})):
        (url,) = settings.in_use().opensearch_url
        settings.use(settings.override(settings.in_use(), opensearch_url=("http://127.0.0.1:9", url)))
        assert connection().get("/any") == {"a": 1}


FAILURES: list[tuple[Answer, type[IndexingError], str]] = [
    (failing(401), ClusterError, "set opensearch_user and opensearch_password"),
    (failing(403, "security_exception", "no permissions"), ClusterError, "set opensearch_user"),
    (failing(403, "cluster_block_exception", "FORBIDDEN/5/index read-only"), ClusterError, "the block away"),
    (failing(429, "cluster_block_exception", "disk usage exceeded flood-stage"), NoSpaceError, "too full"),
    (failing(429, "rejected_execution_exception", "queue is full"), ClusterError, "too busy"),
    (failing(429, "circuit_breaking_exception", "Data too large"), ClusterError, "too busy"),
    (failing(404, "index_not_found_exception", "no such index"), IndexingError, "kashshaf rollback"),
    (failing(503, "search_phase_execution_exception", "all shards failed"), ClusterError, "health of the"),
    (failing(413, "", "Content Too Large"), ClusterError, "no request so large"),
    (failing(400, "parsing_exception", "unknown query"), ClusterError, "answers 400: parsing_exception"),
    ((502, "<html>a proxy's own page</html>"), ClusterError, "answers 502"),
]


@pytest.mark.parametrize(("answer", "error", "says"), FAILURES)
def test_failures_are_told_by_their_type(answer: Answer, error: type[IndexingError], says: str) -> None:
    with stub(lambda _: answer), pytest.raises(error, match=says):
        connection().get("/any")


def test_user_and_password_are_sent_and_never_said() -> None:
    with stub(lambda _: failing(401), **USER) as standing:
        with pytest.raises(ClusterError) as raised:
            connection().get("/any")
        assert "secret" not in str(raised.value)
        assert standing.asked[-1].authorization == "Basic " + base64.b64encode(b"u:secret").decode()


def test_the_factor_is_that_of_the_oldest_node() -> None:
    for nodes, factor in ((NODES, 2.2), (NODES[1:], 1.0)):
        with stub(lambda _, nodes=nodes: (200, nodes)):  # type: ignore[misc] # a lambda's default
            assert connection().factor == pytest.approx(factor)


def test_a_search_that_waits_too_long_ends_at_its_deadline() -> None:
    def slow(asked: Asked) -> Answer:
        waited.wait(5)
        return 200, {"asked": asked.path}

    waited = threading.Event()
    with stub(slow):
        connection().check()
        with time_limit(0.05), pytest.raises(TimeLimitError):
            connection().get("/any")
        waited.set()


def test_a_certificate_is_believed_by_its_authority(tmp_path: Path) -> None:
    authority, served = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(served)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with stub(lambda _: (200, [1]), served, opensearch_ca=tmp_path / "ca.pem"):
        assert connection().get("/any") == [1]
    with stub(lambda _: (200, [1]), served), pytest.raises(ClusterError, match="opensearch_ca"):
        connection().get("/any")


def test_an_authority_that_is_none_names_its_setting(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    for name in ("ca.pem", "missing.pem"):
        values: dict[str, Any] = {"opensearch_ca": tmp_path / name}
        with stub(lambda _: (200, {}), **values), pytest.raises(SettingsError, match="opensearch_ca"):
            connection()
