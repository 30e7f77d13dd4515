"""Every example of docs/embedding.md, on another origin than the search."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from flask import Flask, Response
from playwright.sync_api import expect

from kashshaf.index.settings import Settings
from kashshaf.search_app.keys.key import make
from kashshaf.search_app.keys.key_file import KeyFile
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.embed.script import script, tags
from tests.browser.conftest import running
from tests.browser.embed.element import search, shown
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Page

    from kashshaf.search_app.results.service import SearchService

pytestmark = pytest.mark.browser
DOCS = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"<!-- example: (\w+) -->\n```\w*\n(.*?)```", DOCS, re.DOTALL))
SEARCHED = ("plain", "form", "still", "events", "integrity", "looks")
"""Examples in which one searches and sees results."""
OTHERS = {"overlay", "header", "policy", "react", "proxy", "proxied"}
PAGE = '<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>موقع آخر</title>{body}</html>'
REACT = ROOT / "tests" / "browser" / "embed" / "react"


def example(name: str, origin: str) -> str:
    """The text of an example, with the server of the test in place of the one it names."""
    text: str = EXAMPLES[name].replace("https://search.example", origin)
    return text.replace("embed/….js", script().path()).replace("sha384-…", script().integrity)


def served(body: str, policy: str = "", app: Flask | None = None) -> AbstractContextManager[str]:
    """A site with one page, under every path."""
    app = app or Flask("elsewhere")

    def page(path: str) -> Response:
        del path
        response = Response(PAGE.format(body=body))
        if policy:
            response.headers["Content-Security-Policy"] = policy
        return response

    app.add_url_rule("/", "page", page, defaults={"path": ""})
    app.add_url_rule("/<path:path>", "page", page)
    return running(app)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of."""
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            told.append(message.text)

    page.on("console", hear)
    return told


def test_every_example_is_tried() -> None:
    assert set(EXAMPLES) == {*SEARCHED, *OTHERS}
    assert len(re.findall(r"^```(?:html|jsx|python)$", DOCS, re.MULTILINE)) == len(EXAMPLES) - 1


@pytest.mark.parametrize("name", SEARCHED)
def test_an_example_searches(page: Page, site: str, complaints: list[str], name: str) -> None:
    with served(example(name, site)) as origin:
        page.goto(origin)
        shown(search(page, "الميناء"), 6)
        assert complaints == []


def test_without_script_the_form_searches(plain_page: Page, site: str) -> None:
    with served(example("form", site)) as origin:
        plain_page.goto(origin)
        plain_page.get_by_role("searchbox", name="ابحث").fill("الميناء")
        plain_page.get_by_role("button", name="ابحث").click()
        plain_page.wait_for_url(f"{site}/search?q=*")
        assert plain_page.locator(".hits > li").count() == 6


def test_the_overlay_opens_by_the_button_of_the_page(page: Page, site: str, complaints: list[str]) -> None:
    with served(example("overlay", site)) as origin:
        page.goto(origin)
        page.get_by_role("button", name="بحث", exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        shown(search(page, "الميناء"), 6)
        assert complaints == []


def test_the_box_of_every_page_leads_to_the_page_of_results(page: Page, site: str) -> None:
    with served(example("header", site)) as origin:
        page.goto(origin)
        search(page, "الميناء")
        expect(page).to_have_url(re.compile(re.escape(f"{origin}/search-results?q=")))


def test_the_tag_of_a_version_works_under_the_strict_policy(
    page: Page, site: str, complaints: list[str]
) -> None:
    with served(tags(site), example("policy", site).strip()) as origin:
        page.goto(origin)
        shown(search(page, "الميناء"), 6)
        assert complaints == []


def test_a_script_that_was_changed_on_its_way_does_not_run(page: Page, site: str) -> None:
    page.route("**/embed/*.js", lambda route: route.fulfill(body="document.title = 'taken'"))
    with served(tags(site)) as origin:
        page.goto(origin)
        assert page.title() == "موقع آخر"
        assert page.evaluate("customElements.get('kashshaf-search') === undefined")


def test_the_page_opens_results_in_its_own_way(page: Page, site: str) -> None:
    with served(example("events", site)) as origin:
        page.goto(origin)
        page.context.route("https://news.example/**", lambda route: route.fulfill(body="المقال"))
        link = search(page, "الميناء").get_by_role("link", name="ميناء المدينة القديم")
        with page.expect_popup() as popup:
            link.first.click()
        assert popup.value.url.startswith("https://news.example/")
        assert page.url.startswith(origin)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with React and a bundler from npm, as the lock file names them."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here; to run the example in React: apt-get install npm")
    folder = tmp_path_factory.mktemp("react")
    for file in REACT.iterdir():
        shutil.copy(file, folder)
    done = subprocess.run(
        [npm, "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, check=False, timeout=240
    )
    if done.returncode:
        pytest.skip(f"npm could not fetch React: {done.stderr.decode()[-200:]}")
    return folder


@pytest.fixture
def react_site(bundle: Path, site: str) -> Iterator[str]:
    """A page made by React, with the component of the example."""
    (bundle / "SiteSearch.jsx").write_text(example("react", site), encoding="utf-8")
    command = ["node_modules/.bin/esbuild", "main.jsx", "--bundle", "--jsx=automatic", "--format=esm"]
    made = subprocess.run(command, cwd=bundle, capture_output=True, check=True, timeout=60)
    app = Flask("react")
    app.add_url_rule("/main.js", view_func=lambda: Response(made.stdout, mimetype="text/javascript"))
    body = f'<div id="app"></div><script type="module" src="{site}/embed.js"></script>'
    with served(body + '<script type="module" src="/main.js"></script>', app=app) as origin:
        yield origin


def test_in_react_it_searches_tells_follows_its_properties_and_goes(
    page: Page, react_site: str, complaints: list[str]
) -> None:
    page.goto(react_site)
    element = search(page, "الميناء")
    shown(element, 6)
    element.locator("h2 a").first.click()
    expect(page.locator("output")).to_have_text("2016-harbour")
    page.get_by_role("button", name="culture").click()
    shown(element, 2)
    page.get_by_role("button", name="toggle").click()
    expect(element).to_have_count(0)
    page.get_by_role("button", name="toggle").click()
    shown(element, 2)  # the address has the search
    assert complaints == []


def test_a_proxy_adds_a_key_that_no_browser_sees(
    page: Page, stories: SearchService, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key, secret = make("public", "proxy", (), datetime.now(UTC), None)
    keys = KeyFile(tmp_path / "keys.json")
    keys.change(lambda before: [*before, key])
    settings = Settings(require_key="yes", keys_file=str(keys.path))  # without cors_origins
    with running(create_app(stories, settings)) as server:
        monkeypatch.setenv("SEARCH_SERVER", server)
        monkeypatch.setenv("SEARCH_KEY", secret)
        monkeypatch.syspath_prepend(tmp_path)
        (tmp_path / "example_proxy.py").write_text(EXAMPLES["proxy"], encoding="utf-8")
        proxy = importlib.import_module("example_proxy")
        asked: list[str] = []
        page.on("request", lambda each: asked.append(f"{each.url} {each.headers}"))
        with served(example("proxied", server), app=proxy.app) as origin:
            page.goto(origin)
            shown(search(page, "الميناء"), 6)
            replies = page.locator(".reply a").first.get_attribute("href") or ""
        proxy.search.close()
    assert replies.startswith(f"{server}/articles/")
    assert [each.split()[0] for each in asked if each.startswith(server)] == [f"{server}/embed.js"]
    assert not [each for each in asked if secret in each or "authorization" in each]
