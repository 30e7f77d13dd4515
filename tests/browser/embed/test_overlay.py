"""The element as a button that opens the search over the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.embed.element import completions, field, shown
from tests.browser.keys import press

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def dialog(page: Page, other_site: str) -> Locator:
    """The dialog, closed."""
    page.goto(f'{other_site}/mode="overlay"')
    return page.get_by_role("dialog", name="ابحث في الموقع")


def test_the_button_opens_it_with_the_field_focused(page: Page, dialog: Locator) -> None:
    page.get_by_role("button", name="كلمة أو اسم أو عبارة").click()
    expect(dialog).to_be_visible()
    expect(field(page)).to_be_focused()
    page.keyboard.type("الميناء", delay=5)
    shown(page.locator("kashshaf-search"), 3)
    dialog.get_by_role("button", name="أغلق").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="كلمة أو اسم أو عبارة")).to_be_focused()


@pytest.mark.parametrize("key", ["Control+k", "/", "ظ"])
def test_keys_open_it(page: Page, dialog: Locator, key: str) -> None:
    if key == "ظ":
        press(page, key)
    else:
        page.keyboard.press(key)
    expect(dialog).to_be_visible()
    expect(field(page)).to_have_value("")  # the key itself is not typed
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_slash_in_a_field_of_the_page_is_a_slash(page: Page, dialog: Locator) -> None:
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    page.locator("textarea").press_sequentially("1/2")
    expect(page.locator("textarea")).to_have_value("1/2")
    expect(dialog).to_be_hidden()


def test_escape_closes_the_completions_first(page: Page, dialog: Locator) -> None:
    page.keyboard.press("/")
    field(page).press_sequentially("المين", delay=5)
    completions(page).first.wait_for()
    page.keyboard.press("Escape")
    expect(completions(page).first).to_be_hidden()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_click_beside_it_closes_it(page: Page, dialog: Locator) -> None:
    page.keyboard.press("/")
    expect(dialog).to_be_visible()
    page.mouse.click(5, 5)
    expect(dialog).to_be_hidden()


def test_a_shared_address_opens_it_and_closing_empties_the_address(
    page: Page, dialog: Locator, other_site: str
) -> None:
    page.goto(f'{other_site}/mode="overlay"?q={quote("الميناء")}')
    shown(page.locator("kashshaf-search"), 3)
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="أغلق").click()
    expect(dialog).to_be_hidden()
    expect(page).not_to_have_url(re.compile("[?&]q="))  # told by an event that comes after it is hidden
    page.go_back()
    expect(dialog).to_be_visible()
    shown(page.locator("kashshaf-search"), 3)


def test_a_script_of_the_page_opens_and_closes_it(page: Page, dialog: Locator) -> None:
    page.evaluate("document.querySelector('kashshaf-search').open()")
    expect(dialog).to_be_visible()
    page.evaluate("document.querySelector('kashshaf-search').close()")
    expect(dialog).to_be_hidden()
