"""Pictures in a browser: the page's policy lets those load that it shows, and no others; no referrer."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.web.app import create_app
from tests.browser.conftest import running

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.results.shapes import Response

pytestmark = pytest.mark.browser
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LOADED = """image => new Promise(done => {
  const ask = () => image.complete ? done(image.naturalWidth) : setTimeout(ask, 20);
  ask();
})"""
OTHER = """() => new Promise(done => {
  const image = new Image();
  image.onload = () => done("loaded");
  image.onerror = () => done("refused");
  image.src = "https://other.example/p.png";
})"""


def test_the_picture_of_a_result_is_loaded_and_no_other(
    page: Page, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = stories.search

    def pictured(request: SearchRequest) -> Response:
        response = search(request)
        for hit in response["hits"]:
            if hit["type"] == "article":
                hit["image"] = "https://img.news.example/p.png"
        return response

    referrers: list[str | None] = []

    def given(route: Route) -> None:
        referrers.append(route.request.headers.get("referer"))
        route.fulfill(body=PIXEL, content_type="image/png")

    monkeypatch.setattr(stories, "search", pictured)
    page.route("https://*.example/**", given)
    with running(create_app(stories, Settings())) as origin:
        page.goto(f"{origin}/search?q={quote('الميناء')}")
        picture = page.locator("img[src^='https://img.news.example/']").first
        assert picture.evaluate(LOADED) == 1
        assert page.evaluate(OTHER) == "refused"
    assert referrers
    assert not any(referrers)
