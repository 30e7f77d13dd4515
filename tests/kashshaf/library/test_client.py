"""The client over the real application, and over answers that are none."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import orjson
import pytest

from kashshaf import ApiError, AsyncClient, Client
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from kashshaf.index.settings import Settings
    from kashshaf.indexer.report import Report

HOME = "http://search.example"


@pytest.fixture(scope="module")
def wsgi(samples_index: tuple[Settings, Report]) -> Iterator[httpx.WSGITransport]:
    service = SearchService(samples_index[0])
    yield httpx.WSGITransport(create_app(service, samples_index[0]))
    service.close()


@pytest.fixture
def client(wsgi: httpx.WSGITransport) -> Iterator[Client]:
    with Client(HOME, transport=wsgi) as opened:
        yield opened


def answering(status: int, body: bytes, **headers: str) -> Client:
    reply = httpx.Response(status, content=body, headers=headers)
    return Client(HOME, transport=httpx.MockTransport(lambda _: reply))


def waited(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine, in a thread of its own: this one may have a loop that runs, a browser's."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


class Recorder:
    """A server that writes down what it is asked, and agrees."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, bytes]] = []
        self.headers = httpx.Headers()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((request.method, request.url.raw_path.decode(), request.content))
        self.headers = request.headers
        return httpx.Response(200, json={"added": 1})


def test_a_search_is_that_of_the_api(client: Client) -> None:
    answer = client.search("الجسر", size=2, facets=["source", "year"])
    assert len(answer["hits"]) == 2
    assert set(answer["facets"]) == {"source", "year"}
    assert client.suggest("الجس")["suggestions"]


def test_all_hits_come_page_after_page(client: Client) -> None:
    total = client.search("", in_="comments")["total"]
    found = [(hit["type"], hit["id"]) for hit in client.hits("", in_="comments", size=7)]
    assert len(found) == total > 7


def test_an_article_and_its_likes_by_an_id_of_any_letters(client: Client) -> None:
    for hit in client.search("", size=5)["hits"]:
        assert client.article(hit["id"])["id"] == hit["id"]
        client.similar(hit["id"])


def test_a_refusal_has_the_members_of_the_problem(client: Client) -> None:
    with pytest.raises(ApiError, match="size") as told:
        client.search("الجسر", size=1_000)
    error = told.value
    assert (error.status, error.param, error.retry_after) == (400, "size", None)
    assert error.type.endswith("usage")
    assert error.title


@pytest.mark.parametrize("body", [b"<h1>Bad Gateway</h1>", b"", b"[1]", b'"x"', b"\xff"])
def test_a_refusal_that_is_no_problem_is_told_by_its_status(body: bytes) -> None:
    with answering(502, body) as client, pytest.raises(ApiError, match="502 Bad Gateway") as told:
        client.search("الجسر")
    assert told.value.type == told.value.detail == ""


def test_articles_that_are_all_refused_are_told_by_the_reason_of_the_first() -> None:
    results = [{"line": line, "status": "refused", "reason": f"reason {line}"} for line in (1, 2)]
    body = orjson.dumps({"added": 0, "updated": 0, "unchanged": 0, "refused": 2, "results": results})
    with answering(422, body) as client, pytest.raises(ApiError, match="reason 1") as told:
        client.add([{"id": "a"}, {"id": "b"}])
    assert (told.value.status, told.value.detail) == (422, "reason 1")


def test_when_to_come_back_is_told() -> None:
    busy = orjson.dumps({"title": "busy", "status": 503})
    with answering(503, busy, **{"Retry-After": "7"}) as client, pytest.raises(ApiError) as told:
        client.suggest("الج")
    assert (told.value.retry_after, str(told.value)) == (7, "busy")


WRITES: dict[str, tuple[Callable[[Any], Any], tuple[str, str, bytes]]] = {
    "articles": (
        lambda client: client.add([{"id": "a/1"}, {"id": "b"}]),
        ("POST", "/under/api/v1/articles", b'{"id":"a/1"}\n{"id":"b"}\n'),
    ),
    "no article": (lambda client: client.remove("a/1"), ("DELETE", "/under/api/v1/articles/a%2F1", b"")),
    "a comment": (
        lambda client: client.add_comment("a 1", {"text": "x"}),
        ("POST", "/under/api/v1/articles/a%201/comments", b'{"text":"x"}'),
    ),
    "no comment": (
        lambda client: client.remove_comment("a", "b?c"),
        ("DELETE", "/under/api/v1/articles/a/comments/b%3Fc", b""),
    ),
}


@pytest.mark.parametrize(("write", "expected"), WRITES.values(), ids=list(WRITES))
def test_writes_carry_the_key_below_the_prefix(
    write: Callable[[Any], Any], expected: tuple[str, str, bytes]
) -> None:
    server = Recorder()
    with Client(HOME + "/under/", key="secret", transport=httpx.MockTransport(server)) as client:
        assert write(client) == {"added": 1}
    assert server.asked == [expected]
    assert server.headers["Authorization"] == "Bearer secret"


@pytest.mark.parametrize(("write", "expected"), WRITES.values(), ids=list(WRITES))
def test_the_client_to_await_asks_the_same(
    write: Callable[[Any], Any], expected: tuple[str, str, bytes]
) -> None:
    server = Recorder()

    async def asked() -> object:
        async with AsyncClient(HOME + "/under", transport=httpx.MockTransport(server)) as client:
            return await write(client)

    assert waited(asked()) == {"added": 1}
    assert server.asked == [expected]
    assert "Authorization" not in server.headers


def test_the_client_to_await_reads_the_same(client: Client) -> None:
    """The real application answers, by way of the client that waits."""

    def relay(request: httpx.Request) -> httpx.Response:
        answer = client._http.get(str(request.url))
        return httpx.Response(answer.status_code, content=answer.content)

    async def read() -> tuple[Any, ...]:
        async with AsyncClient(HOME, transport=httpx.MockTransport(relay)) as awaited:
            found = [hit["id"] async for hit in awaited.hits("الجسر", size=3)]
            first = await awaited.article(found[0])
            answer = await awaited.search("الجسر", size=3)
            like = await awaited.similar(found[0])
            return found, first, answer["hits"], like, await awaited.suggest("الجس")

    found, first, hits, like, suggested = waited(read())
    assert found == [hit["id"] for hit in client.hits("الجسر", size=3)]
    assert first == client.article(found[0])
    assert [hit["id"] for hit in hits] == found[:3]
    assert like == client.similar(found[0])
    assert suggested == client.suggest("الجس")
