"""The whole line in a browser: sample files, a real index, the real search behind the real pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from tests.browser.conftest import running
from tests.browser.embed.conftest import host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from kashshaf.index.settings import Settings
    from kashshaf.indexer.report import Report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def paper(samples_index: tuple[Settings, Report]) -> Iterator[str]:
    settings = replace(samples_index[0], cors_origins=("*",))
    service = SearchService(settings)
    with running(create_app(service, settings)) as origin:
        yield origin
    service.close()


def test_from_the_first_page_to_the_matching_comment(page: Page, paper: str) -> None:
    page.goto(paper)
    page.locator("#q").fill("الماء")
    page.keyboard.press("Enter")
    comment = page.locator('.hit a[href*="#c-"]').first
    expect(comment).to_be_visible()
    comment.click()
    page.wait_for_url("**/articles/**#c-*")
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    expect(target.locator("mark").first).to_be_visible()


def test_filters_and_sorting_by_the_form(plain_page: Page, paper: str) -> None:
    page = plain_page
    page.goto(f"{paper}/search?q={quote('الماء')}")
    page.locator(".tabs a", has_text="التعليقات").click()
    page.wait_for_url("**in=comments**")
    page.locator(".menu summary").click()
    page.locator(".menu a", has_text="الأقدم").click()
    page.wait_for_url("**sort=oldest**")
    page.get_by_label("إلى تاريخ").fill("2025")
    page.locator("#facets button[type=submit]").click()
    page.wait_for_url("**to=2025**")
    expect(page.locator("main mark").first).to_be_visible()


def test_a_search_without_results_helps(page: Page, paper: str) -> None:
    page.goto(f"{paper}/search?q={quote('زرافةمستحيلة')}&section={quote('ثقافة')}")
    expect(page.locator("main")).not_to_contain_text("نتيجة واحدة")
    assert page.locator("main a").count() > 0


def test_the_element_shows_real_results_on_another_origin(page: Page, paper: str) -> None:
    with running(host(paper)) as other:
        page.goto(other)
        element = page.locator("kashshaf-search")
        element.locator("input").fill("المدارس")
        element.locator("input").press("Enter")
        expect(element.locator("mark").first).to_be_visible()
        expect(element).to_contain_text("المدارس")
