"""One text published again: found by rebuilds and updates, folded by searches, named by its twins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.index.errors import UsageError
from kashshaf.index.settings import override
from kashshaf.index.store.article_writer import JOURNAL
from kashshaf.index.store.generations import Generation
from kashshaf.index.store.ledger import Ledger
from kashshaf.search_app.results.service import SearchService
from tests.index.stories.test_shingles import BRIEF, NEWS, SPELLED
from tests.kashshaf.site import EngineWriter, Row, Site, killed, row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kashshaf.site import Point

FIRST = row("first", "افتتاح الجسر", ("c1", "مبروك للمدينة"), body=NEWS, source="الساحل", date="2016-05-24")
AGAIN = row("again", "جسر جديد على النهر", body=SPELLED, source="المرفأ", date="2016-05-25")
THIRD = row(
    "third", "وزير النقل يفتتح الجسر", body="بيروت (رويترز) - " + NEWS, source="الرصيف", date="2016-05-26"
)
OTHER = row("other", "الجسر القديم", body="أغلقت البلدية الجسر القديم لأعمال الصيانة.", source="الساحل")
SCHOOL = row("school", "المدرسة تستقبل التلاميذ", body="بدأ الدرس صباحاً.", source="الساحل")


@pytest.fixture(params=["whoosh", "tantivy"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.settings = override(made.settings, engine=request.param)
    return made


def also(site: Site, text: str = "الجسر", **parameters: str) -> dict[str, list[str]]:
    """The hits of a search, in order, each with the others that it stands for."""
    hits: list[Any] = site.ask(text, size="100", **parameters)["hits"]
    return {hit["id"]: [other["id"] for other in hit["also_at"]] for hit in hits}


def folded(site: Site, text: str = "الجسر", **parameters: str) -> set[frozenset[str]]:
    return {frozenset([id_, *others]) for id_, others in also(site, text, **parameters).items()}


STORY = frozenset(["first", "again", "third"])


def test_a_search_shows_a_text_once_and_names_the_others(site: Site) -> None:
    site.build(FIRST, OTHER, AGAIN, SCHOOL, THIRD)
    assert folded(site) == {STORY, frozenset(["other"])}
    answer = site.ask("الجسر", size="1")
    assert answer["total"] == 2
    pages = [site.ask("الجسر", size="1", page=str(page))["hits"] for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [1, 1, 0]
    assert site.ask("", size="100")["total"] == 3
    assert site.store.current().state().stories == 1
    assert site.verify().articles == 5


def test_the_others_are_named_oldest_first(site: Site) -> None:
    site.build(THIRD, FIRST, AGAIN)
    service = SearchService(site.settings)
    others = service.page("third")[1]
    shown = service.view("third", "")["also_at"]
    service.close()
    assert others == shown
    assert [other["id"] for other in others] == ["first", "again"]
    assert others[0] == {
        "id": "first",
        "url": "",
        "title": "افتتاح الجسر",
        "source": "الساحل",
        "date": "2016-05-24",
        "date_precision": "day",
    }


def test_filters_bear_on_each_article(site: Site) -> None:
    site.build(FIRST, AGAIN, THIRD, OTHER)
    assert also(site, source="المرفأ") == {"again": ["first", "third"]}
    assert also(site, from_="2016-05-26") == {"third": ["first", "again"]}
    assert "third" in also(site, sort="newest")
    assert "first" in also(site, sort="oldest")
    assert also(site, article="again") == {"again": ["first", "third"]}


def test_without_folding_each_is_a_result_and_still_names_the_others(site: Site) -> None:
    site.build(FIRST, AGAIN, THIRD, OTHER)
    found = also(site, fold="no")
    assert found.keys() == STORY | {"other"}
    assert set(found["again"]) == {"first", "third"}
    assert site.ask("الجسر", fold="no")["total"] == 4
    with pytest.raises(UsageError, match="fold"):
        site.ask("الجسر", fold="maybe")


def test_by_comments_a_text_is_shown_once(site: Site) -> None:
    site.build(FIRST, {**AGAIN, "comments": [{"id": "c", "text": "الجسر"}]}, THIRD, OTHER)
    found = also(site, "الجسر", sort="comments")
    assert next(iter(found)) == "again"
    assert {frozenset([id_, *others]) for id_, others in found.items()} == {STORY, frozenset(["other"])}
    answer = site.ask("الجسر", sort="comments", size="1", page="2")
    assert answer["total"] == 2
    assert [hit["id"] for hit in answer["hits"]] == ["other"]


def test_comments_are_never_folded(site: Site) -> None:
    site.build(FIRST, {**AGAIN, "comments": [{"id": "c", "author": "قارئ", "text": "مبروك للمدينة"}]})
    assert site.ask("مبروك", in_="comments")["total"] == 2


def test_an_update_joins_what_was_there(site: Site) -> None:
    site.build(FIRST, OTHER)
    assert site.store.current().state().stories == 0
    assert also(site) == {"first": [], "other": []}
    site.write("b.jsonl", AGAIN)
    site.index()
    assert folded(site) == {frozenset(["first", "again"]), frozenset(["other"])}
    assert site.found("مبروك", in_="comments") == {"c1"}
    site.write("c.jsonl", THIRD)
    site.index()
    assert folded(site) == {STORY, frozenset(["other"])}
    assert site.store.current().state().stories == 1
    assert site.verify().comments == 1


def test_an_update_brings_a_whole_story(site: Site) -> None:
    site.build(OTHER)
    site.write("b.jsonl", FIRST, AGAIN, THIRD)
    site.index()
    assert folded(site) == {STORY, frozenset(["other"])}


def test_an_article_with_another_text_leaves(site: Site) -> None:
    site.build(FIRST, AGAIN, OTHER)
    site.write("a.jsonl", {**FIRST, "body": "أغلق الجسر ثانية بعد يوم واحد."}, AGAIN, OTHER)
    site.index()
    assert also(site).keys() == {"first", "again", "other"}
    assert all(not others for others in also(site).values())
    assert site.store.current().state().stories == 0
    site.write("b.jsonl", THIRD)
    site.index()
    assert frozenset(["again", "third"]) in folded(site)


def test_what_is_removed_is_not_named(site: Site) -> None:
    site.build(FIRST, AGAIN, THIRD)
    site.remove("first")
    assert folded(site) == {frozenset(["again", "third"])}
    site.remove("again")
    assert also(site) == {"third": []}
    assert site.store.current().state().stories == 0


def test_an_id_that_comes_back_with_another_text_is_of_another_story(site: Site) -> None:
    site.build(FIRST, AGAIN, THIRD)
    brief: Row = {**FIRST, "body": BRIEF}
    site.write("a.jsonl", brief, {**brief, "id": "brief"}, AGAIN, THIRD)
    site.index()
    assert folded(site) == {frozenset(["again", "third"]), frozenset(["first", "brief"])}


def test_a_rebuild_from_the_stored_articles_finds_them_again(site: Site) -> None:
    site.build(FIRST, AGAIN, OTHER)
    site.reindex()
    assert folded(site) == {frozenset(["first", "again"]), frozenset(["other"])}


IN_AN_UPDATE: dict[str, Point] = {
    "between comments and articles": (EngineWriter, "commit", 2),
    "before the counts": (Generation, "write_state", 1),
    "before the ledger": (Ledger, "commit", 1),
}


@pytest.mark.parametrize("point", IN_AN_UPDATE.values(), ids=IN_AN_UPDATE)
def test_an_update_that_was_killed_is_done_again(tmp_path: Path, point: Point) -> None:
    site = Site(tmp_path)
    site.build(FIRST, OTHER)
    site.write("b.jsonl", AGAIN)
    assert killed(site.index, point)
    site.index()
    assert not (site.store.current().folder / JOURNAL).exists()
    assert folded(site) == {frozenset(["first", "again"]), frozenset(["other"])}
    assert site.verify().comments == 1


def test_a_rebuild_that_was_killed_goes_on_with_them(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("a.jsonl", FIRST, AGAIN, OTHER)
    assert killed(lambda: site.reindex(site.sources), (EngineWriter, "commit", 1))
    site.reindex(site.sources, resume=True)
    assert folded(site) == {frozenset(["first", "again"]), frozenset(["other"])}


def test_many_of_one_text(site: Site) -> None:
    """More than are compared or named; the time does not grow with their square."""
    site.build(OTHER, *({**FIRST, "id": f"n{at:03}", "comments": []} for at in range(120)))
    assert site.ask("الجسر")["total"] == 2
    hits: list[Any] = site.ask("الجسر")["hits"]
    assert sorted(len(hit["also_at"]) for hit in hits) == [0, 20]
