from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from index.settings import Settings
from search_app.query.parameters import CHOICES, MAX_WINDOW, SearchRequest, read
from search_app.results.service import SearchService
from search_app.web import links
from search_app.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def test_advice_can_be_followed() -> None:
    advice = links.advice(SearchRequest("«قطار سريع» جديد", filters={"section": ("رياضة",)}), 10)
    requests = [_read(one.url) for one in advice]
    assert requests[0] == SearchRequest("«قطار سريع» جديد")
    assert requests[1].text == "قطار سريع جديد"
    assert [request.text for request in requests[2:5]] == ["قطار سريع", "قطار جديد", "سريع جديد"]
    assert requests[-1].target == "comments"


def test_a_search_for_every_word_may_do_with_some() -> None:
    request = SearchRequest("قطار سريع", match="all", page=2)
    assert _read(links.advice(request, 10)[0].url) == SearchRequest("قطار سريع")


def test_every_choice_has_its_label() -> None:
    assert {name: tuple(labels) for name, (_, labels) in links.CHOICE_LABELS.items()} == CHOICES


def test_fewer_words_are_bounded() -> None:
    assert len(links.fewer_words("كلمة " * 400 + "x y")) <= links.MAX_FEWER
    assert links.fewer_words("كلمة") == []
