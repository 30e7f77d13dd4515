"""Rereadings: what finds nothing is answered as meant, what finds less gets a suggestion."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.limits import deadline
from kashshaf.index.store.generations import WORDS
from kashshaf.search_app.results import service
from kashshaf.search_app.results.answer import Answer
from tests.kashshaf.site import Site, row

if TYPE_CHECKING:
    from kashshaf.search_app.results.page import Page
    from kashshaf.search_app.results.shapes import Response

SCHOOLS = [
    row(f"s{at}", "افتتاح المدارس في الفلوجة", ("c1", "مبروك للتلاميذ"), section=f"قسم {at}")
    for at in range(5)
]
PARTED = row("parted", "هدم المدا في رس")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("site"))
    site.build(*SCHOOLS, PARTED)
    return site


def told(response: Response) -> tuple[str, str | None, str | None]:
    query = response["query"]
    return query["text"], query["corrected_from"], response["suggestion"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("hgtg,[m", "الفلوجة"), ("falluja", "الفلوجة"), ("افتتاح المدارص", "افتتاح المدارس")],
)
def test_what_finds_nothing_is_answered_as_meant(site: Site, typed: str, meant: str) -> None:
    response = site.ask(typed)
    assert told(response) == (meant, typed, None)
    assert response["total"] == len(SCHOOLS)
    assert all(hit["match"] == "full" for hit in response["hits"])


def test_another_page_is_one_of_the_same_answer(site: Site) -> None:
    assert told(site.ask("hgtg,[m", page="2", size="3")) == ("الفلوجة", "hgtg,[m", None)
    assert len(site.ask("hgtg,[m", page="2", size="3")["hits"]) == 2


@pytest.mark.parametrize("parameters", [{"correct": "no"}, {"section": "لا قسم كهذا"}])
def test_corrections_can_be_off_and_never_lead_nowhere(site: Site, parameters: dict[str, str]) -> None:
    assert told(site.ask("hgtg,[m", **parameters)) == ("hgtg,[m", None, None)


def test_what_fills_a_page_is_not_reread(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ENOUGH", 1)
    assert told(site.ask("المدا رس")) == ("المدا رس", None, None)
    assert told(site.ask("hgtg,[m")) == ("الفلوجة", "hgtg,[m", None)


def test_the_hits_of_what_was_typed_are_not_read_where_another_is_answered(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []
    show = Answer.page

    def page(self: Answer) -> Page:
        pages.append(self._request.text)
        return show(self)

    monkeypatch.setattr(Answer, "page", page)
    assert site.ask("افتتاح المدارص")["hits"]
    assert pages == ["افتتاح المدارس"]


def test_a_rereading_that_takes_long_is_given_up_and_the_typed_is_answered_whole(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_end(*_: object) -> None:
        while True:
            deadline.check()

    monkeypatch.setattr(site, "settings", replace(site.settings, search_time_limit=1.0))
    typed = site.ask("افتتاح المدارص", correct="no", facets="year")
    monkeypatch.setattr(service, "reread", without_end)
    response = site.ask("افتتاح المدارص", facets="year")
    assert told(response) == ("افتتاح المدارص", None, None)
    assert response["hits"] == typed["hits"]
    assert any(hit["comments"]["total"] for hit in typed["hits"] if hit["type"] == "article")
    assert response["facets"] == typed["facets"] != {}
    assert not response["timed_out"]


def test_filters_hold_for_what_is_answered(site: Site) -> None:
    response = site.ask("hgtg,[m", section="قسم 3")
    assert (response["query"]["text"], response["total"]) == ("الفلوجة", 1)


def test_what_finds_less_is_answered_and_gets_a_suggestion(site: Site) -> None:
    response = site.ask("المدا رس")
    assert told(response) == ("المدا رس", None, "المدارس")
    assert [hit["id"] for hit in response["hits"]] == ["parted"]


@pytest.mark.parametrize(
    "typed",
    ["", "المدارس", "افتتاح المدارس", '"افتتاح المدارص"', "«المدارص»", "=المدارص", "افتتاح -المدارص", "؟!"],
)
def test_what_is_right_or_meant_to_the_letter_is_left(site: Site, typed: str) -> None:
    assert told(site.ask(typed)) == (typed, None, None)


def test_comments_are_reread_by_what_they_hold(site: Site) -> None:
    response = site.ask("lfv,;", in_="comments")
    assert told(response) == ("مبروك", "lfv,;", None)
    assert response["total"] == len(SCHOOLS)


def test_an_index_without_words_answers_as_before(tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = Site(tmp_path_factory.mktemp("bare"))
    bare.build(*SCHOOLS)
    (bare.store.current().folder / WORDS).unlink()
    assert told(bare.ask("hgtg,[m")) == ("hgtg,[m", None, None)
