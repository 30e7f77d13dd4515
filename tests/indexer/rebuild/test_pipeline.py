"""Rebuilds: aside, checked, switched; whatever goes wrong before the switch leaves the old index serving."""

from __future__ import annotations

import io
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

import orjson
import pytest
from whoosh.filedb.filestore import FileStorage

import kashshaf.indexer.rebuild.pipeline
from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.errors import BrokenIndexError, NoIndexError, NoSpaceError, SourceError
from kashshaf.index.store.article_writer import ArticleWriter
from kashshaf.index.store.generations import Generation, Store
from kashshaf.index.store.ledger import Ledger
from kashshaf.indexer.rebuild.spool import SPOOL_FILE as SPOOL
from kashshaf.indexer.rebuild.spool import Spool
from kashshaf.indexer.sources.discover import STANDARD_INPUT
from tests.kashshaf.site import (
    BRIDGE,
    HARVEST,
    NOW,
    SCHOOL,
    EngineWriter,
    Site,
    at_point,
    full_after,
    killed,
    raised,
    row,
)

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.engine import Engine
    from tests.kashshaf.site import Point


class Usage(NamedTuple):
    """As ``shutil.disk_usage`` gives it."""

    total: int
    used: int
    free: int


OLD, NEW = "الجسر", "الزيتون"

