"""An editor's synonyms and pins at work, on both engines: found, marked, first, hidden, without a restart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import SettingsError
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.results.service import SearchService
from tests.opensearch.cluster import KEPT
from tests.search_app.editors import EditedSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.search_app.results.shapes import Response

UNESCO = "يونسكو, UNESCO, منظمة الأمم المتحدة للتربية\n"


@pytest.fixture(scope="module", params=KEPT)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> EditedSite:
    folder: Path = tmp_path_factory.mktemp(request.param)
    return EditedSite(folder, request.param)


@pytest.fixture
def site(built: EditedSite) -> Iterator[EditedSite]:
    yield built
    built.edit(built.synonyms, "")
    built.edit(built.pins, "")


def ids(found: Response) -> list[str]:
    return [hit["id"] for hit in found["hits"]]


def pin(site: EditedSite, *articles: str, hide: tuple[str, ...] = ()) -> None:
    site.edit(site.pins, f'[[pin]]\nquery = "الجسور"\narticles = {[*articles]}\nhide = {[*hide]}\n')


def test_a_word_is_present_where_its_synonym_is(site: EditedSite) -> None:
    assert site.found("يونسكو") == {"school"}
    site.edit(site.synonyms, UNESCO)
    assert site.found("يونسكو", match="all") == {"school", "culture"}
    assert site.found("unesco", match="all") == {"school", "culture"}
    assert site.found("منظمة الأمم المتحدة للتربية", match="all") == {"school", "culture"}
    assert site.found("مهرجان يونسكو", match="all") == {"culture"}


def test_the_word_itself_ranks_before_its_synonym(site: EditedSite) -> None:
    site.edit(site.synonyms, UNESCO)
    assert ids(site.ask("يونسكو"))[0] == "school"


def test_the_synonym_is_marked(site: EditedSite) -> None:
    site.edit(site.synonyms, UNESCO)
    hit = site.hit("UNESCO", "culture")
    assert hit["type"] == "article"
    assert (
        "<mark>منظمة</mark> <mark>الأمم</mark> <mark>المتحدة</mark> <mark>للتربية</mark>"
        in hit["snippets"][0]
    )


def test_a_synonym_in_quotes_or_to_the_letter_is_not_one(site: EditedSite) -> None:
    site.edit(site.synonyms, UNESCO)
    assert site.found("=يونسكو") == {"school"} == site.found('"يونسكو"')


def test_words_of_dialects_meet_print_in_comments_alone(site: EditedSite) -> None:
    site.settings = replace(site.settings, synonyms_shipped="yes")
    try:
        assert site.found("كويس", match="all") == {"bridge", "road"}
        assert ids(site.ask("جيد", in_="comments")) == ["c1", "c1"]
    finally:
        site.settings = replace(site.settings, synonyms_shipped="no")
    assert site.found("كويس", match="all") == {"bridge"}


def test_an_edit_is_in_use_without_a_restart_and_a_wrong_one_is_not(site: EditedSite) -> None:
    service = SearchService(site.settings)
    asked = read({"q": ["unesco"], "correct": ["no"]}, site.settings)
    assert service.search(asked)["total"] == 0
    site.edit(site.synonyms, UNESCO)
    assert service.search(asked)["total"] == 2
    site.edit(site.synonyms, "وحيد")
    assert service.search(asked)["total"] == 2
    service.close()


@pytest.mark.parametrize(("name", "line"), [("synonyms", 1), ("pins", 2)])
def test_a_wrong_file_ends_the_start(site: EditedSite, name: str, line: int) -> None:
    path = site.synonyms if name == "synonyms" else site.pins
    site.edit(path, "وحيد" if name == "synonyms" else "\n[[pin]]")
    with pytest.raises(SettingsError, match=rf"{path.name}, line {line}"):
        SearchService(site.settings)


def test_pinned_articles_stand_first_in_the_order_of_the_pin(site: EditedSite) -> None:
    before = site.ask("جسر")
    pin(site, "market", "river")
    found = site.ask("الجسر")
    assert ids(found)[:2] == ["market", "river"]
    assert {*ids(found)} == {*ids(before), "market"}
    assert [hit.get("pinned", False) for hit in found["hits"]] == [True, True, False, False]


def test_the_total_counts_what_can_be_paged_through(site: EditedSite) -> None:
    pin(site, "market", "river")
    whole = site.ask("جسر")
    paged = [id_ for page in range(1, 6) for id_ in ids(site.ask("جسر", size="1", page=str(page)))]
    assert paged == ids(whole)
    assert len(paged) == whole["total"]
    assert {site.ask("جسر", size="1", page=str(page))["total"] for page in range(1, 6)} == {whole["total"]}


def test_copies_of_a_pinned_article_are_not_listed_again(site: EditedSite) -> None:
    pin(site, "copy")
    found = site.ask("جسر")
    assert ids(found)[0] == "copy"
    assert "road" not in ids(found)


def test_a_hidden_article_is_neither_found_nor_counted(site: EditedSite) -> None:
    before = site.ask("جسر")["total"]
    pin(site, hide=("river",))
    found = site.ask("جسر")
    assert found["total"] == before - 1
    assert "river" not in ids(found)
    assert "river" in site.found("جسر القرية")


def test_filters_hold_for_pinned_articles_too(site: EditedSite) -> None:
    pin(site, "market", "river")
    assert site.found("جسر", source="أ") == {"bridge", "river"}


def test_an_order_by_date_pins_nothing(site: EditedSite) -> None:
    pin(site, "market")
    found = site.ask("جسر", sort="newest")
    assert "market" not in ids(found)
    assert not any(hit.get("pinned") for hit in found["hits"])


def test_a_pin_of_an_article_that_is_gone_does_nothing(site: EditedSite) -> None:
    before = site.ask("جسر")
    pin(site, "gone")
    assert ids(site.ask("جسر")) == ids(before)


def test_where_nothing_else_matches_fully_the_total_counts_the_pinned(site: EditedSite) -> None:
    site.edit(site.pins, '[[pin]]\nquery = "جسر فيضان سوق مهرجان"\narticles = ["school"]\n')
    found = site.ask("جسر فيضان سوق مهرجان")
    assert ids(found)[0] == "school"
    assert (found["total"], found["total_partial"]) == (1, len(found["hits"]) - 1)


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_the_totals_are_those_of_every_page(site: EditedSite, number: str) -> None:
    text = "جسر فيضان سوق مهرجان"
    site.edit(site.pins, f'[[pin]]\nquery = "{text}"\narticles = ["school"]\n')
    whole, part = site.ask(text), site.ask(text, size="1", page=number)
    assert (part["total"], part["total_partial"]) == (whole["total"], whole["total_partial"])


def test_the_tab_of_articles_counts_pinned_ones_from_among_comments(site: EditedSite) -> None:
    text = "جسر فيضان سوق مهرجان"
    site.edit(site.pins, f'[[pin]]\nquery = "{text}"\narticles = ["school"]\n')
    types = site.ask(text, in_="comments", facets="type")["facets"]["type"]
    assert types[0] == {"value": "articles", "count": site.ask(text)["total"]}


def test_comments_have_no_pins(site: EditedSite) -> None:
    pin(site, "market")
    assert site.ask("جسر", in_="comments")["total"] == 2


@pytest.mark.parametrize("sort", ["relevance", "newest"])
@pytest.mark.parametrize("text", ["الجسر", "الجسور لاشيء", "جسر النهر"])
def test_facets_count_pinned_articles_as_the_total_does(site: EditedSite, text: str, sort: str) -> None:
    site.edit(site.pins, f'[[pin]]\nquery = "{text}"\narticles = ["market", "road"]\nhide = ["bridge"]\n')
    counted = site.ask(text, facets="source", sort=sort)["facets"]["source"]
    totals = {each["value"]: site.ask(text, source=each["value"], sort=sort)["total"] for each in counted}
    assert {each["value"]: each["count"] for each in counted} == totals
    assert ("ب" in totals) or sort == "newest"
