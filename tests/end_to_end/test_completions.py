"""Completions from sources to what is offered: each is found, new titles are there, removed ones are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.settings import Settings
from kashshaf.index.store.generations import COMPLETIONS, NEW_TITLES
from kashshaf.search_app.results.service import SearchService
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site, row
from tests.opensearch.cluster import KEPT

if TYPE_CHECKING:
    from pathlib import Path

AUTHORED = row("market", "السوق يغلق بدون إنذار", author="هالة الخطيب", tags=["أسواق الساحل"])


@pytest.fixture(params=KEPT)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.settings = Settings(index=made.settings.index, engine=request.param)
    made.build(BRIDGE, SCHOOL, AUTHORED)
    return made


def offered(site: Site, text: str) -> list[tuple[str, str]]:
    service = SearchService(site.settings)
    try:
        return [(each["kind"], each["text"]) for each in service.suggest(text)["suggestions"]]
    finally:
        service.close()


def test_titles_and_words_are_offered_as_they_are_written(site: Site) -> None:
    assert offered(site, "افتت") == [("word", "افتتاح"), ("title", "افتتاح الجسر الجديد")]
    assert offered(site, "جسر الج") == [("title", "افتتاح الجسر الجديد")]
    assert offered(site, "مَدرسه") == [("word", "المدرسة"), ("title", "المدرسة تستقبل التلاميذ")]


def test_a_name_that_no_text_has_is_offered_with_its_field(site: Site) -> None:
    assert offered(site, "هاله") == [("name", 'كاتب:"هالة الخطيب"')]
    assert offered(site, "اسواق") == [("name", 'وسم:"أسواق الساحل"')]
    for _, text in (*offered(site, "هاله"), *offered(site, "اسواق")):
        assert site.found(text) == {"market"}


def test_whatever_is_offered_is_found(site: Site) -> None:
    for letter in "اتجدسمفهبيع":
        for _, text in offered(site, letter):
            assert site.ask(text, correct="no")["total"] > 0, text


def test_a_title_that_excludes_itself_is_not_offered(site: Site) -> None:
    assert ("title", AUTHORED["title"]) not in offered(site, "السوق يغ")


def test_a_new_title_is_offered_from_its_commit_on(site: Site) -> None:
    site.write("b.jsonl", HARVEST)
    site.index()
    assert ("title", HARVEST["title"]) in offered(site, "موسم الز")
    site.reindex()
    assert ("title", HARVEST["title"]) in offered(site, "موسم الز")


def test_an_article_is_offered_by_the_title_that_it_has_now(site: Site) -> None:
    site.write("a.jsonl", {**BRIDGE, "title": "افتتاح الجسر القديم"}, SCHOOL, AUTHORED)
    site.index()
    assert offered(site, "افتتاح الجسر ال") == [("title", "افتتاح الجسر القديم")]


def test_what_is_removed_is_not_offered(site: Site) -> None:
    site.remove("bridge")
    assert offered(site, "افتت") == offered(site, "الجسر الج") == []


@pytest.mark.parametrize("name", [COMPLETIONS, NEW_TITLES])
def test_damage_is_found(site: Site, name: str) -> None:
    site.write("b.jsonl", HARVEST)
    site.index()
    generation = site.store.current()
    path = (generation.folder if name == COMPLETIONS else generation.commit_folder()) / name
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(BrokenIndexError, match=r"kashshaf reindex"):
        site.verify()


def test_an_index_without_completions_offers_its_words(site: Site) -> None:
    (site.store.current().folder / COMPLETIONS).unlink()
    assert offered(site, "الجس") == [("word", "الجسر")]
