"""The results of the element on a page of another origin, under a strict content security policy."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.embed.element import search, shown, typed
from tests.search_app.partial import only_full

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Route

    from kashshaf.search_app.results.service import SearchService

pytestmark = pytest.mark.browser


def test_results_appear_under_a_strict_policy(page: Page, other_site: str, site: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(other_site)
    element = search(page, "الميناء")
    expect(element.get_by_role("status")).to_have_text("6 نتائج")
    shown(element, 3)
    assert element.locator("mark").first.inner_text() == "ميناء"
    links = [link.get_attribute("href") for link in element.locator("h2 a").all()]
    assert "https://news.example/economy/2016/harbour" in links
    assert f"{site}/articles/brief/10?q={quote('الميناء')}" in links
    assert complaints == []


def test_results_come_while_typing_and_of_calls_only_the_last_counts(page: Page, other_site: str) -> None:
    calls: list[str] = []

    def hear(request: Request) -> None:
        if "/search?" in request.url:
            calls.append(request.url)

    page.on("request", hear)
    page.goto(other_site)
    shown(typed(page, "الميناء"), 3)
    assert 1 <= len(calls) <= 2  # not one for each letter
    assert "zzz" not in calls[-1]
    typed(page, "zzz")
    expect(page.get_by_role("status")).to_contain_text("لا نتيجة فيها كل الكلمات")


def test_an_answer_that_is_late_does_not_replace_a_later_one(page: Page, other_site: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    first = re.compile(r"/search\?.*q=%D9%85%D8%B9%D8%B1%D8%B6&")
    page.route(first, hold)
    page.goto(other_site)
    with page.expect_request(first):
        search(page, "معرض")
    element = search(page, "الميناء")
    shown(element, 3)
    for route in held:
        route.abort()
    assert held
    expect(element.get_by_role("status")).to_have_text("6 نتائج")
    expect(element.locator(".fault")).to_have_count(0)


def test_more_results_follow_and_take_the_focus(page: Page, other_site: str) -> None:
    page.goto(other_site)
    element = search(page, "الميناء")
    element.get_by_role("button", name="المزيد").click()
    shown(element, 6)
    expect(element.locator(".hits > li").nth(3).locator("h2 a")).to_be_focused()
    expect(element.get_by_role("button", name="المزيد")).to_have_count(0)


def test_comments_stand_at_the_match_and_open_there(page: Page, other_site: str, site: str) -> None:
    page.goto(other_site)
    replies = search(page, "الميناء").locator(".replies")
    first = replies.locator(".reply a").first
    assert (first.get_attribute("href") or "").startswith(f"{site}/articles/2016-harbour?q=")
    assert (first.get_attribute("href") or "").endswith("#c-7")
    replies.locator("summary").click()
    assert "4 تعليقات مطابقة من 8" in replies.inner_text()
    expect(replies.locator(".reply")).to_have_count(3)
    every = replies.get_by_role("link", name="كل التعليقات المطابقة").get_attribute("href") or ""
    page.goto(every)
    expect(page.locator(".comment-hit")).to_have_count(4)


def test_comments_can_be_searched_and_switched_to(page: Page, other_site: str) -> None:
    page.goto(other_site)
    element = search(page, "الميناء")
    articles, comments = (element.get_by_role("button", name=name) for name in ("المقالات", "التعليقات"))
    expect(articles).to_have_attribute("aria-pressed", "true")
    comments.click()
    expect(comments).to_have_attribute("aria-pressed", "true")
    expect(element.locator("blockquote")).to_have_count(3)
    assert "إعجاب واحد" in element.locator(".hits").inner_text()
    page.goto(f'{other_site}/in="comments"')
    expect(search(page, "الميناء").locator("blockquote")).to_have_count(3)


def test_facets_filter_and_say_how_many(page: Page, other_site: str) -> None:
    page.goto(other_site)
    element = search(page, "الميناء")
    sources = element.get_by_role("combobox", name="المصدر")
    expect(sources.locator("option").first).to_have_text("المصدر")
    sources.select_option("وكالة الجبل")
    expect(element.get_by_role("status")).to_have_text("نتيجة واحدة")
    sources.select_option("صحيفة الساحل")
    expect(element.get_by_role("status")).to_have_text("5 نتائج")
    element.get_by_role("combobox", name="السنة").select_option("2016")
    expect(element.get_by_role("status")).to_have_text("نتيجة واحدة")
    sources.select_option("")
    element.get_by_role("combobox", name="السنة").select_option("")
    element.get_by_role("combobox", name="الترتيب").select_option("oldest")
    expect(element.locator("time").first).to_contain_text("2012")


def test_attributes_restrict_for_good_and_take_their_facet_away(page: Page, other_site: str) -> None:
    page.goto(f'{other_site}/section="اقتصاد|محليات" source="صحيفة الساحل"')
    element = search(page, "الميناء")
    expect(element.get_by_role("status")).to_have_text("4 نتائج")
    expect(element.get_by_role("combobox", name="المصدر")).to_have_count(0)
    page.goto(f'{other_site}/tag="البيئة" facets=""')
    expect(search(page, "الميناء").get_by_role("status")).to_have_text("نتيجة واحدة")
    expect(page.get_by_role("combobox")).to_have_count(2)  # the field and the order


def test_partial_matches_say_what_they_lack(
    page: Page, other_site: str, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.goto(other_site)
    with monkeypatch.context() as patch:
        only_full(stories, 2, patch)
        element = search(page, "ميناء")
        expect(element.get_by_role("status")).to_have_text("نتيجتان، و4 نتائج فيها بعض الكلمات")
        expect(element.get_by_text("من غير: ميناء")).to_have_count(1)
        element.get_by_role("button", name="المزيد").click()
        expect(element.get_by_text("من غير: ميناء")).to_have_count(4)
    only_full(stories, 0, monkeypatch)
    search(page, "للميناء")
    expect(element.get_by_role("status")).to_contain_text("لا نتيجة فيها كل الكلمات")


def test_what_was_typed_otherwise_is_searched_for_as_meant_and_one_click_undoes_it(
    page: Page, other_site: str
) -> None:
    page.goto(other_site)
    element = search(page, "hgldkhx")
    expect(element.get_by_role("status")).to_contain_text("بحثنا عن «الميناء».")
    element.get_by_role("button", name="المزيد").click()
    shown(element, 6)
    element = search(page, "hgldkhx")
    element.get_by_role("button", name="ابحث عن «hgldkhx»").click()
    expect(element.locator(".empty")).to_contain_text("لم نجد شيئاً عن «hgldkhx»")


def test_nothing_found_says_what_to_do(page: Page, other_site: str) -> None:
    page.goto(other_site)
    element = search(page, "قسورة")
    expect(element.locator(".empty")).to_contain_text("جرّب كلمات أقل")
    expect(search(page, "  ").get_by_role("status")).to_contain_text("اكتب")


def test_nothing_found_under_filters_offers_to_clear_them(page: Page, other_site: str) -> None:
    page.goto(f"{other_site}/?q={quote('الميناء')}&q_year=1999")
    empty = page.locator("kashshaf-search .empty")
    empty.get_by_role("button", name="أزل التصفية").click()
    expect(page.get_by_role("status")).to_have_text("6 نتائج")


def test_dates_are_ages_where_those_are_short(page: Page, other_site: str) -> None:
    now = datetime.now(UTC)
    ages = {"second": now - timedelta(hours=3, minutes=5), "day": now - timedelta(days=2), "month": now}

    def dated(route: Route) -> None:
        answer = route.fetch()
        found = answer.json()
        for hit, (precision, date) in zip(found["hits"], ages.items(), strict=True):
            hit |= {"date": date.isoformat() if precision == "second" else f"{date:%Y-%m-%d}"}
            hit |= {"date_precision": precision}
        route.fulfill(response=answer, json=found)

    page.route("**/api/v1/search?**", dated)
    page.goto(other_site)
    times = search(page, "الميناء").locator(".hits > li > .said > .facts time")
    expect(times).to_have_count(3)
    assert times.nth(0).inner_text() == "قبل 3 ساعات"
    assert times.nth(1).inner_text() in ("أول أمس", "قبل يومين")
    assert str(now.year) in times.nth(2).inner_text()
    assert str(ages["second"].year) in (times.nth(0).get_attribute("title") or "")
    assert times.nth(2).get_attribute("datetime") == f"{now:%Y-%m}"


def test_digits_and_words_are_those_that_the_page_asks_for(page: Page, other_site: str) -> None:
    page.goto(f'{other_site}/digits="arabic" placeholder="ابحث عندنا"')
    expect(page.locator("input")).to_have_attribute("placeholder", "ابحث عندنا")
    expect(search(page, "الميناء").get_by_role("status")).to_have_text("٦ نتائج")
    page.goto(f'{other_site}/lang="en"')
    page.get_by_role("combobox", name="Search").fill("الميناء")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("6 results")


@pytest.mark.parametrize(("path", "direction"), [("/en", "rtl"), ('/en lang="en"', "ltr"), ("/", "rtl")])
def test_the_element_has_a_direction_of_its_own(
    page: Page, other_site: str, path: str, direction: str
) -> None:
    page.goto(other_site + path)
    root = page.locator("kashshaf-search .root")
    assert root.evaluate("node => getComputedStyle(node).direction") == direction
    style = "node => [getComputedStyle(node).letterSpacing, getComputedStyle(node).textAlign]"
    assert root.evaluate(style) == ["normal", "start"]  # whatever the page has set around it
