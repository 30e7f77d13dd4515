"""The write API over HTTP, as a server has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from kashshaf.search_app.keys.key import make
from kashshaf.search_app.keys.key_file import KeyFile, key_file
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from kashshaf.writing import body
from kashshaf.writing.routes import install
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site, row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

ARTICLES = "/api/v1/articles"


def told(answer: TestResponse) -> Any:
    """What an answer says, read from its JSON."""
    return orjson.loads(answer.data)


class Api:
    """A server of a small site, with a key of each kind."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.site = Site(folder)
        self.site.build(BRIDGE, SCHOOL)
        self.settings = replace(self.site.settings, **settings)
        self.service = SearchService(self.settings)
        self.client = create_app(self.service, self.settings, additions=[install]).test_client()
        self.admin, self.public = self.key("admin"), self.key("public")

    def key(self, kind: Any) -> str:
        key, text = make(kind, kind, (), datetime.now(UTC), None)
        KeyFile(key_file(self.settings)).change(lambda before: [*before, key])
        return text

    def send(self, path: str, content: object = None, *, method: str = "POST", **more: Any) -> TestResponse:
        given = {"Authorization": f"Bearer {self.admin}", **more.pop("headers", {})}
        raw = content if isinstance(content, bytes) else orjson.dumps(content)
        kind = more.pop("content_type", "application/json")
        headers = {name: value for name, value in given.items() if value}
        return self.client.open(path, method=method, data=raw, headers=headers, content_type=kind, **more)

    def found(self, text: str = "") -> set[str]:
        answer = self.client.get("/api/v1/search", query_string={"q": text})
        return {hit["id"] for hit in told(answer)["hits"]}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(tmp_path_factory.mktemp("api"))
    yield made
    made.service.close()


def lines(*rows: object) -> bytes:
    return b"".join((each if isinstance(each, bytes) else orjson.dumps(each)) + b"\n" for each in rows)


def test_an_article_is_written_and_found_by_the_next_search(api: Api) -> None:
    assert "new" not in api.found("المنطاد")
    answer = api.send(ARTICLES, row("new", "سباق المنطاد في العقبة"))
    assert (answer.status_code, told(answer)) == (201, {"id": "new", "status": "added", "mended": []})
    assert api.found("المنطاد") == {"new"}
    again = api.send(ARTICLES, row("new", "سباق المنطاد في العقبة"))
    assert (again.status_code, told(again)["status"]) == (200, "unchanged")
    assert told(api.send(ARTICLES, row("new", "سباق القوارب في العقبة")))["status"] == "updated"
    assert api.found("المنطاد") == set()


def test_an_article_is_removed_whatever_its_id(api: Api) -> None:
    for name in ("a/b", "خبر ١", "a%2Fb", "x?y", "comments"):
        assert api.send(ARTICLES, row(name, "للحذف")).status_code == 201
        place = f"{ARTICLES}/{name.replace('%', '%25').replace('?', '%3F')}"
        assert told(api.send(place, method="DELETE")) == {"id": name, "status": "removed", "mended": []}
        assert told(api.send(place, method="DELETE"))["status"] == "unchanged"
    assert api.found("للحذف") == set()


def test_comments_one_at_a_time(api: Api) -> None:
    place = f"{ARTICLES}/school/comments"
    answer = api.send(place, {"id": "c7", "author": "هند", "text": "خبر مفرح"})
    assert answer.status_code == 201
    assert told(answer) == {"article_id": "school", "id": "c7", "status": "added", "mended": []}
    shown = told(api.client.get(f"{ARTICLES}/school"))["comments"]
    assert [each["id"] for each in shown] == ["c1", "c7"]
    assert told(api.send(f"{place}/c7", method="DELETE"))["status"] == "removed"
    assert api.send(f"{place}/c9", method="DELETE").status_code == 404
    assert api.send(f"{ARTICLES}/nowhere/comments", {"text": "أين؟"}).status_code == 404
    assert api.send(place, {"id": "c8"}).status_code == 422


