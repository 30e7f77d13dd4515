"""The element and its page: address and history, events, other elements, what it leaves behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.embed.element import completions, field, listen, search, shown, told, typed

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
HARBOUR, STEPS = quote("الميناء"), "history.length"
COUNT_LISTENERS = """() => {
  window.kept = new Set(); // listeners of the element on what outlives it
  for (const target of [window, document]) {
    const { addEventListener: add, removeEventListener: remove } = target;
    target.addEventListener = function (name, listener, options) {
      if (new Error().stack.includes("/embed.js")) window.kept.add(listener);
      return add.call(this, name, listener, options);
    };
    target.removeEventListener = function (name, listener, options) {
      window.kept.delete(listener);
      return remove.call(this, name, listener, options);
    };
  }
}"""
TYPED_AND_GONE = """(element) => {
  const field = element.shadowRoot.querySelector("input");
  field.value = "معرض";
  field.dispatchEvent(new Event("input"));
  element.remove();
}"""
REPLACED = """() => {
  const element = document.querySelector("kashshaf-search");
  const place = element.parentElement;
  element.remove();
  place.append(element);
}"""


def test_a_search_stands_in_the_address_and_back_undoes_it(page: Page, other_site: str) -> None:
    page.goto(other_site + "/?page=7#top")
    before = page.evaluate(STEPS)
    shown(typed(page, "الميناء"), 3)
    assert page.evaluate(STEPS) == before + 1  # letters are one step
    expect(page).to_have_url(f"{other_site}/?page=7&q={HARBOUR}#top")
    page.get_by_role("combobox", name="المصدر").select_option("وكالة الجبل")
    expect(page.get_by_role("status")).to_have_text("نتيجة واحدة")
    expect(page).to_have_url(re.compile("[?&]q_source="))
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("6 نتائج")
    page.go_back()
    expect(field(page)).to_have_value("")
    shown(page.locator("kashshaf-search"), 0)
    page.go_forward()
    shown(page.locator("kashshaf-search"), 3)


def test_a_shared_address_opens_the_search(page: Page, other_site: str) -> None:
    page.goto(f"{other_site}/?q={HARBOUR}&q_in=comments&q_sort=newest")
    expect(page.get_by_role("button", name="التعليقات")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("blockquote")).to_have_count(3)
    expect(page.get_by_role("combobox", name="الترتيب")).to_have_value("newest")


def test_what_is_no_choice_in_the_address_is_passed_over(page: Page, other_site: str) -> None:
    page.goto(f"{other_site}/?q={HARBOUR}&q_in=x&q_sort=y&q_year=%3Cb%3E")
    expect(page.get_by_role("status")).to_have_text("6 نتائج")


def test_the_parameter_has_the_name_that_the_page_wants(page: Page, other_site: str) -> None:
    page.goto(f'{other_site}/param="find"?q=zzz')
    assert field(page).input_value() == ""
    shown(search(page, "الميناء"), 3)
    assert page.url.endswith(f"?q=zzz&find={HARBOUR}")
    page.goto(f'{other_site}/param=""?q=zzz')
    shown(search(page, "الميناء"), 3)
    assert page.url.endswith("?q=zzz")


def test_the_form_leads_to_the_page_of_results(page: Page, other_site: str) -> None:
    page.goto(f'{other_site}/results-url="/results"')
    typed(page, "الميناء")
    completions(page).first.wait_for()
    shown(page.locator("kashshaf-search"), 0)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{other_site}/results?q={HARBOUR}")
    shown(page.locator("kashshaf-search"), 3)


def test_no_script_runs_by_the_address_of_results(page: Page, other_site: str) -> None:
    page.goto(f'{other_site}/results-url="javascript:document.title=1"')
    shown(search(page, "الميناء"), 3)
    assert page.title() == "موقع آخر"


def test_the_page_is_told_of_searches_and_choices(page: Page, other_site: str) -> None:
    page.goto(other_site)
    listen(page)
    element = search(page, "الميناء")
    shown(element, 3)
    assert [(each["query"], each["total"]) for each in told(page, "search")] == [("الميناء", 6)]
    page.evaluate("document.addEventListener('kashshaf:select', (event) => event.preventDefault())")
    element.locator("h2 a").first.click()
    (choice,) = told(page, "select")
    assert (choice["type"], choice["rank"], choice["query"]) == ("article", 1, "الميناء")
    assert choice["url"] == element.locator("h2 a").first.get_attribute("href")
    assert page.url.startswith(other_site)  # the page may open it in its own way


def test_a_result_opens(page: Page, other_site: str, site: str) -> None:
    page.goto(other_site)
    search(page, "الميناء").locator(".reply a").first.click()
    expect(page).to_have_url(re.compile(re.escape(site) + ".*#c-7$"))


def test_two_elements_do_not_disturb_each_other(page: Page, other_site: str) -> None:
    page.goto(other_site)
    page.evaluate(
        """() => {
             const other = document.querySelector("kashshaf-search").cloneNode();
             other.setAttribute("in", "comments");
             document.querySelector("main").append(other);
           }"""
    )
    first, second = page.locator("kashshaf-search").all()
    for element, text in ((first, "الميناء"), (second, "الباصات")):
        element.locator("input").fill(text)
        element.locator("input").press("Enter")
    shown(first, 3)
    shown(second, 3)
    expect(first.get_by_role("status")).to_have_text("6 نتائج")
    assert page.url.endswith(f"?q={HARBOUR}")  # the first one has the parameter


def test_attributes_can_change_and_the_search_stays(page: Page, other_site: str) -> None:
    page.goto(other_site)
    element = search(page, "الميناء")
    shown(element, 3)
    element.evaluate("node => { node.setAttribute('section', 'ثقافة'); node.setAttribute('lang', 'en'); }")
    expect(element.get_by_role("status")).to_have_text("2 results")
    expect(page.get_by_role("combobox", name="Search")).to_have_value("الميناء")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()


@pytest.mark.parametrize("mode", ["inline", "overlay"])
def test_nothing_is_left_when_the_element_goes(page: Page, other_site: str, mode: str) -> None:
    page.add_init_script(f"({COUNT_LISTENERS})()")
    page.goto(f'{other_site}/mode="{mode}"?q={HARBOUR}')
    shown(page.locator("kashshaf-search"), 3)
    assert page.evaluate("window.kept.size") > 0
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.url))
    page.locator("kashshaf-search").evaluate(TYPED_AND_GONE)
    assert page.evaluate("window.kept.size") == 0
    page.wait_for_timeout(400)  # longer than any of its timers
    assert calls == []


def test_an_element_that_is_moved_works_on(page: Page, other_site: str) -> None:
    page.goto(f"{other_site}/?q={HARBOUR}")
    shown(page.locator("kashshaf-search"), 3)
    page.evaluate(REPLACED)
    shown(page.locator("kashshaf-search"), 3)
    assert page.locator("kashshaf-search .root").count() == 1


def test_nothing_is_stored(page: Page, other_site: str, site: str) -> None:
    page.goto(other_site)
    shown(search(page, "الميناء"), 3)
    assert page.context.cookies([other_site, site]) == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
