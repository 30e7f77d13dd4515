"""The time limit as pages, API and files tell it; an answer that was cut short is not given again."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from lxml import html

from kashshaf.index.settings import Settings
from kashshaf.search_app.web import export
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.pages import NOTES
from tests.index.clock import Clock
from tests.search_app.stories import CROWD

if TYPE_CHECKING:
    import pytest
    from flask.testing import FlaskClient

    from kashshaf.search_app.results.service import SearchService

ASKED = {"q": "الميناء القديم", "facets": "source,type"}


def client_of(stories: SearchService, ticks: int, patch: pytest.MonkeyPatch) -> FlaskClient:
    """A client of an application that may look at the clock so often for a request."""
    Clock.of(patch, tick=1)
    patch.setattr(stories, "_seconds", ticks)
    return create_app(stories, Settings(search_time_limit=ticks)).test_client()


def looks(stories: SearchService, patch: pytest.MonkeyPatch, path: str, asked: dict[str, str]) -> int:
    """Looks at the clock until a request is answered whole."""
    client = client_of(stories, 10_000, patch)
    clock = Clock.of(patch, tick=1)
    assert client.get(path, query_string=asked).status_code == 200
    return int(clock.work)


def test_nothing_found_in_time_is_a_problem(stories: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(stories, 2, monkeypatch)
    answer = client.get("/api/v1/search", query_string=ASKED)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.get_json()["type"] == "urn:problem-type:kashshaf:time-limit"
    assert "ask for less" in answer.get_json()["detail"]
    page = client.get("/search", query_string={"q": "الميناء"})
    assert page.status_code == 503
    assert "انتهت مهلة البحث" in page.get_data(as_text=True)


def test_what_was_found_says_that_it_is_not_all(
    stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks(stories, monkeypatch, "/api/v1/search", ASKED)  # what is remembered need not be looked for
    ticks = looks(stories, monkeypatch, "/api/v1/search", ASKED)
    client = client_of(stories, ticks - 3, monkeypatch)
    answer = client.get("/api/v1/search", query_string=ASKED)
    assert answer.status_code == 200
    assert answer.get_json()["timed_out"] is True
    assert "type" not in answer.get_json()["facets"]
    assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("no-store", False)
    Clock.of(monkeypatch)
    again = client.get("/api/v1/search", query_string=ASKED)
    assert again.get_json()["timed_out"] is False
    assert again.get_json()["facets"]["type"]
    assert "ETag" in again.headers


def test_a_page_says_so_too(stories: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = looks(stories, monkeypatch, "/search", {"q": "الميناء القديم"})
    client = client_of(stories, ticks * 3 // 4, monkeypatch)
    page = html.fromstring(client.get("/search?q=الميناء القديم").get_data(as_text=True))
    assert NOTES["time_limit"] in {node.text_content() for node in page.cssselect(".notice")}
    assert page.cssselect(".hit")


def test_a_file_ends_where_the_time_does(stories: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "BATCH", 200)
    asked = {"in": "comments", "article": CROWD}
    ticks = looks(stories, monkeypatch, "/search.csv", asked)
    texts = []
    for part in (2, 3, 40):
        client = client_of(stories, ticks * part // 4, monkeypatch)
        answer = client.get("/search.csv", query_string=asked)
        texts.append(list(csv.reader(io.StringIO(answer.get_data(as_text=True)))))
    assert len(texts[-1]) == 621
    for rows in texts[:-1]:
        assert rows[-1] == [export.CUT]
        assert rows[:-1] == texts[-1][: len(rows) - 1]
    assert client.get("/search.json", query_string=asked).get_json()["timed_out"] is False
    ended = client_of(stories, ticks // 2, monkeypatch).get("/search.json", query_string=asked).get_json()
    assert ended["timed_out"] is True
    assert 0 < len(ended["results"]) < 620
