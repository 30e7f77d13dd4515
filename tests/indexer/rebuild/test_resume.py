"""Rebuilds that are stopped or killed on the way: they go on where they stopped, or say why they cannot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import kashshaf.indexer.rebuild.pipeline
import kashshaf.indexer.rebuild.resume
import kashshaf.indexer.rebuild.spool
from kashshaf.index.engine import open_engine
from kashshaf.index.errors import IndexingError, StoppedError, UsageError
from kashshaf.index.store.article_writer import ArticleWriter
from kashshaf.index.store.ledger import Ledger
from kashshaf.indexer.rebuild.counting.count import WordCounter
from kashshaf.indexer.rebuild.freeze import TABLE
from kashshaf.indexer.rebuild.pipeline import NOTHING_TO_RESUME
from kashshaf.indexer.rebuild.spool import Spool
from tests.kashshaf.site import BRIDGE, HARVEST, NOW, SCHOOL, Site, at_point, killed, row

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.documents import Article
    from kashshaf.index.records import ArticleRecords
    from tests.kashshaf.site import Point, Row

STAGES: dict[str, Point] = {
    "reading the first file": (Spool, "add", 2),
    "reading the second file": (Spool, "add", 24),
    "between two files": (Ledger, "note_file", 2),
    "counting": (WordCounter, "counts", 1),
    "indexing": (ArticleWriter, "write", 3),
    "indexing later": (ArticleWriter, "write", 30),
    "keeping what was indexed": (ArticleWriter, "commit_indexes", 2),
    "committing": (ArticleWriter, "commit", 1),
    "checking": (kashshaf.indexer.rebuild.pipeline, "check", 1),
}
ENGINES = ("whoosh", "tantivy")


def rows(letter: str) -> list[Row]:
    return [
        row(f"{letter}{at}", f"الجسر {letter}{at}", ("c1", f"قال {at}"), ("c2", "رأي")) for at in range(20)
    ]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An index that serves, and new sources of two files; batches are small and all is kept at once."""
    site = Site(tmp_path)
    site.build(BRIDGE)
    site.write("a.jsonl", *rows("ا"), {"id": "none"})
    site.write("b.jsonl", *rows("ب"), {"id": "empty"})
    monkeypatch.setattr(kashshaf.indexer.rebuild.spool, "BATCH", 1_000)
    monkeypatch.setattr(kashshaf.indexer.rebuild.resume, "LEAST", 0.0)
    monkeypatch.setattr(kashshaf.indexer.rebuild.resume, "SHARE", 0.0)
    return site


def interrupt() -> None:
    raise KeyboardInterrupt


def stop(site: Site, point: Point, *sources: Path, resume: bool = False) -> None:
    """Interrupt a rebuild at a point."""
    undo = at_point(point, interrupt)
    try:
        with pytest.raises(StoppedError, match="--resume"):
            site.reindex(*sources, resume=resume)
    finally:
        undo()


def assert_whole(site: Site) -> None:
    assert site.found("الجسر") == {f"{letter}{at}" for letter in "اب" for at in range(20)}
    state = site.verify()
    assert (state.articles, state.comments) == (40, 80)
    assert [each.id for each in site.stored()["ا3"].comments] == ["c1", "c2"]
    assert not list(site.store.root.rglob("spool.jsonl"))
    assert not list(site.store.root.rglob("rebuild.json"))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("point", STAGES.values(), ids=STAGES)
def test_a_stopped_rebuild_goes_on(site: Site, point: Point, engine: str) -> None:
    site.settings = replace(site.settings, engine=engine)
    serving = site.store.current().name
    stop(site, point, site.sources)
    assert site.store.current().name == serving
    report = site.reindex(site.sources, resume=True)
    assert (report.read, report.added, report.articles, report.comments) == (42, 40, 40, 80)
    assert [each["source"] for each in report.refused] == ["a.jsonl:21", "b.jsonl:21"]
    assert_whole(site)
    assert len(site.generations()) == 2


