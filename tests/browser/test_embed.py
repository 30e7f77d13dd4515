"""The element on a page of another origin, under a strict content security policy."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.search_app.partial import only_full
from tests.search_app.stories import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from kashshaf.search_app.results.service import SearchService

pytestmark = pytest.mark.browser


def _search(page: Page, text: str) -> Locator:
    page.get_by_role("searchbox").fill(text)
    page.keyboard.press("Enter")
    return page.locator("kashshaf-search")


def test_results_appear_under_a_strict_policy(page: Page, other_site: str, site: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(other_site)
    element = _search(page, "الميناء")
    expect(element.get_by_role("status")).to_have_text("6 نتائج")
    expect(element.locator("ol > li")).to_have_count(3)
    assert element.locator("mark").first.inner_text() == "ميناء"
    links = [link.get_attribute("href") for link in element.locator("h2 a").all()]
    assert "https://news.example/economy/2016/harbour" in links
    assert f"{site}/articles/brief/10?q={quote('الميناء')}" in links
    assert element.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert complaints == []


def test_more_results_follow_and_take_the_focus(page: Page, other_site: str) -> None:
    page.goto(other_site)
    element = _search(page, "الميناء")
    element.get_by_role("button", name="المزيد").click()
    expect(element.locator("ol > li")).to_have_count(6)
    expect(element.locator("ol > li").nth(3).locator("h2 a")).to_be_focused()
    expect(element.get_by_role("button", name="المزيد")).to_have_count(0)
    replies = element.locator(".replies")
    assert "4 تعليقات مطابقة من 8" in replies.inner_text()
    assert (replies.locator("a").first.get_attribute("href") or "").endswith("#c-7")


def test_comments_can_be_searched(page: Page, other_site: str) -> None:
    page.goto(f'{other_site}/in="comments"')
    element = _search(page, "الميناء")
    expect(element.locator("ol > li")).to_have_count(3)
    assert "إعجاب واحد" in element.locator("ol").inner_text()


def test_partial_matches_say_what_they_lack(
    page: Page, other_site: str, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.goto(other_site)
    with monkeypatch.context() as patch:
        only_full(stories, 2, patch)
        element = _search(page, "ميناء")
        expect(element.get_by_role("status")).to_have_text("نتيجتان، و4 نتائج فيها بعض الكلمات")
        expect(element.get_by_text("من غير: ميناء")).to_have_count(1)
        element.get_by_role("button", name="المزيد").click()
        expect(element.get_by_text("من غير: ميناء")).to_have_count(4)
    only_full(stories, 0, monkeypatch)
    _search(page, "للميناء")
    expect(element.get_by_role("status")).to_contain_text("لا نتيجة فيها كل الكلمات")


def test_what_was_typed_otherwise_is_searched_for_as_meant_and_one_click_undoes_it(
    page: Page, other_site: str
) -> None:
    page.goto(other_site)
    element = _search(page, "hgldkhx")
    expect(element.get_by_role("status")).to_contain_text("بحثنا عن «الميناء». 6 نتائج")
    element.get_by_role("button", name="المزيد").click()
    expect(element.locator("ol > li")).to_have_count(6)
    element = _search(page, "hgldkhx")
    element.get_by_role("button", name="ابحث عن «hgldkhx»").click()
    expect(element.get_by_role("status")).to_contain_text("لم نجد شيئاً عن «hgldkhx»")


def test_nothing_found_is_said(page: Page, other_site: str) -> None:
    page.goto(other_site)
    expect(_search(page, "zzz").get_by_role("status")).to_contain_text("لم نجد شيئاً")
    expect(_search(page, "  ").get_by_role("status")).to_contain_text("اكتب")


def test_a_refused_call_can_be_tried_again(page: Page, refused_site: str) -> None:
    page.goto(refused_site)
    element = _search(page, "الميناء")
    expect(element.get_by_role("status")).to_contain_text("تعذّر البحث")
    expect(element.get_by_role("button", name="أعد المحاولة")).to_be_visible()


def test_hostile_text_stays_text(page: Page, other_site: str) -> None:
    page.goto(other_site)
    element = _search(page, "وسوم")
    expect(element.locator("ol > li")).to_have_count(1)
    assert HOSTILE in element.locator("h2").inner_text()
    assert element.locator("script, img").count() == 0
    assert (element.locator("h2 a").get_attribute("href") or "").startswith("http://127.0.0.1")
    assert page.title() == "موقع آخر"
