"""The Atom feed: valid by RFC 4287, stable, with nothing of a text become markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from kashshaf.search_app.web.feeds import xml
from kashshaf.search_app.web.feeds.atom import ATOM, MEDIA, UNDATED
from tests.search_app.stories import HARBOUR, HOSTILE_ID

if TYPE_CHECKING:
    from flask.testing import FlaskClient

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
RELATIONS = {"self", "alternate", "first", "next", "previous"}


def _feed(client: FlaskClient, **asked: Any) -> Any:
    response = client.get("/search.atom", query_string=asked)
    assert (response.status_code, response.mimetype) == (200, MEDIA)
    return etree.fromstring(response.data)


def _texts(node: Any, *path: str) -> list[str]:
    return [found.text or "" for found in node.findall("/".join(f"{{{ATOM}}}{name}" for name in path))]


def _links(node: Any) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in node.findall(f"{{{ATOM}}}link")}


@pytest.mark.parametrize("target", ["articles", "comments"])
def test_a_feed_keeps_the_rules_of_the_format(client: FlaskClient, target: str) -> None:
    feed = _feed(client, **{"q": "الميناء", "in": target})
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert entries
    for node in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(_texts(node, name)) == 1, name
        assert RFC_3339.fullmatch(_texts(node, "updated")[0])
        assert _texts(node, "id")[0].startswith("urn:uuid:")
        assert {*_links(node)} <= RELATIONS
        assert all(address.startswith("http") for address in _links(node).values())
    assert _texts(feed, "author", "name")
    ids = _texts(feed, "entry", "id")
    assert len({*ids}) == len(ids)
    assert _texts(feed, "updated") == [max(_texts(feed, "entry", "updated"))]


def test_ids_stay_whatever_is_asked(client: FlaskClient) -> None:
    first = _texts(_feed(client, q="الميناء"), "entry", "id")
    second = _texts(_feed(client, q="ميناء", sort="newest"), "entry", "id")
    assert {*first} == {*second}
    assert _texts(_feed(client, q="الميناء"), "id") != _texts(_feed(client, q="ميناء"), "id")


def test_a_feed_has_pages(client: FlaskClient) -> None:
    first = _feed(client, q="الميناء", size=1)
    assert "previous" not in _links(first)
    second = etree.fromstring(client.get(_links(first)["next"]).data)
    assert _links(second)["previous"] == _links(first)["self"]
    assert _texts(first, "entry", "id") != _texts(second, "entry", "id")
    last = _feed(client, q="الميناء", page=9000, size=1)
    assert "next" not in _links(last)


def test_an_entry_leads_to_the_article(client: FlaskClient) -> None:
    entry = next(_feed(client, article=HARBOUR).iter(f"{{{ATOM}}}entry"))
    assert _links(entry)["alternate"] == "https://news.example/economy/2016/harbour"
    comment = next(_feed(client, **{"in": "comments", "article": HARBOUR}).iter(f"{{{ATOM}}}entry"))
    assert f"/articles/{HARBOUR}" in _links(comment)["alternate"]


def test_what_has_no_date_is_no_news(client: FlaskClient) -> None:
    found = _texts(_feed(client, q="", size=100), "entry", "updated")
    assert UNDATED in found
    assert any(moment > "2016" for moment in found)


def test_markup_in_a_text_stays_text(client: FlaskClient) -> None:
    feed = _feed(client, article=HOSTILE_ID)
    assert not [node for node in feed.iter() if etree.QName(node).namespace != ATOM]
    assert "<script>" in _texts(feed, "entry", "title")[0]
    assert "<script" not in _texts(feed, "entry", "summary")[0]


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert xml.sound("a\x00\x0b\ud800\ufffe\U0001f600ب") == "a\ufffd\ufffd\ufffd\ufffd\U0001f600ب"


def test_a_fault_is_a_problem_and_a_page_names_its_feed(client: FlaskClient) -> None:
    refused = client.get("/search.atom?page=0")
    assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")
    page = client.get("/search?q=الميناء&in=comments").get_data(as_text=True)
    address = re.search(r'<link rel="alternate" href="([^"]+)" type="application/atom\+xml"', page)
    assert address is not None
    found = etree.fromstring(client.get(address[1].replace("&amp;", "&")).data)
    assert _texts(found, "entry", "title")[0].startswith("تعليق على")
