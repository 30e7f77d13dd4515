"""Full matches and partial ones in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click import unstyle

from kashshaf.search_app.query.parameters import SearchRequest
from kashshaf.search_app.terminal import response_text
from tests.search_app.partial import only_full

if TYPE_CHECKING:
    from kashshaf.search_app.results.service import SearchService

DIVIDER = "Those that follow lack some of the words:"


def lines(service: SearchService, request: SearchRequest) -> list[str]:
    text = unstyle(response_text(request, service.search(request)))
    return [line for line in text.split("\n") if line]


def test_partial_matches_stand_apart_and_say_what_they_lack(
    stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_full(stories, 1, monkeypatch)
    head, *rest = lines(stories, SearchRequest("الميناء"))
    assert head.startswith("1 found, 5 more have some of the words, ")
    assert rest.index(DIVIDER) < rest.index(next(line for line in rest if line.startswith("2. ")))
    assert sum("without الميناء" in line for line in rest) == 5


@pytest.mark.parametrize(("number", "divided"), [(1, False), (2, True), (3, True)])
def test_each_page_that_has_partial_matches_says_so_once(
    stories: SearchService, monkeypatch: pytest.MonkeyPatch, number: int, divided: bool
) -> None:
    only_full(stories, 3, monkeypatch)
    assert lines(stories, SearchRequest("الميناء", page=number, size=2)).count(DIVIDER) == divided


def test_where_nothing_has_all_the_words_it_says_so(
    stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_full(stories, 0, monkeypatch)
    head, *rest = lines(stories, SearchRequest("الميناء"))
    assert head.startswith("Nothing has all the words; 6 found that have some, ")
    assert DIVIDER not in rest
    head, *rest = lines(stories, SearchRequest("الميناء", match="any"))
    assert head.startswith("6 found, ")
    assert sum("without الميناء" in line for line in rest) == 6


def test_the_facets_asked_for_come_last(stories: SearchService) -> None:
    request = SearchRequest("الميناء", facets=("type", "year"))
    found = stories.search(request)["facets"]
    shown = lines(stories, request)
    expected = [
        line for name in found for line in (name, *(f"{v['count']:>7,}  {v['value']}" for v in found[name]))
    ]
    assert len(expected) > 4
    assert shown[-len(expected) :] == expected
    assert "type" not in lines(stories, SearchRequest("الميناء"))
