"""The editors' desk in a browser: without violations, without script, on a phone; a synonym in one click."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.usage.log import Clicked, Searched, UsageLog
from kashshaf.search_app.web import usage
from kashshaf.search_app.web.app import create_app
from tests.browser.conftest import running
from tests.browser.test_access import NO_LIGATURES, THEMES, violations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from kashshaf.index.settings import Settings

pytestmark = pytest.mark.browser
KEY = "a key of sixteen letters"
HOSTILE = "<img src=x onerror=document.title='in'>"
MISSING = "المينتء"
ENTRIES: tuple[Searched | Clicked, ...] = (
    *[Searched("الميناء", "articles", 4, 0)] * 3,
    Searched("سعر الخبز", "articles", 3, 1),
    Searched(MISSING, "articles", 0, 0),
    Searched(f"و{MISSING}", "articles", 0, 0),
    Searched(HOSTILE, "articles", 0, 0),
    Searched("ظظظظظظظظظ", "articles", 0, 0),
    Searched("قطار الساحل", "articles", 0, 2),
    Clicked("الميناء", "a", 2),
)


@pytest.fixture
def desk(stories_settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The origin of a search with a desk and something in its log."""
    settings = replace(
        stories_settings,
        log_searches="yes",
        usage_file=tmp_path / "usage.sqlite",
        desk_key=KEY,
        synonyms=tmp_path / "synonyms.txt",
    )
    settings.synonyms.touch()
    service = SearchService(settings)
    log = UsageLog(settings.usage_file, 90, service.stems)
    for entry in ENTRIES:
        log.put(entry)
    log.close()
    app = create_app(service, settings)
    with running(app) as origin:
        yield origin
    usage.close(app)
    service.close()


def enter(page: Page, origin: str) -> None:
    page.goto(f"{origin}/desk")
    page.get_by_label("المفتاح").fill(KEY)
    page.get_by_role("button", name="ادخل").click()
    page.get_by_role("heading", name="ما يبحث عنه القرّاء").wait_for()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [360, 1280])
def test_no_state_has_violations(page: Page, desk: str, theme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.add_init_script(NO_LIGATURES)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{desk}/desk")
    assert violations(page) == []
    page.get_by_label("المفتاح").fill("wrong")
    page.get_by_role("button", name="ادخل").click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == []
    enter(page, desk)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.title() != "in"
    page.get_by_role("button", name="الميناء").first.click()
    page.get_by_text("أُضيف المرادف").wait_for()
    assert violations(page) == []
    page.get_by_role("link", name="أضف مرادفاً").first.click()
    page.get_by_label("ألفاظ بمعنى واحد").fill("وحده")
    page.get_by_role("button", name="أضف").click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == []


def test_a_synonym_in_one_click_without_script(browser: Browser, desk: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, desk)
    page.get_by_role("button", name="الميناء").first.click()
    page.get_by_text("أُضيف المرادف").wait_for()
    page.get_by_role("status").get_by_role("link").click()
    page.locator(".hit").first.wait_for()
    assert MISSING in page.locator("#q").input_value()
    page.go_back()
    page.get_by_role("button", name="تراجع").click()
    page.get_by_text("حُذف المرادف").wait_for()
    page.get_by_role("button", name="خروج").click()
    page.get_by_label("المفتاح").wait_for()
    page.goto(f"{desk}/desk")
    assert page.get_by_label("المفتاح").is_visible()
    assert page.get_by_text(MISSING).count() == 0
    context.close()
