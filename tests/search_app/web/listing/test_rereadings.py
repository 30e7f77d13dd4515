"""Corrections, suggestions and completions on the page, in the API and in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
from click import unstyle
from lxml import html

from kashshaf.search_app import terminal
from kashshaf.search_app.query.parameters import SearchRequest

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from kashshaf.search_app.results.service import SearchService

TYPED, MEANT = "hgldkhx", "الميناء"


def _page(client: FlaskClient, url: str = "/search", **query: str) -> Any:  # lxml has no types
    return html.fromstring(client.get(url, query_string=query or None).data.decode())


def _notices(page: Any) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.cssselect(".notice")]


def test_the_page_says_what_was_looked_for_and_one_click_undoes_it(client: FlaskClient) -> None:
    page = _page(client, q=TYPED)
    assert _notices(page)[:1] == [f"بحثنا عن {MEANT} — ابحث عن {TYPED} بدلاً من ذلك"]
    assert page.cssselect("#q")[0].get("value") == MEANT
    assert page.cssselect(".hit")
    literal = _page(client, page.cssselect(".notice a")[0].get("href"))
    assert not literal.cssselect(".hit")
    assert literal.cssselect("#q")[0].get("value") == TYPED
    (chip,) = literal.cssselect(".chips a")
    assert _page(client, chip.get("href")).cssselect(".hit")


def test_a_suggestion_is_a_link_to_its_results(
    client: FlaskClient, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SearchRequest("البلدية")
    response = {**stories.search(request), "suggestion": MEANT}
    search = stories.search
    monkeypatch.setattr(stories, "search", lambda asked: search(asked) if asked.text == MEANT else response)
    page = _page(client, q="البلدية")
    (suggested,) = page.cssselect(".line .suggested")
    assert " ".join(suggested.text_content().split()) == f"هل تقصد {MEANT}؟"
    assert _page(client, suggested.cssselect("a")[0].get("href")).cssselect(".hit")


def test_a_right_query_gets_neither(client: FlaskClient) -> None:
    assert _notices(_page(client, q=MEANT)) == []


def test_the_terminal_says_both(stories: SearchService) -> None:
    request = SearchRequest(TYPED)
    response = stories.search(request)
    told = unstyle(terminal.response_text(request, response))
    assert f"Searched for: {MEANT}; for the words as typed, {TYPED}, add --correct no" in told
    response["suggestion"] = "شيء"
    assert "Did you mean: شيء" in unstyle(terminal.response_text(request, response))


def test_the_api_completes_words(client: FlaskClient) -> None:
    found = orjson.loads(client.get("/api/v1/suggest", query_string={"q": "رصيف المين"}).data)
    assert found["suggestions"][0] == {"text": "رصيف الميناء", "kind": "word"}
    assert orjson.loads(client.get("/api/v1/suggest").data) == {"suggestions": []}


@pytest.mark.parametrize(("query", "param"), [("text=a", "text"), ("q=a&q=b", "q"), ("q=" + "ا" * 1001, "q")])
def test_the_parameter_at_fault_is_named(client: FlaskClient, query: str, param: str) -> None:
    response = client.get(f"/api/v1/suggest?{query}")
    assert (response.status_code, orjson.loads(response.data)["param"]) == (400, param)
