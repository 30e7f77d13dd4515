"""A search at its time limit: what is done by then is the answer, and it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import TimeLimitError
from kashshaf.search_app.query.parameters import FACETS, TYPE, SearchRequest
from kashshaf.search_app.results.service import TIME_LIMIT, SearchService
from tests.index.clock import Clock
from tests.search_app.stories import HARBOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.shapes import Response

ASKED = SearchRequest("الميناء القديم", facets=FACETS, explain=True)
MOST = 2_000
"""Looks at the clock within which every search is done."""


@pytest.fixture(scope="module")
def service(stories_settings: Settings) -> Iterator[SearchService]:
    service = SearchService(stories_settings)
    service.search(ASKED)
    yield service
    service.close()


def within(service: SearchService, ticks: int, request: SearchRequest, patch: pytest.MonkeyPatch) -> Response:
    """The answer of a search that may look at the clock so often."""
    Clock.of(patch, tick=1)
    patch.setattr(service, "_seconds", ticks)
    return service.search(request)


def ids(response: Response) -> list[str]:
    return [hit["id"] for hit in response["hits"]]


@pytest.mark.parametrize(
    "request_",
    [ASKED, SearchRequest("الميناء", target="comments"), SearchRequest("المينا")],
    ids=["articles", "comments", "misspelt"],
)
def test_wherever_it_is_ended_it_fails_or_says_so(
    service: SearchService, request_: SearchRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = within(service, MOST, request_, monkeypatch)
    assert not whole["timed_out"]
    kinds = set()
    for ticks in range(2, MOST, 3):
        try:
            cut = within(service, ticks, request_, monkeypatch)
        except TimeLimitError:
            kinds.add("none")
            continue
        if not cut["timed_out"]:
            kinds.add("whole")
            assert {**cut, "took_ms": 0} == {**whole, "took_ms": 0}
            break
        kinds.add("cut")
        assert cut["query"]["notes"][-1] == TIME_LIMIT
        if cut["query"]["text"] == whole["query"]["text"]:
            assert cut["total"] == whole["total"]
            assert ids(cut) == ids(whole)[: len(ids(cut))]
    assert kinds == {"none", "cut", "whole"}


def test_a_search_that_ends_late_lacks_what_comes_last(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock.of(monkeypatch, tick=1)
    monkeypatch.setattr(service, "_seconds", MOST)
    whole = service.search(ASKED)
    cut = within(service, int(clock.work) - 2, ASKED, monkeypatch)
    assert whole["facets"]["source"]
    assert cut["timed_out"]
    assert [*cut["facets"]] == [name for name in FACETS if name != TYPE]
    assert cut["hits"] == whole["hits"]


def test_what_is_typed_is_completed_in_time_or_not(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.suggest("المي")["suggestions"]
    Clock.of(monkeypatch, tick=1)
    monkeypatch.setattr(service, "_seconds", 1)
    assert service.suggest("المي") == {"suggestions": []}


def test_an_article_is_read_without_marks_at_the_limit(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = service.view(HARBOUR, "الميناء")
    Clock.of(monkeypatch, tick=1)
    monkeypatch.setattr(service, "_seconds", 1)
    cut = service.view(HARBOUR, "الميناء")
    assert "<mark>" in whole["title_html"]
    assert "<mark>" not in cut["title_html"]
    assert [comment["id"] for comment in cut["comments"]] == [comment["id"] for comment in whole["comments"]]
