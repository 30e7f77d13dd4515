"""Keys that Playwright's keyboard does not have: those of the Arabic layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PRESSED = """key => document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))"""


def press(page: Page, key: str) -> None:
    """Press a key on the page itself, outside its fields."""
    page.evaluate(PRESSED, key)
