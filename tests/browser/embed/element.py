"""The element of a page, as a reader uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LISTEN = """() => {
  window.told = [];
  for (const name of ["search", "select", "error"])
    document.addEventListener(`kashshaf:${name}`, ({ detail, type }) => {
      const { answer, ...rest } = detail;
      window.told.push([type.split(":")[1], rest]);
    });
}"""


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="ابحث")


def completions(page: Page) -> Locator:
    return page.get_by_role("listbox", name="اقتراحات").get_by_role("option")


def search(page: Page, text: str) -> Locator:
    """The element, after a text was sent."""
    field(page).fill(text)
    page.keyboard.press("Enter")
    return page.locator("kashshaf-search")


def typed(page: Page, text: str) -> Locator:
    """The element, after a text was typed and not sent, and the list of completions closed."""
    field(page).press_sequentially(text, delay=5)
    return page.locator("kashshaf-search")


def shown(element: Locator, count: int) -> None:
    """Wait for so many results."""
    expect(element.locator(".hits > li")).to_have_count(count)


def listen(page: Page) -> None:
    page.evaluate(LISTEN)


def told(page: Page, name: str) -> list[dict[str, Any]]:
    """The details of the events that the page was told of, since ``listen``."""
    return [detail for kind, detail in page.evaluate("window.told") if kind == name]
