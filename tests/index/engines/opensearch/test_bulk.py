"""Bulk requests to a cluster that refuses them, each refusal by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import orjson
import pytest

from kashshaf.index.engines.opensearch import bulk
from kashshaf.index.engines.opensearch.bulk import Bulk, Change
from kashshaf.index.engines.opensearch.connection import connection
from kashshaf.index.errors import ClusterError, NoSpaceError
from tests.index.engines.opensearch.stub import Answer, Asked, stub
from tests.index.engines.opensearch.test_connection import failing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUSY = {"type": "rejected_execution_exception", "reason": "rejected execution of primary operation"}
TOO_LARGE = failing(429, "rejected_execution_exception", "coordinating_operation_bytes=9, max is 4")
NUMBERS = [str(number) for number in range(8)]


class Cluster:
    """Takes documents, unless told to refuse a request or one of its items."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.whole: Callable[[list[str]], Answer | None] = lambda _: None
        self.item: Callable[[str], dict[str, Any] | None] = lambda _: None

    def answer(self, asked: Asked) -> Answer:
        ids = [orjson.loads(line)["index"]["_id"] for line in asked.body.splitlines()[::2]]
        refused = self.whole(ids)
        if refused:
            return refused
        items = [self._item(id_) for id_ in ids]
        return 200, {"errors": any("error" in each["index"] for each in items), "items": items}

    def _item(self, id_: str) -> dict[str, Any]:
        error = self.item(id_)
        if error is None:
            self.taken.append(id_)
            return {"index": {"status": 201}}
        return {"index": {"status": error.pop("status", 429), "error": error}}


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda _: None)
    standing = Cluster()
    with stub(standing.answer):
        yield standing


def send(ids: list[str] = NUMBERS) -> None:
    sender = Bulk(connection(), "alias")
    try:
        for id_ in ids:
            sender.add(Change(id_, orjson.dumps({"index": {"_id": id_}}) + b"\n{}\n"))
        sender.finish()
    finally:
        sender.close()


def test_all_are_sent_in_requests_of_a_bounded_size(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    monkeypatch.setattr(bulk, "BYTES", 70)
    cluster.whole = lambda ids: sizes.append(len(ids))
    send()
    assert sorted(cluster.taken) == NUMBERS
    assert max(sizes) == 3


def test_what_the_cluster_is_too_busy_for_is_sent_again(cluster: Cluster) -> None:
    refused: set[str] = set()

    def once(id_: str) -> dict[str, Any] | None:
        if id_ in refused or id_ not in "257":
            return None
        refused.add(id_)
        return {**BUSY}

    cluster.item = once
    send()
    assert sorted(cluster.taken) == NUMBERS


def test_a_request_that_is_refused_for_being_busy_is_sent_again(cluster: Cluster) -> None:
    answers = [failing(429, "circuit_breaking_exception", "[parent] Data too large")] * 2
    cluster.whole = lambda _: answers.pop() if answers else None
    send()
    assert cluster.taken == NUMBERS


@pytest.mark.parametrize(
    "refusal",
    [
        failing(503, "cluster_block_exception", "SERVICE_UNAVAILABLE/2/no cluster manager"),
        failing(503, "unavailable_shards_exception", "primary shard is not active"),
    ],
)
def test_a_cluster_that_has_lost_a_node_is_waited_for(cluster: Cluster, refusal: Answer) -> None:
    answers = [refusal]
    cluster.whole = lambda _: answers.pop() if answers else None
    send()
    assert cluster.taken == NUMBERS


def test_a_cluster_that_is_not_to_be_reached_is_waited_for(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [httpx.ConnectError("refused"), httpx.ReadTimeout("late")]
    request = httpx.Client.request

    def breaking(self: httpx.Client, *given: Any, **named: Any) -> httpx.Response:
        if broken:
            raise broken.pop()
        return request(self, *given, **named)

    monkeypatch.setattr(httpx.Client, "request", breaking)
    send()
    assert cluster.taken == NUMBERS


def test_a_request_that_is_too_large_is_halved(cluster: Cluster) -> None:
    cluster.whole = lambda ids: TOO_LARGE if len(ids) > 3 else None
    send()
    assert sorted(cluster.taken) == NUMBERS


def test_a_document_that_is_too_large_alone_is_an_error(cluster: Cluster) -> None:
    cluster.whole = lambda ids: TOO_LARGE if "4" in ids else None
    with pytest.raises(ClusterError, match="no request so large"):
        send()


def test_a_full_disk_is_told_at_once(cluster: Cluster) -> None:
    asked = []

    def full(id_: str) -> dict[str, Any]:
        asked.append(id_)
        return {"type": "cluster_block_exception", "reason": "disk usage exceeded flood-stage watermark"}

    cluster.item = full
    with pytest.raises(NoSpaceError, match="too full"):
        send(["1"])
    assert asked == ["1"]


def test_a_document_that_is_refused_is_named(cluster: Cluster) -> None:
    wrong = {"type": "mapper_parsing_exception", "reason": "failed to parse", "status": 400}
    cluster.item = lambda id_: {**wrong} if id_ in "36" else None
    with pytest.raises(ClusterError, match="refused 2 documents; the first is 3: mapper_parsing"):
        send()


def test_a_cluster_that_stays_busy_is_given_up(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PATIENCE", 0)
    cluster.item = lambda id_: {**BUSY} if id_ == "3" else None
    with pytest.raises(ClusterError, match=r"too busy for 1 documents, 3 the first.*try again"):
        send()