BEFORE_THE_SWITCH: dict[str, Point] = {
    "reading": (Spool, "add", 2),
    "writing": (ArticleWriter, "write", 2),
    "committing comments": (EngineWriter, "commit", 1),
    "committing articles": (EngineWriter, "commit", 2),
    "counting": (Generation, "write_state", 1),
    "keeping the ledger": (Ledger, "commit", 1),
    "checking": (kashshaf.indexer.rebuild.pipeline, "check", 1),
    "switching": (Store, "switch", 1),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site whose index holds the old article, and whose sources now hold others."""
    site = Site(tmp_path)
    site.build(BRIDGE)
    site.write("a.jsonl", HARVEST, SCHOOL)
    return site


def assert_old_serves(site: Site, generation: str) -> None:
    assert site.store.current().name == generation
    assert site.found(OLD) == {"bridge"}
    assert site.found(NEW) == set()
    assert site.verify().articles == 1


def assert_reindex_works(site: Site) -> None:
    report = site.reindex(site.sources)
    assert site.found(NEW) == {"harvest"}
    assert site.found(OLD) == set()
    assert site.verify().articles == report.articles == 2
    assert len(site.generations()) == 2, "the dead generation was not swept away"
    assert not list(site.store.root.rglob(SPOOL))


@pytest.mark.parametrize("point", BEFORE_THE_SWITCH.values(), ids=BEFORE_THE_SWITCH)
def test_a_killed_rebuild_leaves_the_old_index_and_the_next_sweeps(site: Site, point: Point) -> None:
    serving = site.store.current().name
    assert killed(lambda: site.reindex(site.sources), point)
    assert len(site.generations()) == 2, "the killed rebuild had not begun"
    assert_old_serves(site, serving)
    assert_reindex_works(site)


@pytest.mark.parametrize("point", BEFORE_THE_SWITCH.values(), ids=BEFORE_THE_SWITCH)
def test_a_failed_rebuild_takes_its_generation_away(site: Site, point: Point) -> None:
    serving = site.store.current().name

    def fail() -> None:
        raise SourceError("stop here")

    undo = at_point(point, fail)
    with pytest.raises(KashshafError):
        site.reindex(site.sources)
    undo()
    if point != BEFORE_THE_SWITCH["switching"]:  # nothing of ours fails there; the next rebuild sweeps
        assert site.generations() == [serving]
    assert_old_serves(site, serving)
    assert_reindex_works(site)


def test_killed_while_the_pointer_is_written(site: Site) -> None:
    serving = site.store.current().name
    pathlib_path = type(site.store.root)
    assert killed(
        lambda: site.reindex(site.sources), (pathlib_path, "replace", 14)
    )  # the last of all: the pointer
    assert (site.store.root / "current.new").exists(), "it was killed elsewhere"
    assert_old_serves(site, serving)
    assert_reindex_works(site)


def test_killed_right_after_the_switch_the_new_one_serves(site: Site) -> None:
    before = site.store.current().name
    assert killed(lambda: site.reindex(site.sources), (Store, "sweep", 2))
    assert site.found(NEW) == {"harvest"}
    assert site.verify().articles == 2
    older = site.store.before()
    assert older is not None
    assert older.name == before


def test_a_first_rebuild_that_is_killed_leaves_no_index(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("a.jsonl", BRIDGE)
    assert killed(lambda: site.reindex(site.sources), BEFORE_THE_SWITCH["checking"])
    with pytest.raises(NoIndexError):
        site.store.current()
    site.reindex(site.sources)
    assert site.found(OLD) == {"bridge"}
    assert len(site.generations()) == 1


def test_too_little_disk(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    serving = site.store.current().name
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: Usage(1000, 999, 1))
        with pytest.raises(NoSpaceError, match="nothing was changed"):
            site.reindex(site.sources)
    assert site.generations() == [serving]
    assert_old_serves(site, serving)
    assert_reindex_works(site)


def test_a_full_disk_while_the_spool_is_written(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The spool is led to a device that is always full: the error is the system's own."""
    serving = site.store.current().name
    begin = Store.begin

    def begin_on_full_disk(self: Store, engine: Engine) -> Generation:
        generation = begin(self, engine)
        (generation.folder / SPOOL).symlink_to("/dev/full")
        return generation

    site.write("a.jsonl", *(row(f"x{number}", "خبر " * 100) for number in range(50)))
    monkeypatch.setattr(Store, "begin", begin_on_full_disk)
    assert raised(lambda: site.reindex(site.sources), NoSpaceError)
    assert site.generations() == [serving]
    assert_old_serves(site, serving)


@pytest.mark.parametrize(
    "files",
    [0, 2, 3, 8, 14, 20],
)
def test_a_full_disk_while_the_engine_writes(site: Site, monkeypatch: pytest.MonkeyPatch, files: int) -> None:
    serving = site.store.current().name
    with monkeypatch.context() as patch:
        patch.setattr(FileStorage, "create_file", full_after(files))
        full = raised(lambda: site.reindex(site.sources), NoSpaceError)
    assert site.generations() == [serving]
    assert_old_serves(site, serving)
    assert_reindex_works(site)
    assert full, "it failed otherwise than by saying that the disk is full"


@pytest.mark.parametrize("content", [b"", b"\0\1\2\3" * 100, b'{"id": "x"}\n', b"{not json}\n"])
def test_a_folder_with_nothing_readable_changes_nothing(site: Site, content: bytes) -> None:
    serving = site.store.current().name
    (site.sources / "a.jsonl").write_bytes(content)
    with pytest.raises(SourceError, match=r"nothing was changed(\n.*a\.jsonl.*)+"):
        site.reindex(site.sources)
    assert_old_serves(site, serving)


def test_an_empty_folder_changes_nothing(site: Site) -> None:
    serving = site.store.current().name
    (site.sources / "a.jsonl").unlink()
    with pytest.raises(SourceError, match=str(site.sources)):
        site.reindex(site.sources)
    assert_old_serves(site, serving)


def test_an_index_that_lost_documents_is_not_switched_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    serving = site.store.current().name
    put = EngineWriter.put
    monkeypatch.setattr(
        EngineWriter, "put", lambda self, record: None if record.id == "school" else put(self, record)
    )
    with pytest.raises(BrokenIndexError, match="thrown away"):
        site.reindex(site.sources)
    monkeypatch.undo()
    assert_old_serves(site, serving)


RICH = row(
    "rich",
    "العنوان كما كُتب: «أَهلاً»",
    ("z", "آخرها أولاً"),
    ("a", "بينهما\n\nفقرة"),
    ("m", "ردٌّ عليها"),
    kicker="تحقيق",
    lead="المقدمة",
    url="https://example.org/1?b=2&a=1",
    sections=[{"heading": "", "text": "أولى\n\nثانية"}, {"heading": "فرع", "text": "ثالثة"}],
    source="صحيفة",
    section="ثقافة",
    author="الكاتب",
    tags=["ب", "أ", "ب ج"],
    date="2016-05",
    date_precision="month",
    comments_declared=7,
)
RICH["comments"][2] |= {"parent": "a", "likes": 3, "copies": 2, "date": "2016-05-25T10:00:00+03:00"}


def test_from_the_stored_articles_every_article_stays_as_it_was(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(RICH, BRIDGE, SCHOOL, HARVEST, row("undated", "بلا تاريخ", date=""))
    before = site.stored()
    assert [comment.id for comment in before["rich"].comments] == ["z", "a", "m"]
    assert before["rich"].comments[2].parent == "a"
    report = site.reindex()
    assert (report.read, report.added, report.articles) == (5, 5, 5)
    assert site.stored() == before
    site.reindex()
    assert site.stored() == before
    assert site.verify().comments == 6


def test_from_the_stored_articles_files_are_still_known(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL)
    site.reindex()
    report = site.index()
    assert (report.read, report.unchanged, report.updated, report.added) == (0, 2, 0, 0)
    site.write("a.jsonl", {**BRIDGE, "title": "إغلاق الميناء"}, HARVEST)
    report = site.index(sync=True)
    assert (report.added, report.updated, report.removed) == (1, 1, 1)
    assert set(site.stored()) == {"bridge", "harvest"}
    assert site.found("الميناء") == {"bridge"}


def test_from_the_stored_articles_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="reindex SOURCE"):
        Site(tmp_path).reindex()


def test_from_the_stored_articles_of_another_analyzer(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(BRIDGE)
    site.edit_json("manifest.json", fingerprint="0" * 24)
    site.reindex()
    assert site.found(OLD) == {"bridge"}


def test_an_update_that_was_cut_short_is_in_the_rebuild_from_the_stored_articles(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(BRIDGE)
    site.write("a.jsonl", BRIDGE, HARVEST)
    assert killed(site.index, (EngineWriter, "commit", 1))
    site.reindex()
    assert site.found(NEW) == {"harvest"}
    assert site.verify().articles == 2


def test_the_report_counts_and_names_what_was_refused(tmp_path: Path) -> None:
    site = Site(tmp_path)
    path = site.write("a.jsonl", BRIDGE, SCHOOL, {**SCHOOL, "title": "مرة ثانية"}, {"id": "empty"})
    path.write_bytes(path.read_bytes() + b"no json\n")
    report = site.reindex(site.sources)
    assert (report.read, report.added, report.articles, report.comments) == (5, 2, 2, 3)
    assert [each["source"] for each in report.refused] == ["a.jsonl:4", "a.jsonl:5"]
    assert all(each["reason"] for each in report.refused)
    assert [each["source"] for each in report.mended if "school" in each["what"]] == ["a.jsonl:3"]
    assert site.stored()["school"].title == "مرة ثانية"


def test_standard_input_is_read_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BufferedReader(io.BytesIO(orjson.dumps(HARVEST)))

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert site.reindex(STANDARD_INPUT).added == 1
    assert site.found(NEW) == {"harvest"}


def test_another_as_of_counts_ages_from_there(site: Site) -> None:
    site.write("a.jsonl", row("x", "خبر", date="منذ يومين"))
    site.reindex(site.sources, as_of=NOW)
    assert (site.stored()["x"].date or "").startswith("2024-03-22")
