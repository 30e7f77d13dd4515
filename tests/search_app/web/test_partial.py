"""Full matches and partial ones on the page of results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from kashshaf.search_app import terminal
from kashshaf.search_app.query.parameters import SearchRequest
from kashshaf.search_app.web.pages import NOTES
from tests.search_app.partial import only_full

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from kashshaf.search_app.results.service import SearchService

DIVIDER = "ليس في ما يلي كل كلماتك"
NOTHING_FULL = "لا نتيجة فيها كل الكلمات؛ هذه فيها بعضها."


def _page(client: FlaskClient, **query: object) -> Any:  # lxml has no types
    return html.fromstring(client.get("/search", query_string={"q": "الميناء", **query}).data.decode())


def _texts(nodes: Any) -> list[str]:
    return [" ".join(node.text_content().split()) for node in nodes]


@pytest.mark.parametrize("target", ["articles", "comments"])
def test_partial_matches_stand_apart_and_say_what_they_lack(
    client: FlaskClient, stories: SearchService, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    only_full(stories, 2, monkeypatch)
    page = _page(client, **{"in": target})
    full, partial = page.cssselect(".hits")
    assert _texts(page.cssselect(".notice")) == [DIVIDER]
    assert len(full.cssselect(".hit")) == 2
    assert not full.cssselect(".missing")
    assert partial.get("start") == "3"
    assert {*_texts(partial.cssselect(".missing"))} == {"من غير: الميناء"}
    assert len(partial.cssselect(".missing")) == len(partial.cssselect(".hit"))


def test_both_kinds_are_counted(
    client: FlaskClient, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_full(stories, 2, monkeypatch)
    assert _texts(_page(client).cssselect(".total")) == ["نتيجتان، و4 نتائج فيها بعض الكلمات"]


def test_pages_go_through_both_kinds(
    client: FlaskClient, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_full(stories, 3, monkeypatch)
    pages = [_page(client, size=2, page=number) for number in (1, 2, 3)]
    assert [_texts(page.cssselect(".notice")) for page in pages] == [[], [DIVIDER], [DIVIDER]]
    assert [[hits.get("start") for hits in page.cssselect(".hits")] for page in pages] == [
        ["1"],
        ["3", "4"],
        ["5"],
    ]
    assert _texts(pages[0].cssselect(".pager li")) == ["1", "2", "3"]


def test_in_another_order_pages_end_with_the_full_ones_and_a_link_leads_to_the_others(
    client: FlaskClient, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_full(stories, 3, monkeypatch)
    page = _page(client, size=2, page=2, sort="newest")
    assert _texts(page.cssselect(".pager li")) == ["1", "2"]
    assert not page.cssselect(".notice")
    (link,) = page.cssselect(".total a")
    ranked = html.fromstring(client.get(link.get("href")).data.decode())
    assert _texts(ranked.cssselect(".pager li")) == ["1", "2", "3"]


@pytest.mark.parametrize("note", NOTES)
def test_what_was_done_to_a_query_is_said(
    client: FlaskClient, stories: SearchService, monkeypatch: pytest.MonkeyPatch, note: str
) -> None:
    request = SearchRequest("الميناء")
    response = stories.search(request)
    response["query"]["notes"] = [note]
    monkeypatch.setattr(stories, "search", lambda _: response)
    assert _texts(_page(client).cssselect(".notice")) == [NOTES[note]]
    assert terminal.NOTES.keys() == NOTES.keys()
    assert terminal.NOTES[note] in terminal.response_text(request, response)


def test_where_nothing_has_all_the_words_the_page_says_so(
    client: FlaskClient, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_full(stories, 0, monkeypatch)
    page = _page(client)
    assert _texts(page.cssselect(".notice")) == [NOTHING_FULL]
    assert len(page.cssselect(".hits")) == 1
    assert len(page.cssselect(".missing")) == len(page.cssselect(".hit")) == 6


def test_in_one_order_each_result_says_what_it_lacks_and_nothing_parts_them(
    client: FlaskClient, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_full(stories, 0, monkeypatch)
    page = _page(client, match="any")
    assert not page.cssselect(".notice")
    assert page.cssselect(".missing")


def test_links_keep_the_match(client: FlaskClient) -> None:
    page = _page(client, match="any", size=2, section=["اقتصاد", "ثقافة"])
    links = [link.get("href") for link in page.cssselect(".pager a, .chips li:not(.all) a")]
    assert [link for link in links if "match=any" not in link] == [page.cssselect(".chips a")[2].get("href")]
    assert page.cssselect("select[name=match] option[selected]")[0].get("value") == "any"
