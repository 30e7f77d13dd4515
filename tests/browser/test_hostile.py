"""Hostile texts in Chromium: nothing of theirs runs, even where no policy would stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask

from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from tests.browser.conftest import running
from tests.search_app.web.hostile.payloads import ATTRIBUTES, PAYLOADS, RUN, SCRIPTS
from tests.search_app.web.hostile.site import WORD, built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.browser
FETCHED = "evil.example"
EVENTS = """() => {
  for (const node of document.querySelectorAll('main *'))
    for (const kind of ['mouseover', 'focus', 'click', 'toggle'])
      if (kind !== 'click' || !node.closest('a, button, summary, label, input'))
        node.dispatchEvent(new Event(kind));
}"""
"""Sends to every element what handlers that a text brought in would wait for."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = built(tmp_path_factory.mktemp("hostile"))
    service = SearchService(settings)
    with running(create_app(service, settings)) as origin:
        yield origin
    service.close()


class Watch:
    """A page in a browser that heeds no policy, and what happens on it that should not."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen: list[str] = []
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        page.on("request", lambda request: self._address(request.url))
        page.on("framenavigated", lambda frame: self._address(frame.url))

    def _dialog(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("javascript", "data") or parts.netloc == FETCHED:
            self.seen.append(f"address: {url}")

    def open(self, address: str) -> list[str]:
        """What was seen on a page, its handlers set off."""
        self.page.goto(address, wait_until="load")
        self.page.evaluate(EVENTS)
        return self.seen


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    context = browser.new_context(bypass_csp=True)
    yield Watch(context.new_page())
    context.close()


@pytest.mark.parametrize("target", ["articles", "comments"])
def test_no_text_among_the_results_runs(site: str, watch: Watch, target: str) -> None:
    for page in range(1, len(PAYLOADS) // 100 + 2):
        asked = {"q": WORD, "in": target, "size": 100, "page": page, "fold": "no"}
        assert watch.open(f"{site}/search?{urlencode(asked)}") == []
        assert watch.page.locator("article.hit").count() > 10


def test_no_text_of_an_article_runs(site: str, watch: Watch) -> None:
    for number in range(1, len(PAYLOADS), 12):
        if number % 4:
            assert watch.open(f"{site}/articles/p{number}?{urlencode({'q': WORD})}") == []
            assert watch.page.locator("main h1").count() == 1


def test_no_text_that_is_asked_for_runs(site: str, watch: Watch) -> None:
    for payload in (SCRIPTS[0], SCRIPTS[5], ATTRIBUTES[0], ATTRIBUTES[-8], "{{7*7}}"):
        for path, name in (("search", "q"), ("analyze", "text"), ("docs", "lang"), ("search", "from")):
            assert watch.open(f"{site}/{path}?{urlencode({name: payload})}") == []


def test_the_watch_sees_what_it_looks_for(watch: Watch) -> None:
    app = Flask("careless")
    app.add_url_rule("/<int:number>", view_func=lambda number: f"<main>{PAYLOADS[number]}</main>")
    with running(app) as origin:
        watch.open(f"{origin}/0")
        watch.open(f"{origin}/{PAYLOADS.index(f'<img src=x onmouseover={RUN}>')}")
        watch.open(f"{origin}/{PAYLOADS.index('<link rel=stylesheet href=//evil.example/x.css>')}")
    assert [what.split(":")[0] for what in watch.seen] == ["dialog", "dialog", "address"]
