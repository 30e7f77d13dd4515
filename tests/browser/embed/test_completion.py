"""The field of the element as a combobox by ARIA 1.2, inside its shadow tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.embed.element import completions, field, shown

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.browser
SUGGESTED = [
    {"text": "الميناء القديم", "kind": "title"},
    {"text": "الميناء", "kind": "word"},
    {"text": "المينا <b>", "kind": "name"},
]


@pytest.fixture
def options(page: Page, other_site: str) -> Locator:
    """The completions of what was typed."""
    page.route("**/api/v1/suggest**", lambda route: route.fulfill(json={"suggestions": SUGGESTED}))
    page.goto(other_site)
    field(page).press_sequentially("الم", delay=5)
    expect(completions(page)).to_have_count(len(SUGGESTED))
    return completions(page)


def test_the_list_says_what_it_is(page: Page, options: Locator) -> None:
    box = field(page)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert options.locator(".kind").all_inner_texts() == ["عنوان", "كلمة", "اسم"]
    assert options.nth(2).locator(".text").inner_text() == "المينا <b>"
    expect(page.locator("form [aria-live]")).to_have_text("3 اقتراحات")
    expect(page.get_by_role("listbox", name="اقتراحات")).to_be_visible()


def test_arrows_choose_and_enter_searches(page: Page, options: Locator) -> None:
    box = field(page)
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown"):
        box.press(key)
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value("الميناء")
    expect(box).to_have_attribute("aria-expanded", "false")
    shown(page.locator("kashshaf-search"), 3)


def test_a_click_chooses(page: Page, options: Locator) -> None:
    options.nth(1).click()
    expect(field(page)).to_have_value("الميناء")
    shown(page.locator("kashshaf-search"), 3)


def test_escape_and_leaving_close_the_list(page: Page, options: Locator) -> None:
    field(page).press("Escape")
    expect(options.first).to_be_hidden()
    field(page).press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field(page).blur()
    expect(options.first).to_be_hidden()


def test_where_completion_fails_one_types_on(page: Page, other_site: str) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=500, body="no")

    page.route("**/api/v1/suggest**", fail)
    page.goto(other_site)
    field(page).press_sequentially("الميناء", delay=5)
    shown(page.locator("kashshaf-search"), 3)
    expect(page.locator("kashshaf-search .completions")).to_be_hidden()