def test_many_lines_are_told_of_one_by_one(api: Api) -> None:
    sent = lines(row("l1", "السطر الأول"), b"", b'{"id":', {"id": "l3"}, row("l1", "السطر الأول"), [1])
    answer = api.send(ARTICLES, sent, content_type="application/x-ndjson")
    assert answer.status_code == 207
    many = told(answer)
    assert (many["added"], many["refused"]) == (2, 3)
    assert [each["line"] for each in many["results"]] == [1, 3, 4, 5, 6]
    assert [each["status"] for each in many["results"]] == ["added", "refused", "refused", "added", "refused"]
    assert "not JSON" in many["results"][1]["reason"]
    assert api.send(ARTICLES, lines(HARVEST), content_type="application/x-ndjson").status_code == 200
    assert api.send(ARTICLES, lines({"id": "x"}), content_type="application/x-ndjson").status_code == 422
    assert api.send(ARTICLES, b"\n \n", content_type="application/x-ndjson").status_code == 400


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"a":' * 100_000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b"3", "application/json", 422),
        (b'{"id": "a"}', "application/json", 422),
        (b'{"title": "a"}', "application/json", 422),
        (b'{"id": "a\\u0000", "title": "a"}', "application/json", 422),
        (b'{"id": "a", "title": "\\ud800"}', "application/json", 400),
        (b'{"id": "a", "title": "a"}', "text/plain", 415),
        (b'{"id": "a", "title": "a"}', "", 415),
        (b"id=a&title=a", "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_cannot_be_read_is_a_problem(api: Api, content: bytes, kind: str, status: int) -> None:
    answer = api.send(ARTICLES, content, content_type=kind)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert told(answer)["detail"]


def test_a_packed_body_is_not_unpacked(api: Api) -> None:
    assert api.send(ARTICLES, HARVEST, headers={"Content-Encoding": "gzip"}).status_code == 415


def test_a_body_of_some_size_is_read(api: Api) -> None:
    assert api.send(ARTICLES, row("long", "مقال طويل", body="كلمة " * 50_000)).status_code == 201


def test_a_body_that_is_too_large_is_refused(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "MEGABYTE", 100)
    answer = api.send(ARTICLES, {**HARVEST, "body": "أ" * 1_000})
    assert answer.status_code == 413
    assert "write_megabytes" in told(answer)["detail"]
    monkeypatch.setattr(body, "MOST_LINES", 2)
    sent = lines(*({} for _ in range(3)))
    assert "2 at a time" in told(api.send(ARTICLES, sent, content_type="application/x-ndjson"))["detail"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", ARTICLES),
        ("DELETE", f"{ARTICLES}/bridge"),
        ("POST", f"{ARTICLES}/bridge/comments"),
        ("DELETE", f"{ARTICLES}/bridge/comments/c1"),
    ],
)
def test_nothing_is_written_without_an_admin_key(api: Api, method: str, path: str) -> None:
    before = api.site.stored()
    for key, status in (("", 401), (f"Bearer {api.public}", 403)):
        answer = api.send(path, BRIDGE, method=method, headers={"Authorization": key})
        assert answer.status_code == status
    assert api.site.stored() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "GET"])
def test_other_methods_are_told_which_there_are(api: Api, method: str) -> None:
    answer = api.send(ARTICLES, BRIDGE, method=method)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_while_others_write_it_says_when_to_come_again(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kashshaf.indexer.live.writer.PATIENCE", 0.1)
    with api.site.store.lock("index"):
        answer = api.send(ARTICLES, HARVEST)
    assert answer.status_code == 503
    assert told(answer)["type"].endswith(":busy")
    assert int(answer.headers["Retry-After"]) > 0
    assert "process" not in told(answer)["detail"]


def test_writes_with_a_key_are_limited(tmp_path: Path) -> None:
    api = Api(tmp_path, rate_limit_write="2 per minute", rate_limit="1 per minute")
    statuses = [api.send(ARTICLES, row(f"n{each}", "خبر")).status_code for each in range(4)]
    assert statuses == [201, 201, 429, 429]
    api.service.close()
