"""Nothing that the write API wrote is lost by a rebuild or a rollback, whenever it was written."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

import kashshaf.index.store.article_writer
import kashshaf.index.store.changeover.carry_over
import kashshaf.indexer.rebuild.pipeline
from kashshaf.index.store.generations import Store
from kashshaf.indexer.live.writer import LiveWriter
from tests.indexer.live.sites import comment, put
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Point, Site, at_point, killed, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PIPELINE = kashshaf.indexer.rebuild.pipeline
DURING: dict[str, Point] = {
    "before the sources are read": (PIPELINE, "spool_sources", 1),
    "when they are read": (PIPELINE, "freeze", 1),
    "when they are indexed": (PIPELINE, "check", 1),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL)
    return site


@pytest.fixture
def during() -> Iterator[Callable[[Point, Callable[[], object]], None]]:
    """Has something happen at a point of a rebuild."""
    undo: list[Callable[[], None]] = []

    def arrange(point: Point, action: Callable[[], Any]) -> None:
        undo.append(at_point(point, action))

    yield arrange
    for each in undo:
        each()


def write_of_each_kind(site: Site) -> None:
    put(site, HARVEST, {**SCHOOL, "title": "المدرسة تغلق أبوابها"})
    comment(site, "school", id="c5", text="إلى اللقاء")
    LiveWriter(site.settings).remove_comment("bridge", "c2")


def written_of_each_kind(site: Site) -> bool:
    stored = site.stored()
    return (
        site.found("الزيتون") == {"harvest"}
        and site.found("أبوابها") == {"school"}
        and [each.id for each in stored["school"].comments] == ["c1", "c5"]
        and [each.id for each in stored["bridge"].comments] == ["c1"]
    )


@pytest.mark.parametrize("when", DURING)
def test_what_is_written_while_a_rebuild_runs_is_in_both(
    site: Site, during: Callable[[Point, Callable[[], object]], None], when: str
) -> None:
    seen: list[bool] = []

    def write() -> None:
        write_of_each_kind(site)
        seen.append(written_of_each_kind(site))

    during(DURING[when], write)
    site.reindex(site.sources)
    assert seen == [True]
    assert written_of_each_kind(site)
    assert site.verify().articles == 3


def test_what_is_written_while_the_stored_articles_are_indexed_again_is_in_both(
    site: Site, during: Callable[[Point, Callable[[], object]], None]
) -> None:
    during((PIPELINE, "freeze", 1), lambda: write_of_each_kind(site))
    site.reindex()
    assert written_of_each_kind(site)


def test_what_is_removed_while_a_rebuild_brings_it_is_kept_out(
    site: Site, during: Callable[[Point, Callable[[], object]], None]
) -> None:
    site.write("b.jsonl", HARVEST)

    def remove() -> None:
        with pytest.raises(Exception, match="harvest"):  # it is not there yet
            LiveWriter(site.settings).remove_article("harvest")
        LiveWriter(site.settings).remove_article("bridge")

    during((PIPELINE, "check", 1), remove)
    site.reindex(site.sources)
    assert site.found() == {"school"}
    site.reindex(site.sources)
    assert site.found() == {"school"}


def test_what_no_source_has_is_taken_over(site: Site) -> None:
    put(site, HARVEST)
    for _ in range(2):
        site.reindex(site.sources)
        assert site.found() == {"bridge", "school", "harvest"}
    site.reindex()
    site.reindex(site.sources)
    assert site.found("الزيتون") == {"harvest"}


def test_a_rebuild_takes_the_later_of_two(site: Site) -> None:
    put(site, {**SCHOOL, "title": "المدرسة تغلق أبوابها"})
    site.reindex(site.sources)
    assert site.stored()["school"].title == "المدرسة تغلق أبوابها"
    site.write("a.jsonl", BRIDGE, {**SCHOOL, "title": "المدرسة تفتح أبوابها"})
    site.reindex(site.sources)
    assert site.stored()["school"].title == "المدرسة تفتح أبوابها"
    site.rollback()
    assert site.stored()["school"].title == "المدرسة تغلق أبوابها"


def test_a_rebuild_that_is_stopped_and_goes_on_has_what_was_written_between(site: Site) -> None:
    site.write("b.jsonl", row("other", "خبر آخر"))
    assert killed(lambda: site.reindex(site.sources), (PIPELINE, "check", 1))
    write_of_each_kind(site)
    site.reindex(site.sources, resume=True)
    assert site.found("آخر") == {"other"}
    assert written_of_each_kind(site)


@pytest.mark.parametrize(
    "point",
    [
        (kashshaf.index.store.changeover.carry_over, "commit_changes", 1),
        (kashshaf.index.store.changeover.carry_over, "take_out_removed", 1),
        (Store, "switch", 1),
        (Store, "sweep", 2),
    ],
    ids=["before it is carried over", "when it is", "before the switch", "after it"],
)
def test_a_rebuild_that_is_killed_at_its_end_loses_nothing(site: Site, point: Point) -> None:
    def rebuild() -> None:
        at_point((PIPELINE, "check", 1), lambda: write_of_each_kind(site))
        site.reindex(site.sources)

    assert killed(rebuild, point)
    assert written_of_each_kind(site)
    site.reindex(site.sources)
    assert written_of_each_kind(site)
    assert site.verify().articles == 3


@pytest.mark.parametrize(
    "point",
    [
        (kashshaf.index.store.article_writer, "_write_journal", 1),
        (kashshaf.index.store.article_writer, "_carry_out", 1),
        (kashshaf.index.store.article_writer.ArticleWriter, "commit", 1),
    ],
    ids=["before the journal", "after it", "before the commit"],
)
def test_a_write_that_is_killed_is_done_or_not(site: Site, point: Point) -> None:
    assert killed(lambda: put(site, HARVEST), point)
    put(site, row("next", "خبر جديد"))
    site.reindex(site.sources)
    done = point[1] != "_write_journal"
    assert site.found() == {"bridge", "school", "next", *(["harvest"] if done else [])}


def test_a_rollback_has_what_was_written_since(site: Site) -> None:
    site.reindex(site.sources)
    write_of_each_kind(site)
    site.rollback()
    assert written_of_each_kind(site)


def test_writers_beside_a_rebuild_wait_for_its_switch_alone(site: Site) -> None:
    done, failed = threading.Event(), []
    written: list[str] = []

    def write() -> None:
        while not done.is_set():
            name = f"w{len(written)}"
            try:
                put(site, row(name, f"خبر رقم {len(written)}"))
            except Exception as error:  # noqa: BLE001 - told below
                failed.append(error)
                return
            written.append(name)

    writer = threading.Thread(target=write)
    writer.start()
    site.reindex(site.sources)
    site.reindex()
    done.set()
    writer.join()
    assert not failed
    assert len(written) > 1
    assert set(site.stored()) == {"bridge", "school", *written}
