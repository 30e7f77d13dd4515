"""What the element says when the search cannot be had: what to do, and no retry that cannot help."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.embed.element import listen, search, shown, told, typed

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.browser
SEARCH, AGAIN = "**/api/v1/search?**", "أعد المحاولة"


class _Failing:
    """Answers of the search that fail until they are let through; the addresses of all calls."""

    def __init__(self, page: Page, *, status: int, headers: dict[str, str] | None = None) -> None:
        self.calls: list[str] = []
        self._failing = True
        self._status, self._headers = status, headers or {}
        page.route(SEARCH, self._answer)

    def let_through(self) -> None:
        self._failing = False

    def _answer(self, route: Route) -> None:
        self.calls.append(route.request.url)
        if not self._failing:
            route.continue_()
            return
        shared = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
        kind = {"Content-Type": "application/problem+json"}
        problem = {"type": "about:blank", "status": self._status, "detail": "اختصر <b>"}
        headers = {**shared, **kind, **self._headers}
        route.fulfill(status=self._status, headers=headers, body=json.dumps(problem))


def _fault(page: Page) -> Locator:
    return page.locator("kashshaf-search").get_by_role("alert")


def _last_error(page: Page) -> dict[str, Any]:
    return told(page, "error")[-1]


def test_without_cors_the_operator_is_told_what_to_set(page: Page, refused_site: str) -> None:
    page.goto(refused_site)
    listen(page)
    search(page, "الميناء")
    expect(_fault(page)).to_contain_text(f'cors_origins = ["{refused_site}"]')
    expect(_fault(page).get_by_role("button")).to_have_count(0)  # to try again cannot help
    assert _last_error(page)["kind"] == "cors"
    assert _last_error(page)["remedy"].endswith(f'cors_origins = ["{refused_site}"]')


def test_what_the_operator_has_to_mend_is_asked_for_once(page: Page, refused_site: str) -> None:
    page.goto(refused_site)
    search(page, "الميناء")
    expect(_fault(page)).to_be_visible()
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.url))
    typed(page, " القديم")
    page.wait_for_timeout(500)  # longer than the element waits for more letters
    assert calls == []


def test_a_policy_of_the_page_that_forbids_the_call_is_told(page: Page, other_site: str, site: str) -> None:
    page.goto(other_site + "/deaf")
    search(page, "الميناء")
    expect(_fault(page)).to_contain_text(f"Content-Security-Policy: connect-src {site}")
    expect(_fault(page).get_by_role("button")).to_have_count(0)


def test_an_address_that_is_none_is_told(page: Page, other_site: str) -> None:
    page.goto(f'{other_site}/api="javascript:alert(1)"')
    search(page, "الميناء")
    expect(_fault(page)).to_contain_text('api="javascript:alert(1)"')


def test_a_server_that_is_not_there_can_be_tried_again(page: Page, other_site: str) -> None:
    page.route("**/api/v1/search?**", lambda route: route.abort())
    page.goto(other_site)
    page.route("**/embed.js", lambda route: route.abort())
    search(page, "الميناء")
    expect(_fault(page)).to_contain_text("تعذّر الوصول إلى البحث")
    page.unroute("**/api/v1/search?**")
    _fault(page).get_by_role("button", name=AGAIN).click()
    shown(page.locator("kashshaf-search"), 3)
    expect(_fault(page)).to_have_count(0)


def test_offline_the_search_goes_on_once_there_is_a_network(page: Page, other_site: str) -> None:
    page.goto(other_site)
    page.context.set_offline(offline=True)
    search(page, "الميناء")
    expect(_fault(page)).to_contain_text("لا اتصال بالإنترنت")
    page.context.set_offline(offline=False)
    shown(page.locator("kashshaf-search"), 3)


@pytest.mark.parametrize(("status", "words"), [(429, "طلبات كثيرة"), (503, "البحث متوقف")])
def test_who_comes_too_often_waits_as_long_as_the_server_says(
    page: Page, other_site: str, status: int, words: str
) -> None:
    answers = _Failing(page, status=status, headers={"Retry-After": "2"})
    page.goto(other_site)
    listen(page)
    search(page, "الميناء")
    expect(_fault(page)).to_contain_text(words)
    expect(_fault(page)).to_contain_text("نعيد المحاولة بعد")
    expect(_fault(page).get_by_role("button")).to_have_count(0)
    assert _last_error(page)["wait"] == 2
    answers.let_through()
    asked = len(answers.calls)
    shown(page.locator("kashshaf-search"), 3)
    assert len(answers.calls) > asked


@pytest.mark.parametrize("said", ["Wed, 21 Oct 2037 07:28:00 GMT", "-3", "1e9", "x"])
def test_a_wait_that_nobody_would_wait_is_bounded(page: Page, other_site: str, said: str) -> None:
    _Failing(page, status=429, headers={"Retry-After": said})
    page.goto(other_site)
    listen(page)
    search(page, "الميناء")
    expect(_fault(page)).to_be_visible()
    assert 1 <= _last_error(page)["wait"] <= 120


@pytest.mark.parametrize(("status", "text"), [(401, "kashshaf keys create"), (403, "kashshaf keys create")])
def test_a_refused_key_is_told(page: Page, other_site: str, status: int, text: str) -> None:
    _Failing(page, status=status)
    page.goto(other_site)
    search(page, "الميناء")
    expect(_fault(page)).to_contain_text(text)


def test_what_was_wrong_with_a_query_is_told_as_text(page: Page, other_site: str) -> None:
    _Failing(page, status=400)
    page.goto(other_site)
    search(page, "الميناء")
    expect(_fault(page)).to_contain_text("اختصر <b>")
    expect(_fault(page).get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("body", ["<html>", "", "[", "null"])
def test_an_answer_that_is_none_is_a_failure_of_the_server(page: Page, other_site: str, body: str) -> None:
    shared = {"Access-Control-Allow-Origin": "*"}
    page.route(SEARCH, lambda route: route.fulfill(status=200, headers=shared, body=body))
    page.goto(other_site)
    search(page, "الميناء")
    expect(_fault(page)).to_contain_text("حدث خطأ في البحث")
    expect(_fault(page).get_by_role("button", name=AGAIN)).to_be_visible()


def test_more_results_that_fail_leave_those_that_are_there(page: Page, other_site: str) -> None:
    page.goto(other_site)
    element = search(page, "الميناء")
    shown(element, 3)
    answers = _Failing(page, status=500)
    element.get_by_role("button", name="المزيد").click()
    expect(_fault(page)).to_be_visible()
    shown(element, 3)
    answers.let_through()
    _fault(page).get_by_role("button", name=AGAIN).click()
    shown(element, 6)
