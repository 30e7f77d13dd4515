"""The query language from what is typed to what is found, on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.settings import override
from kashshaf.index.store.generations import WORDS
from tests.kashshaf.site import Site, row

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (
    row("both", "الهلال يواجه النصر", source="الساحل", author="سعيد"),
    row("hilal", "الهلال بطل الدوري", ("c1", "مبروك للزعيم"), source="الساحل", section="رياضة"),
    row("nasr", "النصر يستعد للموسم", ("c1", "فريق رائع"), source="الميدان", tags=["كرة"]),
    row("school", "المدرسون في مدرسة جديدة", date="2016-05-10", source="الميدان"),
    row("oil", "أسعار النفط ترتفع", body="يتبعها الغاز كل صيف.", date="2015-07-02", author="محمد علي"),
    row("copybook", "كاتبان يوقعان كتبهما", body="قصف الأخبار أمس.", date="2014"),
)
FOUND = [
    ("الهلال -النصر", {"hilal"}),
    ("الهلال بدون النصر", {"hilal"}),
    ("الهلال أو النفط", {"both", "hilal", "oil"}),
    ("الهلال و النصر", {"both"}),
    ("(الهلال و النصر) أو (النفط و الغاز)", {"both", "oil"}),
    ("-الهلال", {"nasr", "school", "oil", "copybook"}),
    ("عنوان:الغاز", set()),
    ("نص:الغاز", {"oil"}),
    ("تعليق:(مبروك أو رائع)", {"hilal", "nasr"}),
    ("comment:الهلال", set()),
    ("مصدر:الساحل", {"both", "hilal"}),
    ("مصدر:الساحل -قسم:رياضه", {"both"}),
    ("كاتب:(\"محمد علي\" أو سعيد)", {"both", "oil"}),
    ("النصر وسم:كرة", {"nasr"}),
    ("من:2016-05-10 إلى:2016-05-10", {"school"}),
    ("إلى:2015", {"oil", "copybook"}),
    ("النفط صيف 2015", {"oil"}),
    ("مدرس*", {"school"}),
    ("عنوان:مدرس*", {"school"}),
    ("النفظ~", {"oil"}),
    ("جذر:كتب", {"copybook"}),
]  # fmt: skip


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Site:
    folder: Path = tmp_path_factory.mktemp("language")
    made = Site(folder)
    made.settings = override(made.settings, engine=request.param)
    made.build(*ROWS)
    return made


@pytest.mark.parametrize(("typed", "expected"), FOUND, ids=[row[0] for row in FOUND])
def test_what_is_typed_finds_what_it_says(site: Site, typed: str, expected: set[str]) -> None:
    response = site.ask(typed, match="all")
    assert {hit["id"] for hit in response["hits"]} == expected
    assert response["total"] == len(expected)
    assert not response["query"]["notes"]


@pytest.mark.parametrize("typed", [row[0] for row in FOUND])
def test_what_was_understood_finds_the_same(site: Site, typed: str) -> None:
    understood = site.ask(typed)["query"]["understood"]
    assert site.ask(understood)["query"]["understood"] == understood
    assert site.found(understood) == site.found(typed)


def test_comments_are_searched_by_the_same_language(site: Site) -> None:
    assert site.found("مبروك أو رائع", in_="comments", source="الميدان") == {"c1"}
    assert site.ask("تعليق:رائع", in_="comments")["total"] == 1
    assert site.ask("رائع -فريق", in_="comments")["total"] == 0
    assert site.ask("عنوان:رائع", in_="comments")["total"] == 0


def test_filters_of_the_query_and_of_the_request_both_hold(site: Site) -> None:
    assert site.found("مصدر:الساحل", section="رياضة") == {"hilal"}
    assert site.found("مصدر:الساحل", source="الميدان") == set()
    assert site.found("من:2015", to="2015") == {"oil"}


def test_words_of_time_without_results_are_looked_for_as_words(site: Site) -> None:
    response = site.ask("قصف أمس", match="all")
    assert response["query"]["notes"] == ["time_as_words"]
    assert response["query"]["understood"] == "قصف أمس"
    assert {hit["id"] for hit in response["hits"]} == {"copybook"}


def test_dates_stated_without_results_stay_as_they_are(site: Site) -> None:
    response = site.ask("قصف من:2020")
    assert (response["total"], response["query"]["notes"]) == (0, [])


def test_what_was_not_understood_is_said(site: Site) -> None:
    (note,) = site.ask("النفط أو")["query"]["notes"]
    assert "«أو»" in note


def test_an_exclusion_inside_or_holds_for_the_whole_search(site: Site) -> None:
    response = site.ask("(الهلال -النصر) أو النفط", match="all")
    assert {hit["id"] for hit in response["hits"]} == {"hilal", "oil"}
    assert len(response["query"]["notes"]) == 1


def test_a_hit_says_which_group_it_lacks(site: Site) -> None:
    hits = {hit["id"]: hit["missing"] for hit in site.ask("(الهلال و النصر) النفط")["hits"]}
    assert hits == {"both": ["النفط"], "oil": ["الهلال و النصر"]}


def test_words_of_groups_and_beginnings_are_marked(site: Site) -> None:
    (hit,) = site.ask("مدرس*")["hits"]  # المدرسون begins with its article
    assert hit["type"] == "article"
    assert hit["title_html"] == "المدرسون في <mark>مدرسة</mark> جديدة"


def test_an_index_without_words_reads_a_beginning_as_the_word(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(*ROWS)
    (site.store.current().folder / WORDS).unlink()
    response = site.ask("نفط*")
    assert response["query"]["notes"] == ["not_expanded"]
