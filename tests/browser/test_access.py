"""Accessibility by axe, in light and in dark.

axe takes joined Arabic for an icon font and then skips its contrast; the canvas it measures with is stubbed,
and a canary of low contrast proves that Arabic is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_reading import PATHS
from tests.search_app.stories import HARBOUR

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
NO_LIGATURES = """
CanvasRenderingContext2D.prototype.measureText = (text) => ({ width: text.length * 30 });
CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) =>
  ({ data: new Uint8ClampedArray(4 * Math.ceil(width) * Math.ceil(height)).fill(1) });
"""
CANARY = """() => {
  const line = document.createElement("p");
  line.id = "canary";
  line.textContent = "نص باهت لا يكاد يُقرأ";
  line.style.color = "#999";
  line.style.background = "#aaa";
  document.querySelector("main").append(line);
}"""
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def violations(page: Page) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]


@pytest.fixture(params=THEMES)
def themed_page(page: Page, request: pytest.FixtureRequest) -> Page:
    page.emulate_media(color_scheme=request.param)
    page.add_init_script(NO_LIGATURES)
    return page


def test_low_contrast_arabic_is_seen(themed_page: Page, site: str) -> None:
    themed_page.goto(site)
    themed_page.evaluate(CANARY)
    reported = [rule for rule, node in violations(themed_page) if "canary" in node]
    assert reported == ["color-contrast"]


@pytest.mark.parametrize("path", [*PATHS, "/docs", "/docs?lang=en"])
def test_pages_have_noviolations(themed_page: Page, site: str, path: str) -> None:
    themed_page.goto(site + path)
    assert violations(themed_page) == []


def test_filters_on_a_phone_have_noviolations(themed_page: Page, site: str) -> None:
    themed_page.set_viewport_size({"width": 360, "height": 740})
    themed_page.goto(f"{site}/search?q={quote('الميناء')}")
    themed_page.get_by_role("button", name="تصفية").click()
    assert violations(themed_page) == []


def test_open_completions_have_noviolations(themed_page: Page, site: str) -> None:
    themed_page.goto(site)
    themed_page.locator("#q").press_sequentially("المين")
    themed_page.get_by_role("option").first.wait_for()
    themed_page.keyboard.press("ArrowDown")
    assert violations(themed_page) == []


def test_reading_with_a_match_stepped_to_and_the_citation_open_has_no_violations(
    themed_page: Page, site: str
) -> None:
    themed_page.goto(f"{site}/articles/{HARBOUR}?q={quote('الميناء')}#c-2")
    themed_page.keyboard.press("n")
    themed_page.get_by_text("اقتباس", exact=True).click()
    assert violations(themed_page) == []


@pytest.mark.parametrize("opened", [".menu summary", ".why summary", ".histogram a"])
def test_what_unfolds_among_results_has_noviolations(themed_page: Page, site: str, opened: str) -> None:
    themed_page.goto(f"{site}/search?q={quote('الميناء')}")
    themed_page.locator(opened).first.click()
    themed_page.wait_for_load_state("networkidle")
    assert violations(themed_page) == []
