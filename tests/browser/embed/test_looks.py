"""The element is quick, moves nothing, breaks no rule of accessibility, and fits into a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.embed.element import completions, field, search, shown, typed
from tests.browser.test_access import NO_LIGATURES, THEMES, violations
from tests.browser.test_pictures import PIXEL

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
HARBOUR = quote("الميناء")
WORDS = ("الميناء", "معرض", "المراكب", "أمطار", "الخبز", "جامعة", "حوار", "ندوة")
QUICK = 200
"""Milliseconds until the element can be used, once its script runs, and from Enter to results."""
SHIFTS = """() => {
  window.shift = [];
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shift.push(value); // those after a key or a click too
  }).observe({ type: "layout-shift", buffered: true });
}"""
TIMES = """() => {
  const ours = ({ name }) => name.endsWith("/embed.js");
  return window.usable - performance.getEntriesByType("resource").find(ours).responseEnd;
}"""
PALE = """() => {
  const line = document.createElement("p");
  line.id = "canary";
  line.textContent = "نص باهت لا يكاد يُقرأ";
  line.style.color = "light-dark(#bbb, #444)";
  document.querySelector("kashshaf-search").shadowRoot.querySelector(".said").append(line);
}"""
WAIT = "customElements.whenDefined('kashshaf-search').then(() => { window.usable = performance.now(); })"
ANSWERED = """text => new Promise((done) => {
  const element = document.querySelector("kashshaf-search");
  const begun = performance.now();
  const painted = () => requestAnimationFrame(() => done(performance.now() - begun));
  element.addEventListener("kashshaf:search", painted, { once: true });
  element.search(text);
})"""


@pytest.fixture(params=THEMES)
def themed_page(page: Page, request: pytest.FixtureRequest) -> Page:
    page.emulate_media(color_scheme=request.param)
    page.add_init_script(NO_LIGATURES)
    return page


def test_it_can_be_used_at_once_and_answers_at_once(page: Page, other_site: str) -> None:
    page.add_init_script(WAIT)
    defined, answered = [], []
    for text in WORDS:  # a machine that does much beside needs several tries
        page.goto(other_site)
        expect(field(page)).to_be_editable()
        defined.append(page.evaluate(TIMES))
        answered.append(page.evaluate(ANSWERED, text))
        if min(defined) < QUICK and min(answered) < QUICK:
            break
    assert min(defined) < QUICK
    assert min(answered) < QUICK


def test_nothing_moves_when_results_come_to_a_shared_address(page: Page, other_site: str) -> None:
    page.add_init_script(f"({SHIFTS})()")
    page.goto(f"{other_site}/?q={HARBOUR}")
    shown(page.locator("kashshaf-search"), 3)
    page.wait_for_timeout(100)
    assert page.evaluate("window.shift") == []


@pytest.mark.parametrize("mode", ["inline", "overlay"])
def test_nothing_moves_while_one_types(page: Page, other_site: str, mode: str) -> None:
    page.goto(f'{other_site}/mode="{mode}"')
    page.locator("kashshaf-search").evaluate("node => node.open()")
    page.locator("#below").evaluate(
        "node => node.remove()"
    )  # below a list that grows all moves, by its nature
    page.evaluate(SHIFTS.replace("buffered: true", "buffered: false"))  # from now on
    shown(typed(page, "الميناء"), 3)
    page.keyboard.press("Escape")
    shown(typed(page, " القديم"), 3)
    assert page.evaluate("window.shift") == []


def test_low_contrast_in_the_element_is_seen(themed_page: Page, other_site: str) -> None:
    themed_page.goto(f"{other_site}/?q={HARBOUR}")
    shown(themed_page.locator("kashshaf-search"), 3)
    themed_page.evaluate(PALE)
    assert [rule for rule, node in violations(themed_page) if "canary" in node] == ["color-contrast"]


def test_results_and_filters_have_no_violations(themed_page: Page, other_site: str) -> None:
    themed_page.goto(other_site)
    element = search(themed_page, "الميناء")
    shown(element, 3)
    element.locator("summary").first.click()
    assert violations(themed_page) == []


def test_open_completions_have_no_violations(themed_page: Page, other_site: str) -> None:
    themed_page.goto(other_site)
    typed(themed_page, "المين")
    completions(themed_page).first.wait_for()
    field(themed_page).press("ArrowDown")
    assert violations(themed_page) == []


def test_the_overlay_has_no_violations(themed_page: Page, other_site: str) -> None:
    themed_page.set_viewport_size({"width": 390, "height": 800})
    themed_page.goto(f'{other_site}/mode="overlay"')
    assert violations(themed_page) == []
    themed_page.keyboard.press("/")
    shown(search(themed_page, "الميناء"), 3)
    assert violations(themed_page) == []


@pytest.mark.parametrize("text", ["قسورة", "الميناء"])
def test_nothing_found_and_failures_have_no_violations(
    themed_page: Page, refused_site: str, other_site: str, text: str
) -> None:
    themed_page.goto(other_site if text == "قسورة" else refused_site)
    search(themed_page, text).locator(".empty").wait_for()
    assert violations(themed_page) == []


@pytest.mark.parametrize("width", [280, 390, 1200])
def test_nothing_is_wider_than_the_page(page: Page, other_site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{other_site}/?q={HARBOUR}")
    shown(page.locator("kashshaf-search"), 3)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("asked", "hosts"), [("own", 2), ("all", 3), ("no", 0)])
def test_pictures_are_those_of_the_articles_own_site(
    page: Page, other_site: str, asked: str, hosts: int
) -> None:
    pictures = (
        "https://news.example/1.png",
        "https://img.news.example/2.png",
        "https://elsewhere.example/3.png",
    )
    loaded: list[str] = []

    def answer(route: Route) -> None:
        found = route.fetch().json()
        for hit, picture in zip(found["hits"], pictures, strict=True):
            hit |= {"url": "https://www.news.example/a", "image": picture}
        route.fulfill(json=found, headers={"Access-Control-Allow-Origin": "*"})

    def picture(route: Route) -> None:
        loaded.append(route.request.headers.get("referer", ""))
        route.fulfill(body=PIXEL, content_type="image/png")

    page.route("**/api/v1/search?**", answer)
    page.route("**/*.png", picture)
    page.goto(f'{other_site}/lax pictures="{asked}"')
    shown(search(page, "الميناء"), 3)
    images = page.locator("kashshaf-search img")
    expect(images).to_have_count(hosts)
    for image in images.all():
        image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert loaded == [""] * hosts  # nobody is told which page it is


def test_a_picture_that_does_not_load_goes(page: Page, other_site: str) -> None:
    def answer(route: Route) -> None:
        found = route.fetch().json()
        found["hits"][0] |= {"url": "https://news.example/a", "image": "https://news.example/gone.png"}
        route.fulfill(json=found, headers={"Access-Control-Allow-Origin": "*"})

    page.route("**/api/v1/search?**", answer)
    page.route("**/gone.png", lambda route: route.fulfill(status=404))
    page.goto(other_site + "/lax")
    shown(search(page, "الميناء"), 3)
    expect(page.locator("kashshaf-search img")).to_have_count(0)


@pytest.mark.parametrize(("theme", "dark"), [("dark", True), ("light", False)])
def test_a_theme_can_be_chosen_whatever_the_page_has(
    page: Page, other_site: str, theme: str, dark: bool
) -> None:
    page.emulate_media(color_scheme="light" if dark else "dark")
    page.goto(f'{other_site}/theme="{theme}"')
    colour = page.locator("kashshaf-search .root").evaluate("node => getComputedStyle(node).backgroundColor")
    assert colour == ("rgb(27, 30, 34)" if theme == "dark" else "rgb(255, 255, 255)")
