"""Many comments are read by pages and a long text in parts, by links alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from kashshaf.search_app.results import article_page
from kashshaf.search_app.results import service as services
from kashshaf.search_app.results.article_page import Part
from kashshaf.search_app.web import api
from kashshaf.search_app.web.reading import page as reading
from tests.search_app.stories import CROWD, HARBOUR

if TYPE_CHECKING:
    from flask.testing import FlaskClient

PAGE = 300


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (article_page, services, reading):
        monkeypatch.setattr(module, "PAGE", PAGE)


def _page(client: FlaskClient, path: str, **query: object) -> Any:  # lxml has no types
    response = client.get(path, query_string=query or None)
    assert response.status_code == 200
    return html.fromstring(response.data.decode())


def _ids(page: Any) -> list[str]:
    return [node.get("id") for node in page.cssselect(".comment")]


def test_the_pages_of_comments_follow_each_other(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{CROWD}", q="سريع")
    seen = _ids(page)
    assert "620 تعليقاً" in page.cssselect("#comments-title")[0].text_content()
    while following := page.cssselect(".comments .turn [rel=next]"):
        href = following[0].get("href")
        assert href.endswith("#comments")
        assert "q=" in href
        page = _page(client, href.partition("#")[0])
        assert page.cssselect(".turn [rel=prev]")
        seen += _ids(page)
    assert len(seen) == len({*seen}) == 620
    assert page.cssselect("ol")[-1].cssselect("li")


def test_comments_are_numbered_on(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{CROWD}", comments=2)
    assert "501–" in page.cssselect(".group summary")[0].text_content() or page.cssselect(".group") == []
    last = _page(client, f"/articles/{CROWD}", comments=3)
    assert _ids(last) == [f"c-{number}" for number in range(601, 621)]
    assert "الصفحة 3 من 3" in last.cssselect(".comments .turn")[0].text_content()


def test_a_hit_opens_at_the_page_that_holds_the_comment(client: FlaskClient) -> None:
    found = _page(client, "/search", q="سريع", **{"in": "comments", "article": CROWD, "page": 7})
    links = [link.get("href") for link in found.cssselect(".hit h2 a")]
    assert links
    for link in links:
        path, _, name = link.partition("#")
        assert name in _ids(_page(client, path))


def test_matching_comments_of_other_pages_are_reached(client: FlaskClient) -> None:
    page = _page(client, f"/articles/{CROWD}", q="سريع", comments=3)
    links = [link.get("href") for link in page.cssselect(".found-in a")][:-1]
    here = [link for link in links if link.startswith("#")]
    assert len(links) == 20
    assert all(link[1:] in _ids(page) for link in here)
    for link in [each for each in links if each not in here][:3]:
        path, _, name = link.partition("#")
        assert name in _ids(_page(client, path))


def test_a_page_that_is_none_is_passed_over(client: FlaskClient) -> None:
    first = _ids(_page(client, f"/articles/{CROWD}"))
    for value in ("0", "-3", "x", "", "9" * 5_000):
        assert _ids(_page(client, f"/articles/{CROWD}", comments=value)) == first
    assert _ids(_page(client, f"/articles/{CROWD}", comment="x" * 999)) == first
    assert _ids(_page(client, f"/articles/{CROWD}", comments=10**9))[-1] == "c-620"
    assert _page(client, f"/articles/{HARBOUR}").cssselect(".turn") == []


def test_a_long_text_is_read_on(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _page(client, f"/articles/{HARBOUR}").cssselect(".text")[0].text_content().split()
    monkeypatch.setattr(reading, "Part", partial(Part, size=200))
    page = _page(client, f"/articles/{HARBOUR}", q="الميناء")  # not the answer that is remembered
    read = page.cssselect(".text")[0].text_content().split()
    while following := page.cssselect(".turn [rel=next]"):
        assert following[0].text_content() == "تابع القراءة"
        page = _page(client, following[0].get("href"))
        read += page.cssselect(".text")[0].text_content().split()
    assert read == whole
    assert page.cssselect(".turn [rel=prev]")


def test_programs_get_pages_and_parts_by_number(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get(f"/api/v1/articles/{HARBOUR}").get_json()
    numbers = {name: whole[name] for name in ("comments_page", "comments_pages", "part", "parts")}
    assert {whole["comments_total"], *numbers.values()} == {8, 1}
    ids = []
    for number in (1, 2, 3):
        given = client.get(f"/api/v1/articles/{CROWD}?comments_page={number}").get_json()
        assert (given["comments_page"], given["comments_pages"], given["comments_total"]) == (number, 3, 620)
        ids += [comment["id"] for comment in given["comments"]]
    assert ids == [str(number) for number in range(1, 621)]
    monkeypatch.setattr(api, "SENT", 200)
    parts = [client.get(f"/api/v1/articles/{HARBOUR}?part={part}").get_json() for part in (1, 2)]
    assert parts[0]["parts"] > 1
    assert parts[0]["sections"] != parts[1]["sections"]


@pytest.mark.parametrize(
    "asked", ["comments_page=0", "part=x", "page=1", "part=1&part=2", "comments_page=10001"]
)
def test_a_wrong_number_is_told_to_programs(client: FlaskClient, asked: str) -> None:
    problem = client.get(f"/api/v1/articles/{HARBOUR}?{asked}")
    assert problem.status_code == 400
    assert problem.get_json()["param"] == asked.partition("=")[0]
