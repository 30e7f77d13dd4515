"""The field as an editable combobox: by keyboard, by pointer, and where completion fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.keys import press

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.browser
SUGGESTED = [
    {"text": "الميناء القديم", "kind": "title"},
    {"text": "الميناء", "kind": "word"},
    {"text": "المينا <b>", "kind": "name"},
    {"text": "ميناء المدينة", "kind": "phrase"},
    {"text": "المطر", "kind": "query"},
]
KINDS = ["عنوان", "كلمة", "اسم", "عبارة", "بحث شائع"]


@pytest.fixture
def asked(page: Page, site: str) -> list[str]:
    """The first page, with completions that are known; the addresses at which they were asked for."""
    urls: list[str] = []

    def answer(route: Route) -> None:
        urls.append(route.request.url)
        empty = "zzz" in route.request.url
        route.fulfill(json={"suggestions": [] if empty else SUGGESTED})

    page.route("**/api/v1/suggest**", answer)
    page.goto(site)
    return urls


BURST = """(field, letters) => {
  field.focus();
  for (const letter of letters) {
    field.value += letter;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}"""
"""Letters typed with no pause between them, however slow the machine is."""


def _typed(page: Page, text: str = "الم") -> Locator:
    """The open list of what completes a text."""
    page.locator("#q").evaluate(BURST, text)
    expect(page.get_by_role("option")).to_have_count(len(SUGGESTED))
    return page.get_by_role("listbox", name="اقتراحات")


def _active(page: Page) -> str | None:
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
             const name = document.querySelector("#q").getAttribute("aria-activedescendant");
             return name && document.getElementById(name).querySelector(".completion").textContent;
           }"""
    )


def test_the_list_opens_with_kinds_and_its_size_is_told(page: Page, asked: list[str]) -> None:
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")
    options = _typed(page).get_by_role("option")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "true")
    assert options.locator(".kind").all_inner_texts() == KINDS
    assert options.locator(".completion").all_inner_texts() == [each["text"] for each in SUGGESTED]
    expect(page.locator("[aria-live]")).to_have_text("5 اقتراحات")
    assert len(asked) == 1  # a burst of keys is one question


def test_arrows_go_round_and_enter_searches(page: Page, asked: list[str]) -> None:
    _typed(page)
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "End"):
        page.keyboard.press(key)
        seen.append(_active(page))
    first, second, last = SUGGESTED[0]["text"], SUGGESTED[1]["text"], SUGGESTED[-1]["text"]
    assert seen == [first, second, first, last, first, None]
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    assert page.locator("#q").input_value() == "الم"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    assert page.locator("#q").input_value() == first
    assert len(asked) == 1


def test_home_and_end_and_sideways_arrows_belong_to_the_text(page: Page, asked: list[str]) -> None:
    _typed(page)
    for key in ("Home", "End", "ArrowLeft", "ArrowRight"):
        page.keyboard.press("ArrowDown")
        assert _active(page)
        page.keyboard.press(key)
        assert _active(page) is None
    assert asked


def test_escape_closes_then_leaves_and_keeps_the_text(page: Page, asked: list[str]) -> None:
    listed = _typed(page)
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).not_to_be_focused()
    assert page.locator("#q").input_value() == "الم"
    assert asked


def test_alt_and_an_arrow_open_and_close_without_choosing(page: Page, asked: list[str]) -> None:
    listed = _typed(page)
    page.keyboard.press("Alt+ArrowUp")
    expect(listed).to_be_hidden()
    page.keyboard.press("Alt+ArrowDown")
    expect(listed).to_be_visible()
    assert _active(page) is None
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    assert len(asked) == 1  # what was asked before is remembered


def test_a_tap_searches(page: Page, asked: list[str]) -> None:
    option = _typed(page).get_by_role("option").nth(1)
    box = option.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    option.click()
    page.wait_for_url("**/search?**")
    assert page.locator("#q").input_value() == SUGGESTED[1]["text"]
    assert asked


def test_a_word_being_composed_is_left_alone(page: Page, asked: list[str]) -> None:
    _typed(page)
    page.locator("#q").dispatch_event("keydown", {"key": "ArrowDown", "isComposing": True})
    assert _active(page) is None
    page.locator("#q").dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    assert page.url.endswith("/")
    assert asked


def test_leaving_the_field_closes_the_list(page: Page, asked: list[str]) -> None:
    listed = _typed(page)
    page.keyboard.press("Tab")
    expect(listed).to_be_hidden()
    page.locator("#q").focus()
    expect(listed).to_be_hidden()  # coming back opens nothing by itself
    assert asked


def test_nothing_to_offer_closes_the_list(page: Page, asked: list[str]) -> None:
    listed = _typed(page)
    page.locator("#q").evaluate(BURST, "zzz")
    expect(listed).to_be_hidden()
    page.locator("#q").fill("")
    expect(listed).to_be_hidden()
    assert len(asked) == 2


def test_an_answer_to_an_older_text_is_not_shown(page: Page, site: str) -> None:
    waiting: list[Route] = []

    def answer(route: Route) -> None:
        if waiting:
            route.fulfill(json={"suggestions": SUGGESTED[:1]})
        else:
            waiting.append(route)

    page.route("**/api/v1/suggest**", answer)
    page.goto(site)
    with page.expect_request("**/suggest**"):
        page.locator("#q").press_sequentially("ال")
    page.locator("#q").press_sequentially("م")
    expect(page.get_by_role("option")).to_have_count(1)
    waiting[0].abort()
    expect(page.get_by_role("option")).to_have_count(1)


@pytest.mark.parametrize("body", ["", json.dumps({"title": "no"})])
def test_where_completion_fails_the_field_goes_on(page: Page, site: str, body: str) -> None:
    page.route("**/api/v1/suggest**", lambda route: route.fulfill(status=500 if not body else 200, body=body))
    page.goto(site)
    page.locator("#q").press_sequentially("الميناء")
    page.wait_for_timeout(300)
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")


def test_the_real_index_completes(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("#q").press_sequentially("المين")
    expect(page.get_by_role("option").first).to_contain_text("الميناء")


@pytest.mark.parametrize("key", ["/", "ظ"])
def test_a_key_leads_to_the_field_but_not_while_typing(page: Page, site: str, key: str) -> None:
    page.goto(site)
    press(page, key)
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.insert_text(key)
    assert page.locator("#q").input_value() == key
