"""Hostile texts in every field of the articles, in pages, API, feed and files: they stay text."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson
import pytest
from lxml import etree, html

from kashshaf.search_app.web.export import FORMULA
from tests.search_app.web.hostile.inspection import faults_of_page, is_marked_text
from tests.search_app.web.hostile.payloads import PAYLOADS
from tests.search_app.web.hostile.site import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

TARGETS = ("articles", "comments")
PAGES = range(1, len(PAYLOADS) // 100 + 2)
FACETS = "source,section,author,tag"


def _hits(client: FlaskClient, target: str) -> Iterator[dict[str, Any]]:
    for page in PAGES:
        asked = {"q": WORD, "in": target, "size": 100, "page": page, "fold": "no", "explain": 1}
        yield from orjson.loads(client.get("/api/v1/search", query_string=asked).data)["hits"]


def test_there_are_enough_of_them() -> None:
    assert len({*PAYLOADS}) >= 200


@pytest.mark.parametrize("target", TARGETS)
def test_pages_of_results_have_no_markup_of_theirs(hostile: FlaskClient, target: str) -> None:
    seen = 0
    for page in PAGES:
        asked = {"q": WORD, "in": target, "size": 100, "page": page, "fold": "no"}
        response = hostile.get("/search", query_string=asked)
        text = response.get_data(as_text=True)
        assert (response.status_code, [*faults_of_page(text)]) == (200, [])
        seen += text.count('<article class="hit')
    assert seen == len(PAYLOADS)


def test_pages_of_articles_have_no_markup_of_theirs(hostile: FlaskClient) -> None:
    for hit in [*_hits(hostile, "articles")][::2]:
        response = hostile.get(f"/articles/{quote(hit['id'], safe='')}", query_string={"q": WORD})
        faults = [*faults_of_page(response.get_data(as_text=True))]
        assert (response.status_code, faults) == (200, []), hit["id"]


@pytest.mark.parametrize("target", TARGETS)
def test_the_api_escapes_what_it_calls_html(hostile: FlaskClient, target: str) -> None:
    hits = [*_hits(hostile, target)]
    assert len(hits) == len(PAYLOADS)
    for hit in hits:
        passages = [hit["title_html"], *hit["snippets"]] if target == "articles" else [hit["snippet"]]
        passages += [comment["snippet"] for comment in hit.get("comments", {"hits": []})["hits"]]
        assert all(map(is_marked_text, passages)), hit["id"]


def test_the_api_is_json_and_nothing_else(hostile: FlaskClient) -> None:
    response = hostile.get("/api/v1/search", query_string={"q": WORD, "facets": FACETS, "size": 100})
    assert response.mimetype == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    values = [row["value"] for rows in orjson.loads(response.data)["facets"].values() for row in rows]
    assert any("<script>" in value for value in values)


@pytest.mark.parametrize("target", TARGETS)
def test_the_feed_is_well_formed_and_holds_texts(hostile: FlaskClient, target: str) -> None:
    seen = 0
    for page in PAGES:
        asked = {"q": WORD, "in": target, "size": 100, "page": page, "fold": "no"}
        feed = etree.fromstring(hostile.get("/search.atom", query_string=asked).data)
        assert {etree.QName(node).namespace for node in feed.iter()} == {"http://www.w3.org/2005/Atom"}
        for summary in feed.iter("{*}summary"):
            assert is_marked_text(str(summary.text or ""))
        for link in feed.iter("{*}link"):
            assert re.match(r'https?://[^\s<>"]+$', str(link.get("href"))), link.get("href")
        seen += len(feed.findall("{*}entry"))
    assert seen == len(PAYLOADS)


@pytest.mark.parametrize("target", TARGETS)
def test_no_cell_is_a_formula(hostile: FlaskClient, target: str) -> None:
    asked = {"q": WORD, "in": target, "fold": "no"}
    text = hostile.get("/search.csv", query_string=asked).get_data(as_text=True)
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert len(rows) == len(PAYLOADS)
    assert {len(row) for row in rows} == {len(head)}
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]


def test_a_citation_has_only_lines_of_its_own(hostile: FlaskClient) -> None:
    for hit in _hits(hostile, "articles"):
        text = hostile.get(f"/articles/{quote(hit['id'], safe='')}/citation.ris").get_data(as_text=True)
        lines = re.split("[\r\n\u2028\u2029\x85\x0b\x0c]+", text.strip("\r\n"))
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines), lines
        assert [line for line in lines if line.startswith(("TY", "ER"))] == [lines[0], lines[-1]]


@pytest.mark.parametrize("path", ["/search", "/analyze", "/", "/docs", "/nothing", "/articles/p1"])
def test_hostile_parameters_stay_text_on_pages(hostile: FlaskClient, path: str) -> None:
    names = {"/analyze": ("text",), "/docs": ("lang",)}.get(path, ("q", "source", "from", "back"))
    for payload in PAYLOADS[:: 1 if path == "/analyze" else 6]:
        response = hostile.get(path, query_string=dict.fromkeys(names, payload))
        assert response.status_code in (200, 400, 404)
        assert [*faults_of_page(response.get_data(as_text=True))] == [], payload


@pytest.mark.parametrize("payload", PAYLOADS[::4])
def test_hostile_parameters_are_answered_as_json_by_the_api(hostile: FlaskClient, payload: str) -> None:
    for name in ("q", "sort", "from", "source", "article", "facets", payload):
        response = hostile.get("/api/v1/search", query_string={name: payload})
        assert response.status_code in (200, 400)
        assert response.mimetype in ("application/json", "application/problem+json")
        assert response.is_json or orjson.loads(response.data)
    for path in ("/api/v1/articles/", "/static/", "/articles/"):
        response = hostile.get(path + quote(payload, safe=""))
        assert response.status_code in (200, 308, 404)


def test_the_name_of_a_site_is_text_too(hostile: FlaskClient) -> None:
    assert html.fromstring(hostile.get("/").get_data(as_text=True)).findtext(".//title")


def test_the_inspection_sees_what_it_looks_for() -> None:
    page = "<title>x</title><p {0}>{1}</p>"
    for attribute, inner in (
        ("onclick=x", ""),
        ("style=x", ""),
        ("", "<script>x</script>"),
        ("", "<iframe></iframe>"),
        ("", "<a href=javascript:x>"),
        ("", "<!-- x -->"),
        ("", "<img src=data:x>"),
    ):
        assert [*faults_of_page(page.format(attribute, inner))]
    assert [*faults_of_page(page.format("class=x", "<a href=/x>x</a>"))] == []
    assert not is_marked_text("<mark onclick=x>")
    assert is_marked_text("&lt;b&gt; <mark>x</mark>")