@pytest.mark.parametrize("point", STAGES.values(), ids=STAGES)
def test_a_killed_rebuild_goes_on(site: Site, point: Point) -> None:
    assert killed(lambda: site.reindex(site.sources), point)
    site.reindex(site.sources, resume=True)
    assert_whole(site)


def test_what_a_killed_rebuild_spooled_and_did_not_note_is_no_second_article(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kashshaf.indexer.rebuild.resume, "LEAST", 60.0)  # so nothing is noted on the way
    assert killed(lambda: site.reindex(site.sources), STAGES["reading the second file"])
    report = site.reindex(site.sources, resume=True)
    assert report.mended == []
    assert_whole(site)


def test_what_vanished_after_a_killed_rebuild_had_spooled_it_is_not_indexed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kashshaf.indexer.rebuild.resume, "LEAST", 60.0)
    assert killed(lambda: site.reindex(site.sources), STAGES["reading the second file"])
    site.write("a.jsonl", *rows("ا")[1:])
    report = site.reindex(site.sources, resume=True)
    assert (report.articles, report.mended) == (39, [])
    assert "ا0" not in site.found("الجسر")


def test_one_that_is_stopped_again_and_again_comes_to_its_end(site: Site) -> None:
    again = ("reading the first file", "reading the second file", "counting", "indexing", "checking")
    for name in again:
        stop(site, STAGES[name], site.sources, resume=True)
    site.reindex(site.sources, resume=True)
    assert_whole(site)


def test_files_that_were_read_are_not_read_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    stop(site, STAGES["reading the second file"], site.sources)
    added: list[str] = []
    add = Spool.add

    def noted(self: Spool, article: Article) -> bool:
        added.append(article.id)
        return add(self, article)

    monkeypatch.setattr(Spool, "add", noted)
    site.reindex(site.sources, resume=True)
    assert added == [f"ب{at}" for at in range(20)]
    assert_whole(site)


def test_what_was_indexed_is_not_indexed_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    stop(site, STAGES["indexing later"], site.sources)
    written: list[str] = []
    write = ArticleWriter.write

    def noted(self: ArticleWriter, each: ArticleRecords) -> None:
        written.append(each.article.id)
        write(self, each)

    monkeypatch.setattr(ArticleWriter, "write", noted)
    site.reindex(site.sources, resume=True)
    assert 0 < len(written) < 30
    assert_whole(site)


def test_a_file_that_changed_meanwhile_is_read_anew(site: Site) -> None:
    stop(site, STAGES["indexing"], site.sources)
    stop(site, (Spool, "add", 1), site.sources)  # begun anew: the first file is in the spool in part
    site.write("a.jsonl", HARVEST)
    (site.sources / "b.jsonl").unlink()
    site.write("c.jsonl", SCHOOL)
    site.reindex(site.sources, resume=True)
    assert set(site.stored()) == {"harvest", "school"}
    assert site.verify().articles == 2


def test_from_the_stored_articles(site: Site) -> None:
    site.reindex(site.sources)
    for point in (STAGES["reading the second file"], STAGES["indexing"]):
        stop(site, point)
    report = site.reindex(resume=True)
    assert (report.read, report.articles) == (40, 40)
    assert_whole(site)
    assert site.index().unchanged == 40


def test_without_an_interrupted_one_it_begins_anew_and_says_so(site: Site) -> None:
    report = site.reindex(site.sources, resume=True)
    assert report.hints[-1:] == [NOTHING_TO_RESUME]
    assert_whole(site)


def test_without_resume_it_begins_anew(site: Site) -> None:
    stop(site, STAGES["indexing"], site.sources)
    site.write("a.jsonl", HARVEST)
    (site.sources / "b.jsonl").unlink()
    site.reindex(site.sources)
    assert set(site.stored()) == {"harvest"}
    assert len(site.generations()) == 2


