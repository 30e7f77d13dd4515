"""Results that change in place: addresses, history, focus, what is told; the plain way where that fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
QUERY = "الميناء"


@pytest.fixture
def results(page: Page, site: str) -> Page:
    """A page of results that remembers whether it was loaded anew."""
    page.goto(f"{site}/search?q={quote(QUERY)}&size=2")
    page.evaluate("window.same = true")
    return page


def _same(page: Page) -> bool:
    return page.evaluate("window.same === true")  # type: ignore[no-any-return]


def _search(page: Page, text: str) -> None:
    page.locator("#q").fill(text)
    page.keyboard.press("Enter")


def test_enter_swaps_the_results_and_tells_their_number(results: Page) -> None:
    _search(results, "المراكب")
    results.wait_for_url(f"**q={quote('المراكب')}**")
    expect(results.locator("#results mark").first).to_have_text("المراكب")
    assert _same(results)
    assert results.title().startswith("المراكب — ")
    expect(results.locator("[aria-live]").last).to_have_text("نتيجتان")
    expect(results.locator("#q")).to_be_focused()
    assert results.locator("#results[aria-busy]").count() == 0


def test_a_link_of_the_results_keeps_the_page(results: Page) -> None:
    results.locator(".pager a[rel=next]").click()
    results.wait_for_url("**page=2**")
    expect(results.locator(".pager [aria-current]")).to_have_text("2")
    assert _same(results)
    assert results.evaluate("scrollY") == 0
    expect(results.locator("#results")).to_be_focused()


def test_back_and_forward_restore_results_text_and_place(results: Page) -> None:
    results.set_viewport_size({"width": 800, "height": 400})
    first = results.locator(".hit h2").first.inner_text()
    results.evaluate("scrollTo(0, 250)")
    _search_from_below(results)
    results.go_back()
    expect(results.locator(".hit h2").first).to_have_text(first)
    expect(results.locator("#q")).to_have_value(QUERY)
    results.wait_for_function("scrollY === 250")
    results.go_forward()
    expect(results.locator("#q")).to_have_value("المراكب")
    assert _same(results)


def _search_from_below(page: Page) -> None:
    page.evaluate(
        """() => {
             const field = document.querySelector("#q");
             field.value = "المراكب";
             field.form.requestSubmit();
           }"""
    )
    page.wait_for_url(f"**q={quote('المراكب')}**")


def test_a_filter_applies_at_once_and_keeps_the_focus(results: Page) -> None:
    results.locator("#match").focus()
    results.locator("#match").select_option("all")
    results.wait_for_url("**match=all**")
    expect(results.locator(".chips")).to_contain_text("كلها")
    expect(results.locator("#match")).to_be_focused()
    results.locator(".chips a").first.click()
    expect(results.locator("#match")).to_have_value("")
    expect(results.locator("#results")).to_be_focused()
    results.go_back()
    expect(results.locator("#match")).to_have_value("all")
    assert _same(results)


def test_ticked_values_add_up_and_the_focus_stays_with_its_value(results: Page) -> None:
    for section, count in (("ثقافة", 1), ("اقتصاد", 2)):
        ticked = results.get_by_label(section, exact=False).first
        ticked.focus()
        results.keyboard.press("Space")
        expect(results.locator(".chips a", has_text="القسم")).to_have_count(count)
        expect(ticked).to_be_checked()
        expect(ticked).to_be_focused()
    assert results.url.count("section=") == 2
    results.go_back()
    expect(results.locator("#facets :checked[name=section]")).to_have_count(1)
    assert _same(results)


def test_the_sheet_of_a_phone_stays_open_until_its_button_shows_the_results(results: Page) -> None:
    results.set_viewport_size({"width": 390, "height": 844})
    results.locator(".sheet-opener").click()
    results.locator("#from").fill("2016")
    results.locator("#from").blur()
    button = results.locator("#facets [type=submit]")
    results.wait_for_url("**from=2016**")
    expect(button.locator(".scripted")).to_have_text(re.compile("^اعرض (?!6)"))
    results.locator("#from").fill("2014")
    button.click()
    results.wait_for_url("**from=2014**")
    expect(button).to_be_hidden()
    expect(results.locator("#results [role=status]")).to_contain_text("نتائج")
    assert _same(results)


def test_the_menu_of_orders_closes_by_escape_by_a_choice_and_by_a_click_elsewhere(results: Page) -> None:
    menu, summary = results.locator(".menu"), results.locator(".menu summary")
    summary.click()
    results.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.click()
    results.locator(".total").click()
    expect(menu).not_to_have_attribute("open", "")
    summary.click()
    menu.get_by_role("link", name="الأحدث").click()
    results.wait_for_url("**sort=newest**")
    expect(menu).not_to_have_attribute("open", "")
    assert _same(results)


def test_a_link_elsewhere_a_new_tab_and_an_anchor_stay_plain(results: Page) -> None:
    href = results.locator(".pager a[rel=next]").get_attribute("href")
    assert href
    with results.context.expect_page() as opened:
        results.locator(".pager a[rel=next]").click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith(href)
    results.locator(".skip").focus()
    results.keyboard.press("Enter")
    results.go_back()
    assert _same(results)
    assert results.locator("#results.loading").count() == 0


def test_a_slow_answer_shows_bars_and_a_later_one_wins(results: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    results.route(f"**/search?*{quote('المراكب')}*", hold)
    _search(results, "المراكب")
    expect(results.locator("#results.loading[aria-busy=true]")).to_have_count(1)
    _search(results, "الكتاب")
    results.wait_for_url(f"**q={quote('الكتاب')}**")
    expect(results.locator("#results.loading")).to_have_count(0)
    held[0].abort()
    expect(results.locator("#q")).to_have_value("الكتاب")
    assert _same(results)


def test_a_failure_falls_back_to_plain_navigation(results: Page) -> None:
    calls: list[str] = []

    def once(route: Route) -> None:
        calls.append(route.request.resource_type)
        if len(calls) == 1:
            route.abort()
        else:
            route.continue_()

    results.route("**/search?*", once)
    _search(results, "المراكب")
    expect(results.locator("#results mark").first).to_have_text("المراكب")
    assert calls == ["fetch", "document"]
    assert not _same(results)


def test_the_address_can_be_copied(results: Page) -> None:
    results.context.grant_permissions(["clipboard-read", "clipboard-write"])
    results.get_by_role("button", name="نسخ الرابط").click()
    expect(results.get_by_role("button", name="نُسخ")).to_be_visible()
    assert results.evaluate("navigator.clipboard.readText()") == results.url


def test_the_list_can_be_taken_away_as_a_file(results: Page) -> None:
    with results.expect_download() as download:
        results.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "search-results.csv"
    assert "ميناء" in download.value.path().read_text(encoding="utf-8-sig")
    assert _same(results)


@pytest.mark.parametrize(("allowed", "sent"), [("yes", 1), ("no", 0)])
def test_clicks_are_told_only_where_the_site_counts_them(results: Page, allowed: str, sent: int) -> None:
    posted: list[str | None] = []

    def counted(route: Route) -> None:
        posted.append(route.request.post_data)
        route.fulfill(status=204)

    results.route("**/clicks", counted)
    body = results.content().replace("<body ", f'<body data-clicks="{allowed}" ', 1)
    results.route("**/search?counted*", lambda route: route.fulfill(body=body, content_type="text/html"))
    results.goto(f"{results.url.partition('/search')[0]}/search?counted=1&q={quote(QUERY)}")
    results.evaluate(
        """() => {
             const hit = document.querySelectorAll(".hit")[1];
             hit.dataset.id = "brief/10";
             hit.addEventListener("click", (event) => event.preventDefault());
           }"""
    )
    results.locator(".hit h2 a").nth(1).click()
    results.wait_for_timeout(200)
    assert posted == [f"q={quote(QUERY)}&id=brief%2F10&rank=2"] * sent
