"""The search box on pages of a real WordPress, and the theme's own search, in a real Chromium."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from kashshaf.index.settings import Settings
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from tests.browser.conftest import running
from tests.integrations.wordpress.site import ADMIN
from tests.kashshaf.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.integrations.wordpress.site import Wordpress

pytestmark = pytest.mark.browser
FOUND = "افتتاح مدرستين في الشمال"
OTHER = "مباراة اليوم"
NOT_WORDPRESS = "المدرسه"
"""A word that WordPress by itself finds nowhere."""
HOSTILE = """[kashshaf placeholder='"><script>window.ran=1</script>' results-url="javascript:window.ran=1" """
HOSTILE += """in='" onfocus="window.ran=1' onclick="window.ran=1"]"""


@pytest.fixture(scope="module")
def search(site: Wordpress, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The origin of a search over the articles of the site."""
    built = Site(tmp_path_factory.mktemp("search"))
    site.set_up()
    for title in (FOUND, OTHER):
        site.publish(post_title=title, post_content=f"نص عن {title}.")
    written, _ = site.printed("export_wp", {"content": "all"})
    path = built.sources / "export.xml"
    path.write_bytes(written)
    built.reindex(path)
    service = SearchService(built.settings)
    with running(create_app(service, Settings(index=built.settings.index, cors_origins=("*",)))) as origin:
        yield origin
    service.close()


@pytest.fixture
def linked(site: Wordpress, search: str) -> Iterator[Wordpress]:
    """The site with the search's address set."""
    site.set_up(server=search)
    yield site
    site.set_up()


def path_of(site: Wordpress, content: str) -> str:
    """The path of a new page with that content."""
    page = site.publish(post_title="بحث", post_type="page", post_content=content)
    return str(site.call("get_permalink", page)).removeprefix(site.home)


def shows_results(page: Page, address: str) -> None:
    page.goto(address)
    field = page.locator("kashshaf-search input:visible").first
    field.fill(NOT_WORDPRESS)
    field.press("Enter")
    expect(page.locator("kashshaf-search").get_by_role("link", name=FOUND)).to_be_visible()


def test_the_shortcode_shows_results(linked: Wordpress, page: Page) -> None:
    shows_results(page, linked.home + path_of(linked, '[kashshaf size="5" section="Uncategorized"]'))
    element = page.locator("kashshaf-search")
    assert (element.get_attribute("size"), element.get_attribute("section")) == ("5", "Uncategorized")


def test_the_block_shows_results(linked: Wordpress, page: Page) -> None:
    shows_results(page, linked.home + path_of(linked, '<!-- wp:kashshaf/search {"size":5} /-->'))
    assert page.locator(".wp-block-kashshaf-search kashshaf-search").get_attribute("size") == "5"


def test_the_form_works_without_script(linked: Wordpress, plain_page: Page) -> None:
    plain_page.goto(linked.home + path_of(linked, "[kashshaf]"))
    form = plain_page.locator("kashshaf-search form")
    form.get_by_role("searchbox").fill(NOT_WORDPRESS)
    form.get_by_role("button").click()
    expect(plain_page.get_by_role("link", name=FOUND, exact=True)).to_be_visible()


def test_nothing_that_is_given_becomes_markup(linked: Wordpress, page: Page) -> None:
    linked.set_up(
        server=linked.call("get_option", "kashshaf")["server"], public_key='"><script>window.ran=1</script>'
    )
    page.goto(linked.home + path_of(linked, HOSTILE))
    element = page.locator("kashshaf-search")
    expect(element).to_be_visible()
    names = element.evaluate("node => node.getAttributeNames()")
    assert set(names) <= {"api", "key", "in", "placeholder"}
    assert page.evaluate("window.ran") is None


def test_without_a_server_only_the_owner_is_told(site: Wordpress, search: str) -> None:
    site.set_up()
    assert "kashshaf-search" not in site.visit(path_of(site, "[kashshaf]"))
    assert search


def test_the_editor_shows_the_block(linked: Wordpress, page: Page) -> None:
    page.goto(f"{linked.home}/wp-login.php")
    page.locator("#user_login").fill(ADMIN[0])
    page.locator("#user_pass").fill(ADMIN[1])
    page.locator("#wp-submit").click()
    page.goto(f"{linked.home}/wp-admin/post-new.php?post_type=page")
    page.wait_for_function("window.wp?.data?.select('core/editor')?.getCurrentPostId() > 0")
    block = "wp.blocks.createBlock('kashshaf/search', {size: 7})"
    page.evaluate(f"wp.data.dispatch('core/block-editor').insertBlocks({block})")
    expect(page.locator("kashshaf-search")).to_have_attribute("size", "7", timeout=20_000)


def found_by_theme(site: Wordpress, text: str) -> list[str]:
    titles = re.findall(r'<h2 class="entry-title">(.*?)</h2>', site.visit(f"/?s={quote(text)}"))
    return [html.unescape(title) for title in titles]


def test_the_search_of_the_theme(linked: Wordpress, search: str) -> None:
    assert found_by_theme(linked, NOT_WORDPRESS) == []
    linked.set_up(server=search, replace_search=True)
    assert FOUND in found_by_theme(linked, NOT_WORDPRESS)
    linked.set_up(server="http://127.0.0.1:1", replace_search=True)
    assert OTHER in found_by_theme(linked, "مباراة")
