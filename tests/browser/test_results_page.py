"""Steering a search on the page of results: facets, dates, order, reasons; all of it without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
QUERY = "الميناء"
RESULTS = f"/search?q={quote(QUERY)}"


def _asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_counts_of_tabs_and_boxes_are_what_they_lead_to(plain_page: Page, site: str) -> None:
    page = plain_page
    page.goto(site + RESULTS)
    tabs = page.locator(".tabs a")
    assert tabs.count() == 2
    comments = tabs.nth(1).locator(".number").inner_text()
    tabs.nth(1).click()
    assert page.get_by_role("status").inner_text().split()[0] == comments
    page.go_back()
    box = page.locator("#facets li label", has_text="ثقافة")
    count = box.locator(".number").inner_text()
    box.click()
    page.get_by_role("button", name="طبّق").click()
    assert str(page.locator(".hit").count()) == count


def test_several_values_of_a_facet_may_be_ticked(plain_page: Page, site: str) -> None:
    page = plain_page
    page.goto(site + RESULTS)
    before = page.locator(".hit").count()
    for section in ("ثقافة", "محليات"):
        page.locator("#facets li label", has_text=section).click()
    page.get_by_role("button", name="طبّق").click()
    assert _asked(page)["section"] == ["ثقافة", "محليات"]
    assert 0 < page.locator(".hit").count() < before
    assert page.locator("#facets input:checked").count() == 2
    assert page.locator("#facets li label", has_text="اقتصاد").count() == 1
    page.locator(".chips a", has_text="ثقافة").click()
    assert _asked(page)["section"] == ["محليات"]


def test_bars_are_a_date_filter_that_the_keyboard_reaches(plain_page: Page, site: str) -> None:
    page = plain_page
    page.goto(site + RESULTS)
    bar = page.locator(".histogram a").first
    told, count = (bar.get_attribute("aria-label") or "").split(": ")
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**from=**")
    assert (_asked(page)["from"], _asked(page)["to"]) == ([told], [told])
    assert page.get_by_role("status").inner_text() == count
    assert page.locator(".histogram li").count() == 12
    assert page.get_by_label("من تاريخ").input_value() == told
    page.get_by_role("link", name="كل السنوات").click()
    assert "from" not in _asked(page)


def test_a_wrong_date_stands_beside_its_message(plain_page: Page, site: str) -> None:
    page = plain_page
    page.goto(f"{site}{RESULTS}&section={quote('اقتصاد')}")
    page.get_by_label("من تاريخ").fill("2016-15")
    page.get_by_role("button", name="طبّق").click()
    field = page.get_by_label("من تاريخ")
    assert field.input_value() == "2016-15"
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator("#from-fault bdi").first.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert page.locator("#facets input:checked").count() == 1
    field.fill("2016")
    page.get_by_role("button", name="طبّق").click()
    assert _asked(page)["from"] == ["2016"]
    assert page.locator("[aria-invalid]").count() == 0


def test_a_hit_says_why_it_is_here(plain_page: Page, site: str) -> None:
    page = plain_page
    page.goto(site + RESULTS)
    reason = page.locator(".hit .why").first
    assert not reason.locator("p").is_visible()
    reason.locator("summary").click()
    assert "ورد" in reason.locator("p").inner_text()


def test_the_field_stays_in_sight(page: Page, site: str) -> None:
    page.goto(site + RESULTS)
    page.mouse.wheel(0, 2_000)
    page.wait_for_function("scrollY > 100")
    assert page.locator("#q").evaluate("node => node.getBoundingClientRect().top") >= 0
    page.locator(".pager a, .how a").last.focus()
    covered = page.evaluate(
        """() => document.activeElement.getBoundingClientRect().top
                 < document.querySelector(".masthead").getBoundingClientRect().bottom"""
    )
    assert not covered


def test_marks_of_neighbouring_lines_do_not_touch(page: Page, site: str) -> None:
    page.goto(site + RESULTS)
    share, line, size = page.locator(".snippet mark").first.evaluate(
        """node => {
             const style = getComputedStyle(node), line = getComputedStyle(node.parentElement);
             const stops = [...style.backgroundImage.matchAll(/([\\d.]+)%/g)].map((stop) => Number(stop[1]));
             return [Math.max(...stops) - Math.min(...stops), parseFloat(line.lineHeight),
                     node.getClientRects()[0].height];
           }"""
    )
    assert 0 < share < 50
    assert size * share / 100 < line / 2


def test_paper_shows_the_list_alone(page: Page, site: str) -> None:
    page.goto(site + RESULTS)
    page.emulate_media(media="print")
    for hidden in ("#rail", ".tabs", "#q", ".why"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".hit h2").first.is_visible()
    assert page.locator(".found").bounding_box() == page.locator("#results").bounding_box()