def test_what_is_not_the_same_is_named_and_nothing_is_lost(site: Site) -> None:
    stop(site, STAGES["indexing"], site.sources)
    with pytest.raises(UsageError, match="other sources"):
        site.reindex(site.sources / "a.jsonl", resume=True)
    with pytest.raises(UsageError, match="--as-of"):
        site.reindex(site.sources, as_of=NOW, resume=True)
    settings, site.settings = site.settings, replace(site.settings, engine="tantivy")
    with pytest.raises(UsageError, match="another engine"):
        site.reindex(site.sources, resume=True)
    site.settings = settings
    site.reindex(site.sources, resume=True)
    assert_whole(site)


def test_what_was_removed_meanwhile_stays_out(site: Site) -> None:
    site.reindex(site.sources)
    stop(site, STAGES["indexing"], site.sources)
    site.remove("ا3")
    with pytest.raises(UsageError, match="removed since"):
        site.reindex(site.sources, resume=True)
    site.reindex(site.sources)
    assert "ا3" not in site.stored()


def test_a_changed_index_is_not_overwritten_by_what_it_was(site: Site) -> None:
    site.reindex(site.sources)
    stop(site, STAGES["indexing"])
    site.write("c.jsonl", HARVEST)
    site.index()
    with pytest.raises(UsageError, match="has changed since"):
        site.reindex(resume=True)
    site.reindex()
    assert "harvest" in site.stored()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"plan": 5}', b'{"other": 1}'])
def test_a_note_that_cannot_be_read_means_to_begin_anew(site: Site, content: bytes) -> None:
    stop(site, STAGES["indexing"], site.sources)
    (path,) = site.store.root.rglob("rebuild.json")
    path.write_bytes(content)
    report = site.reindex(site.sources, resume=True)
    assert report.hints[-1:] == [NOTHING_TO_RESUME]
    assert_whole(site)


def test_a_spool_that_cannot_be_read_says_so(site: Site) -> None:
    stop(site, STAGES["indexing"], site.sources)
    (path,) = site.store.root.rglob("spool.jsonl")
    path.write_bytes(b"no json\n" + path.read_bytes())
    with pytest.raises(IndexingError, match="without --resume"):
        site.reindex(site.sources, resume=True)
    site.reindex(site.sources)
    assert_whole(site)


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_finished_terms_that_cannot_be_read_say_so(site: Site, damage: str) -> None:
    serving = site.store.current().name
    stop(site, STAGES["indexing"], site.sources)
    (path,) = site.store.root.rglob(TABLE)
    content = path.read_bytes()
    path.unlink() if damage == "missing" else path.write_bytes(content[: len(content) // 2])
    with pytest.raises(IndexingError, match=r"finished terms .* without --resume"):
        site.reindex(site.sources, resume=True)
    assert site.store.current().name == serving
    site.reindex(site.sources)
    assert_whole(site)
    assert not [*site.store.root.rglob(TABLE)]


def test_an_engine_of_another_version(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    stop(site, STAGES["indexing"], site.sources)
    monkeypatch.setattr(open_engine("whoosh"), "version", "0")
    with pytest.raises(UsageError, match="another engine"):
        site.reindex(site.sources, resume=True)


def test_batches_of_another_size(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    stop(site, STAGES["indexing"], site.sources)
    monkeypatch.setattr(kashshaf.indexer.rebuild.spool, "BATCH", 2_000)
    with pytest.raises(UsageError, match="another version of the program"):
        site.reindex(site.sources, resume=True)


@pytest.mark.parametrize("kept", [0, 1, 10])
def test_a_spool_that_lost_its_end_is_not_published(site: Site, kept: int) -> None:
    """As after a power cut: what was noted as read must be there."""
    serving = site.store.current().name
    stop(site, STAGES["indexing"], site.sources)
    (path,) = site.store.root.rglob("spool.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:kept]))
    if not kept:
        path.unlink()
    with pytest.raises(IndexingError, match="without --resume"):
        site.reindex(site.sources, resume=True)
    assert site.store.current().name == serving
    site.reindex(site.sources)
    assert_whole(site)
