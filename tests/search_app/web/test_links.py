from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.query.parameters import CHOICES, SearchRequest, read
from kashshaf.search_app.query.request_values import MAX_WINDOW
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web import links
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.listing import page_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.search_app.query.request_values import Match, Target

FILTERED = {
    "from": ("2012",),
    "to": ("2019-01",),
    "source": ("أ", "ب"),
    "section": ("ج",),
    "author": ("د",),
    "tag": ("هـ",),
    "article": ("a/b",),
}
FULL = SearchRequest("الميناء & «البحر»", "comments", FILTERED, "newest", "all", 3, 25)


@pytest.fixture(autouse=True)
def _within_the_application() -> Iterator[None]:
    with create_app(SearchService(Settings()), Settings()).test_request_context():
        yield


def _read(url: str) -> SearchRequest:
    return read(parse_qs(urlsplit(url).query), Settings())


def test_an_address_reads_back_as_its_request() -> None:
    assert _read(links.search_url(FULL, 10)) == FULL


def test_defaults_are_left_out_of_addresses() -> None:
    assert links.search_url(SearchRequest("x"), 10) == "/search?q=x"
    assert links.search_url(SearchRequest("x", size=25), 25) == "/search?q=x"


def test_a_chip_takes_away_its_own_filter_and_goes_back_to_the_first_page() -> None:
    chips = links.chips(FULL, 10, "عنوان")
    assert [(chip.name, chip.value) for chip in chips] == [
        ("from", "2012"),
        ("to", "2019-01"),
        ("source", "أ"),
        ("source", "ب"),
        ("section", "ج"),
        ("author", "د"),
        ("tag", "هـ"),
        ("article", "عنوان"),
        ("match", "كلها"),
    ]
    assert _read(chips[2].url) == replace(FULL, page=1, filters={**FILTERED, "source": ("ب",)})
    without_article = {name: values for name, values in FILTERED.items() if name != "article"}
    assert _read(chips[7].url).filters == without_article
    assert _read(chips[8].url) == replace(FULL, page=1, match="auto")


@pytest.mark.parametrize(
    ("page", "total", "expected"),
    [
        (1, 5, [1]),
        (1, 30, [1, 2, 3]),
        (5, 100, [1, None, 3, 4, 5, 6, 7, None, 10]),
        (10, 100, [1, None, 8, 9, 10]),
    ],
)
def test_page_numbers(page: int, total: int, expected: list[int | None]) -> None:
    pager = links.pager(SearchRequest("x", page=page), total, 10)
    assert [found and found[0] for found in pager.pages] == expected
    assert bool(pager.previous) == (page > 1)


def test_no_page_beyond_the_window_is_offered() -> None:
    assert links.last_page(10**9, 10) == MAX_WINDOW // 10
    assert links.pager(SearchRequest("x", page=1000), 10**9, 10).next == ""


def test_every_choice_has_its_label() -> None:
    assert {name: tuple(labels) for name, (_, labels) in links.CHOICE_LABELS.items()} == CHOICES


def test_one_period_is_one_chip() -> None:
    request = SearchRequest("x", filters={"from": ("2016",), "to": ("2016",), "tag": ("أ",)})
    chips = links.chips(request, 10)
    assert [(chip.label, chip.value) for chip in chips] == [("التاريخ", "2016"), ("الوسم", "أ")]
    assert _read(chips[0].url).filters == {"tag": ("أ",)}


def test_a_period_in_the_text_can_be_taken_out() -> None:
    request = SearchRequest('قصف "فيلق القدس" الشهر الماضي', filters={"tag": ("أ",)}, page=3)
    chip = links.period_chip(request, {"text": "الشهر الماضي", "from": None, "to": None}, UTC, 10)
    assert chip
    assert _read(chip.url) == replace(request, text='قصف "فيلق القدس"', page=1)
    assert links.period_chip(request, None, UTC, 10) is None


def test_the_tabs_keep_the_search_and_give_up_what_the_other_side_has_not() -> None:
    request = SearchRequest("x", "comments", {"article": ("1",), "tag": ("أ",)}, "newest", page=4)
    articles, comments = links.tabs(request, {"articles": 7}, 10)
    assert (articles.count, articles.current, comments.count, comments.current) == (7, False, None, True)
    assert _read(articles.url) == SearchRequest("x", "articles", {"tag": ("أ",)}, "newest")
    by_comments = links.tabs(SearchRequest("x", sort="comments"), {}, 10)
    assert _read(by_comments[1].url) == SearchRequest("x", "comments")


@pytest.mark.parametrize("target", ["articles", "comments"])
def test_every_order_offered_can_be_asked_for(target: Target) -> None:
    offered = links.sorts(SearchRequest("x", target, page=2), 10, few_words=False)
    assert [current for _, current, _ in offered] == [True] + [False] * (len(offered) - 1)
    assert [_read(url).sort for _, _, url in offered] == list(links.SORTS[target])
    assert {_read(url).page for _, _, url in offered} == {1}


@pytest.mark.parametrize(
    ("match", "few_words", "expected"),
    [
        ("auto", True, {"relevance": "auto", "newest": "near", "oldest": "near", "comments": "auto"}),
        ("near", True, {"relevance": "auto", "newest": "near", "oldest": "near", "comments": "auto"}),
        ("near", False, dict.fromkeys(links.SORTS["articles"], "auto")),  # the words became others
        ("all", True, dict.fromkeys(links.SORTS["articles"], "all")),
        ("any", True, dict.fromkeys(links.SORTS["articles"], "any")),
    ],
)
def test_by_date_a_few_words_are_to_be_near(match: Match, few_words: bool, expected: dict[str, str]) -> None:
    offered = links.sorts(SearchRequest("x y", match=match), 10, few_words=few_words)
    asked = [_read(url) for _, _, url in offered]
    assert {each.sort: each.match for each in asked} == expected


def test_among_comments_words_need_not_be_near() -> None:
    request = SearchRequest("x y", sort="newest", match="near")
    (comments,) = (tab for tab in links.tabs(request, {}, 10) if not tab.current)
    assert _read(comments.url) == SearchRequest("x y", "comments", sort="newest")


def test_an_article_leads_back_to_the_whole_search() -> None:
    state = links.back_state(FULL, 10)
    assert _read(page_request.back_url(FULL.text, state, Settings())) == FULL
    assert links.back_state(SearchRequest("x"), 10) == ""
    assert page_request.back_url("", "", Settings()) == ""


@pytest.mark.parametrize(
    "state",
    [
        "https://evil.example/",
        "//evil.example",
        "page=x&from=13-13&colour=1",
        "&" * 5_000,
        "tag=" + "x" * 9_000,
    ],
)
def test_a_forged_state_leads_to_a_search_of_ours(state: str) -> None:
    assert page_request.back_url("x", state, Settings()) in ("/search?q=x", "/search?q=x&tag=" + "x" * 300)


def test_a_state_that_is_too_long_is_left_out() -> None:
    assert links.back_state(SearchRequest("x", filters={"tag": ("x" * 300,) * 6}), 10) == ""
