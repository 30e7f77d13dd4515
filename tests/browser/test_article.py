"""The page of an article: stepping through matches, folded comments, citing, sharing, without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.keys import press
from tests.search_app.stories import CROWD, HARBOUR

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
READ = f"/articles/{HARBOUR}?q={quote('الميناء')}"
MARKS = 12
"""Matches in that article and its comments; the list of links to them is not counted again."""


def _current(page: Page) -> int:
    return page.evaluate(  # type: ignore[no-any-return]
        """() => [...document.querySelectorAll(".paper header > :not(nav) mark, .text mark, .comments mark")]
             .findIndex((mark) => mark.matches(".current"))"""
    )


def test_matches_are_stepped_through_by_buttons_and_keys(page: Page, site: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + READ)
    bar = page.locator(".matches")
    expect(bar.locator(".count")).to_have_text(f"المواضع: {MARKS}")
    bar.get_by_role("button", name="الموضع التالي").click()
    expect(bar.locator(".count")).to_have_text(f"1 من {MARKS}")
    page.keyboard.press("n")
    press(page, "ى")
    assert _current(page) == 2
    expect(page.locator("mark.current")).to_be_in_viewport()
    expect(page.locator("[aria-live]").last).to_have_text(f"3 من {MARKS}")
    for key in ("p", "ح", "p"):
        press(page, key)
    assert _current(page) == MARKS - 1
    assert page.locator("mark.current").count() == 1
    page.locator("#q").focus()
    page.keyboard.press("n")
    assert _current(page) == MARKS - 1


def test_stepping_begins_at_the_comment_that_a_link_named(page: Page, site: str) -> None:
    page.goto(f"{site}{READ}#c-8")
    expect(page.locator("#c-8")).to_be_in_viewport()
    page.keyboard.press("n")
    assert page.locator("#c-8 mark.current").count() == 1


def test_without_matches_there_is_nothing_to_step_through(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/{HARBOUR}")
    expect(page.locator(".matches")).to_be_hidden()
    page.keyboard.press("n")
    assert page.locator("mark.current").count() == 0


def test_a_link_within_the_page_unfolds_a_comment(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/{CROWD}")
    expect(page.locator("#c-600")).to_be_hidden()
    page.evaluate("location.hash = '#c-600'")
    expect(page.locator("#c-600")).to_be_in_viewport()


def test_the_citation_is_copied(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site + READ)
    page.get_by_text("اقتباس", exact=True).click()
    page.get_by_role("button", name="نسخ الاقتباس").click()
    expect(page.get_by_role("button", name="نُسخ")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("ليلى الحموي، «ميناء المدينة القديم")
    assert copied.endswith("24 مايو 2016، https://news.example/economy/2016/harbour")
    expect(page.get_by_role("button", name="نسخ الاقتباس")).to_be_visible()


def test_copying_works_where_the_browser_has_no_clipboard_for_pages(page: Page, site: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(site + READ)
    page.get_by_text("اقتباس", exact=True).click()
    page.get_by_role("button", name="نسخ الاقتباس").click()
    expect(page.get_by_role("button", name="نُسخ")).to_be_visible()
    assert page.locator("textarea").count() == 0


def test_an_article_is_shared_by_its_own_address(page: Page, site: str) -> None:
    page.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    page.goto(site + READ)
    page.get_by_role("button", name="مشاركة").click()
    assert page.evaluate("window.shared.url") == "https://news.example/economy/2016/harbour"


def test_an_article_is_printed_whole(page: Page, site: str) -> None:
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(f"{site}/articles/{CROWD}")
    page.get_by_role("button", name="طباعة").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    assert page.locator("#c-600").is_visible()


@pytest.mark.parametrize("loading", ["", 'loading="lazy"'])
def test_a_picture_that_does_not_load_goes_with_its_frame(page: Page, site: str, loading: str) -> None:
    page.goto(site + READ)
    shown = f'<figure><img src="/nowhere.png" alt="" {loading}></figure><div class="text">'
    body = page.content().replace('<div class="text">', shown, 1)
    page.route("**/articles/**", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.reload()
    expect(page.locator("main figure")).to_have_count(1)
    expect(page.locator("main figure")).to_be_hidden()


def test_all_but_the_scripts_own_buttons_works_without_it(plain_page: Page, site: str) -> None:
    page = plain_page
    page.goto(f"{site}{READ}#c-8")
    assert page.locator("button:visible").all_inner_texts() == ["ابحث"]
    page.locator(".found-in a").first.click()
    expect(page.locator("#c-1")).to_be_in_viewport()
    page.locator("#c-1").get_by_text("المطابق التالي").click()
    expect(page.locator("#c-2")).to_be_in_viewport()
    page.get_by_role("link", name="الأكثر إعجاباً").click()
    expect(page.locator(".comment").nth(1)).to_have_id("c-7")
    page.get_by_text("اقتباس", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS").click()
    assert download.value.suggested_filename == "citation.ris"
    page.get_by_role("link", name="العودة إلى النتائج").click()
    page.wait_for_url("**/search?**")
