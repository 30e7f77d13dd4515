from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.query.parameters import SearchRequest, read
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.listing.advice import MAX_FEWER, advice, fewer_words

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUEST = SearchRequest("«قطار سريع» جديد", filters={"section": ("رياضة",)}, page=3)


@pytest.fixture(autouse=True)
def _within_the_application() -> Iterator[None]:
    with create_app(SearchService(Settings()), Settings()).test_request_context():
        yield


def _read(url: str) -> SearchRequest:
    return read(parse_qs(urlsplit(url).query), Settings())


def test_each_way_is_a_search() -> None:
    requests = [_read(one.url) for one in advice(REQUEST, 10, lambda _: 1)]
    assert requests[0] == SearchRequest("«قطار سريع» جديد")
    assert requests[1].text == "قطار سريع جديد"
    assert [request.text for request in requests[2:5]] == ["قطار سريع", "قطار جديد", "سريع جديد"]
    assert requests[-1].target == "comments"


def test_ways_that_find_nothing_are_not_offered() -> None:
    found = advice(REQUEST, 10, lambda request: 4 if request.target == "comments" else 0)
    assert [(one.text, one.total) for one in found] == [("ابحث في تعليقات القرّاء", 4)]


def test_the_ways_are_few_and_cheap() -> None:
    asked: list[SearchRequest] = []

    def total(request: SearchRequest) -> int:
        asked.append(request)
        return 0

    advice(SearchRequest("«كلمة» " * 100, match="all", filters={"tag": ("x",)}), 10, total)
    assert len(asked) <= 4 + MAX_FEWER
    assert {(request.size, request.page, request.facets, request.correct) for request in asked} == {
        (1, 1, (), False)
    }


def test_a_search_for_every_word_may_do_with_some() -> None:
    request = SearchRequest("قطار سريع", match="all", page=2)
    assert _read(advice(request, 10, lambda _: 1)[0].url) == SearchRequest("قطار سريع")


def test_fewer_words_are_bounded() -> None:
    assert len(fewer_words("كلمة " * 400 + "x y")) <= MAX_FEWER
    assert fewer_words("كلمة") == []
