"""Hostile text in what the element shows: nothing runs, nothing becomes markup, no link but of the web.

The pages have no security policy: nothing but the element keeps the payloads from running.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.embed.element import completions, field, search, shown
from tests.browser.embed.payloads import ADDRESSES, MARKUP
from tests.search_app.stories import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
INSIDE = "script, iframe, svg:not(.icon), object, embed, style, link, video, [ontoggle], [onerror], [onload]"


def _hit(text: str, address: str) -> dict[str, Any]:
    line = {"id": text, "author": text, "date": text, "date_precision": "day", "snippet": text}
    other = {"id": text, "url": address, "title": text, "source": text, "date": text, "date_precision": "day"}
    return {
        "type": "article",
        "id": text,
        "url": address,
        "image": address,
        "title": text,
        "title_html": text,
        "snippets": [text, text],
        "date": text,
        "date_precision": text,
        "source": text,
        "section": text,
        "author": text,
        "score": 1.0,
        "match": "partial",
        "missing": [text],
        "also_at": [other],
        "comments": {"total": 9, "declared": 9, "matching": 5, "hits": [line, line, line]},
    }


def _comment(text: str) -> dict[str, Any]:
    return {
        "type": "comment",
        "id": text,
        "article_id": text,
        "article_title": text,
        "author": text,
        "date": text,
        "date_precision": text,
        "snippet": text,
        "likes": 3,
        "score": 1.0,
        "match": "full",
        "missing": [text],
    }


def _answer(hits: list[dict[str, Any]], text: str) -> dict[str, Any]:
    counts = [{"value": text, "count": 2}, {"value": "<b>", "count": 1}]
    query = {"text": text, "understood": text, "corrected_from": text, "notes": [text], "period": None}
    facets = dict.fromkeys(("source", "section", "year", "type"), counts)
    total = {"total": len(hits), "total_partial": 0, "page": 1, "size": 100, "took_ms": 1}
    return {"query": {**query, "excluded": []}, **total, "hits": hits, "facets": facets, "suggestion": text}


def _served(page: Page, answer: dict[str, Any]) -> None:
    def serve(route: Route) -> None:
        completed = {"suggestions": [{"text": text, "kind": text} for text in MARKUP]}
        body = completed if "suggest" in route.request.url else answer
        route.fulfill(status=200, headers={"Access-Control-Allow-Origin": "*"}, json=body)

    page.route("**/api/v1/**", serve)


def _unharmed(page: Page) -> None:
    page.wait_for_timeout(150)  # what would run, would have
    assert page.title() == "موقع آخر"
    element = page.locator("kashshaf-search")
    assert element.locator(INSIDE).count() == 0
    links = element.locator("a").evaluate_all("links => links.map((link) => link.protocol)")
    assert set(links) <= {"http:", "https:"}


def test_hostile_articles_stay_text(page: Page, other_site: str) -> None:
    hits = [_hit(text, ADDRESSES[at % len(ADDRESSES)]) for at, text in enumerate(MARKUP)]
    _served(page, _answer(hits, MARKUP[1]))
    page.goto(f'{other_site}/lax pictures="all"')
    element = search(page, "الميناء")
    shown(element, len(MARKUP))
    for title, text in zip(element.locator("h2").all_text_contents(), MARKUP, strict=True):
        if "&" not in text:  # entities are the text that they stand for
            assert title == text.replace("<mark>", "").replace("</mark>", "")
    _unharmed(page)
    element.locator("summary").evaluate_all("all => all.forEach((each) => each.click())")
    element.locator(".reply a").first.hover()
    _unharmed(page)


def test_addresses_that_are_none_of_the_web_are_no_links(page: Page, other_site: str, site: str) -> None:
    _served(page, _answer([_hit("عنوان", address) for address in ADDRESSES], "الميناء"))
    page.goto(f'{other_site}/lax pictures="all"')
    element = search(page, "الميناء")
    shown(element, len(ADDRESSES))
    hrefs = element.locator("h2 a").evaluate_all("links => links.map((link) => link.href)")
    assert all(href.startswith(f"{site}/articles/") for href in hrefs)
    assert element.locator("img").count() == 0
    _unharmed(page)


def test_hostile_comments_stay_text(page: Page, other_site: str, site: str) -> None:
    _served(page, _answer([_comment(text) for text in (*MARKUP, *ADDRESSES)], MARKUP[0]))
    page.goto(f'{other_site}/lax in="comments"')
    element = search(page, "الميناء")
    shown(element, len(MARKUP) + len(ADDRESSES))
    hrefs = element.locator("h2 a").evaluate_all("links => links.map((link) => link.href)")
    assert all(href.startswith(f"{site}/articles/") for href in hrefs)
    _unharmed(page)


def test_hostile_completions_stay_text(page: Page, other_site: str) -> None:
    _served(page, _answer([], "x"))
    page.goto(other_site + "/lax")
    field(page).press_sequentially("<b", delay=5)
    expect(completions(page)).to_have_count(6)
    assert completions(page).first.locator(".text").inner_text() == MARKUP[0]
    _unharmed(page)


@pytest.mark.parametrize("part", [MARKUP[:26], MARKUP[26:]])
def test_hostile_queries_in_the_address_stay_text(page: Page, other_site: str, part: tuple[str, ...]) -> None:
    for text in part:
        hostile = quote(text.replace("\x00", ""))
        page.goto(
            f"{other_site}/?q={hostile}&q_source={hostile}&q_in={hostile}&q_sort={hostile}&q_year={hostile}"
        )
        page.locator("kashshaf-search .body:not([aria-busy])").wait_for()
        assert page.title() == "موقع آخر"
        assert page.locator("kashshaf-search").locator(INSIDE).count() == 0


def test_hostile_articles_of_a_real_index_stay_text(page: Page, other_site: str) -> None:
    page.goto(other_site + "/lax")
    element = search(page, "وسوم")
    shown(element, 1)
    assert HOSTILE in element.locator("h2").inner_text()
    assert element.locator("img").count() == 0
    _unharmed(page)
