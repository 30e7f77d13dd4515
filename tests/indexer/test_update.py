"""Updates in place: what has not changed is not read, what has changed is written, what vanished goes."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

import indexer.update
from index.errors import BrokenIndexError, NoIndexError, SourceError
from index.store.ledger import NAME as LEDGER
from index.store.ledger import Ledger
from tests.kashshaf.site import BRIDGE, HARVEST, NOW, SCHOOL, EngineWriter, Site, killed, row

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.report import Report

Counts = tuple[int, int, int, int, int]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Two files, three articles."""
    site = Site(tmp_path)
    site.write("a.jsonl", BRIDGE, SCHOOL)
    site.write("sub/b.jsonl", HARVEST)
    site.reindex(site.sources)
    return site


def counts(report: Report) -> Counts:
    """Read, added, updated, unchanged, removed."""
    return report.read, report.added, report.updated, report.unchanged, report.removed


def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*given: object) -> None:
        pytest.fail(f"{given} was read")

    monkeypatch.setattr("indexer.ingest.articles.read_file", read)


def test_what_has_not_changed_is_not_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_reading(monkeypatch)
    assert counts(site.index()) == (0, 0, 0, 3, 0)
    assert counts(site.index(sync=True)) == (0, 0, 0, 3, 0)
    assert site.store.current().state().commits == 1


def test_the_guard_against_reading_guards(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("a.jsonl", HARVEST)
    forbid_reading(monkeypatch)
    with pytest.raises(pytest.fail.Exception):
        site.index()


def test_touched_but_the_same(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("a.jsonl", BRIDGE, SCHOOL)
    assert counts(site.index()) == (2, 0, 0, 3, 0)
    assert site.store.current().state().commits == 1
    forbid_reading(monkeypatch)
    site.index()


def test_a_change_of_one_article_updates_that_one(site: Site) -> None:
    site.write("a.jsonl", {**BRIDGE, "title": "إغلاق الميناء"}, SCHOOL)
    report = site.index()
    assert counts(report) == (2, 0, 1, 2, 0)
    assert (report.articles, report.comments, report.engine) == (3, 3, "whoosh")
    assert report.generation == site.store.current().name
    assert site.found("الجسر") == set()
    assert site.found("الميناء") == {"bridge"}


@pytest.mark.parametrize(
    "change",
    [{"likes": 5}, {"text": "مبروك لأهلها"}, {"author": "غيره"}, {"date": "2016-05-25"}, {"parent": "c2"}],
    ids=str,
)
def test_any_change_of_a_comment_is_a_change(site: Site, change: dict[str, object]) -> None:
    first, second = BRIDGE["comments"]
    site.write("a.jsonl", {**BRIDGE, "comments": [{**first, **change}, second]}, SCHOOL)
    assert counts(site.index()) == (2, 0, 1, 2, 0)


def test_a_file_of_the_same_time_and_another_size_is_read(site: Site) -> None:
    path = site.sources / "a.jsonl"
    before = path.stat().st_mtime_ns
    site.write("a.jsonl", BRIDGE)
    os.utime(path, ns=(before, before))
    assert site.index().read == 1


def test_new_files_and_new_lines_are_added(site: Site) -> None:
    site.write("a.jsonl", BRIDGE, SCHOOL, row("n1", "خبر أول"))
    site.write("sub/c.jsonl", row("n2", "خبر ثان"))
    assert counts(site.index()) == (4, 2, 0, 3, 0)
    assert site.found() == {"bridge", "school", "harvest", "n1", "n2"}


def test_without_an_index_one_is_built(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("a.jsonl", BRIDGE)
    assert counts(site.index()) == (1, 1, 0, 0, 0)
    with pytest.raises(NoIndexError):
        Site(tmp_path / "sources").remove("bridge")


def test_without_sync_nothing_is_removed(site: Site) -> None:
    site.write("a.jsonl", BRIDGE)
    (site.sources / "sub/b.jsonl").unlink()
    assert counts(site.index()) == (1, 0, 0, 1, 0)
    assert site.found() == {"bridge", "school", "harvest"}


def test_sync_removes_vanished_lines_and_files(site: Site) -> None:
    site.write("a.jsonl", BRIDGE)
    (site.sources / "sub/b.jsonl").unlink()
    report = site.index(sync=True)
    assert counts(report) == (1, 0, 0, 1, 2)
    assert (report.articles, report.comments) == (1, 2)
    assert site.found() == {"bridge"}
    assert site.verify().comments == 2
    assert counts(site.index(sync=True)) == (0, 0, 0, 1, 0)


def test_what_sync_removed_may_come_back(site: Site) -> None:
    site.write("a.jsonl", BRIDGE)
    site.index(sync=True)
    site.write("a.jsonl", BRIDGE, SCHOOL)
    assert counts(site.index(sync=True)) == (2, 1, 0, 2, 0)
    assert site.found("سعيد", in_="comments") == {"c1"}


def test_sync_of_one_source_leaves_the_others_alone(site: Site, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(site.write("c.jsonl", row("n", "خبر")), other)
    (site.sources / "c.jsonl").unlink()
    assert site.index(other, sync=True).added == 1
    assert counts(site.index(sync=True)) == (0, 0, 0, 3, 0)
    assert site.found() == {"bridge", "school", "harvest", "n"}


def test_sync_keeps_what_it_cannot_read(site: Site) -> None:
    """A line that is refused may be the very article that seems to have vanished."""
    path = site.write("a.jsonl", BRIDGE)
    path.write_bytes(path.read_bytes() + b'{"id": "school", "ti')
    report = site.index(sync=True)
    assert (report.removed, len(report.refused)) == (0, 1)
    assert "school" in site.found()


def test_sync_never_empties_the_index(site: Site) -> None:
    shutil.rmtree(site.sources / "sub")
    (site.sources / "a.jsonl").unlink()
    with pytest.raises(SourceError, match="nothing was removed"):
        site.index(sync=True)
    assert len(site.found()) == 3


def test_sync_when_an_article_moved_to_a_later_file(site: Site) -> None:
    site.write("a.jsonl", BRIDGE)
    site.write("sub/b.jsonl", HARVEST, SCHOOL)
    site.index(sync=True)
    assert site.found() == {"bridge", "school", "harvest"}


def test_sync_when_an_article_moved_to_an_earlier_file(site: Site) -> None:
    site.write("a.jsonl", BRIDGE, SCHOOL, HARVEST)
    site.write("sub/b.jsonl", row("n", "خبر"))
    site.index(sync=True)
    assert site.found() == {"bridge", "school", "harvest", "n"}


def test_sync_when_one_of_two_files_with_an_article_vanished(site: Site) -> None:
    site.write("sub/b.jsonl", HARVEST, SCHOOL)
    site.index()
    site.write("a.jsonl", BRIDGE, {**SCHOOL, "title": "المدرسة تفتح أبوابها"})
    site.write("sub/b.jsonl", HARVEST, {**SCHOOL, "title": "المدرسة تفتح نوافذها"})
    site.index()
    (site.sources / "sub/b.jsonl").unlink()
    site.index(sync=True)
    assert "school" in site.found()


def test_sync_of_a_folder_after_one_of_its_files_was_read_by_itself(site: Site) -> None:
    path = site.write("sub/b.jsonl", {**HARVEST, "title": "موسم الزيتون ينتهي"})
    site.index(path)
    path.unlink()
    assert site.index(sync=True).removed == 1
    assert site.found() == {"bridge", "school"}


def without_ids(site: Site) -> None:
    """Articles whose ids are made from where they stand."""
    site.write("a.jsonl", row("", "خبر أول"), row("", "خبر ثان"))
    site.write("sub/b.jsonl", row("", "خبر ثالث"))
    site.reindex(site.sources)


def test_a_moved_folder_keeps_its_ids(site: Site, tmp_path: Path) -> None:
    without_ids(site)
    before = site.found()
    moved = tmp_path / "moved"
    site.sources.rename(moved)
    assert counts(site.index(moved)) == (0, 0, 0, 3, 0)  # not even read
    assert site.found() == before
    assert len(before) == 3
    assert counts(site.index(moved))[:3] == (0, 0, 0)


def test_a_moved_folder_is_synced(site: Site, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    site.sources.rename(moved)
    assert site.index(moved).unchanged == 3
    assert site.index(moved).unchanged == 3
    (moved / "sub/b.jsonl").unlink()
    assert site.index(moved, sync=True).removed == 1
    assert site.found() == {"bridge", "school"}


def test_a_rebuild_from_a_moved_folder_keeps_ids(site: Site, tmp_path: Path) -> None:
    without_ids(site)
    before = site.found()
    moved = tmp_path / "elsewhere" / "moved"
    moved.parent.mkdir()
    site.sources.rename(moved)
    site.reindex(moved)
    assert site.found() == before


@pytest.mark.parametrize("together", [True, False])
def test_files_of_one_name_in_two_sources_do_not_overwrite_each_other(
    tmp_path: Path, *, together: bool
) -> None:
    site = Site(tmp_path)
    site.write("one/news.jsonl", row("", "خبر من الأول"))
    site.write("two/news.jsonl", row("", "خبر من الثاني"))
    one, two = site.sources / "one", site.sources / "two"
    if together:
        site.reindex(one, two)
    else:
        site.reindex(one)
        site.index(two)
    ids = site.found()
    assert len(ids) == 2
    site.write("one/news.jsonl", row("", "خبر من الأول معدل"))
    report = site.index(two, one)
    assert (report.updated, report.added) == (1, 0)
    assert site.found() == ids


def test_the_order_of_sources_does_not_change_ids_of_an_index(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("one/news.jsonl", row("", "خبر من الأول"))
    site.write("two/news.jsonl", row("", "خبر من الثاني"))
    one, two = site.sources / "one", site.sources / "two"
    site.reindex(one, two)
    ids = {each.title: each.id for each in site.stored().values()}
    site.write("one/news.jsonl", row("", "خبر من الأول"))
    site.write("two/news.jsonl", row("", "خبر من الثاني"))
    assert site.index(two, one).unchanged == 2
    assert {each.title: each.id for each in site.stored().values()} == ids


def test_another_as_of_reads_again(site: Site) -> None:
    site.write("a.jsonl", row("x", "خبر", date="منذ يومين"))
    site.index(as_of=NOW)
    assert (site.stored()["x"].date or "").startswith("2024-03-22")
    assert site.index(as_of=NOW).read == 0
    report = site.index(as_of=NOW.replace(day=14))
    assert counts(report) == (2, 0, 1, 1, 0)
    assert (site.stored()["x"].date or "").startswith("2024-03-12")


def test_an_id_that_stands_twice(site: Site) -> None:
    site.write("a.jsonl", BRIDGE, {**SCHOOL, "title": "أول"}, {**SCHOOL, "title": "ثان"})
    report = site.index()
    assert [each["what"] for each in report.mended if "school" in each["what"]]
    assert site.stored()["school"].title == "ثان"
    assert (report.updated, report.articles) == (1, 3)


def test_an_update_of_many_batches(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer.update, "BATCH", 4)
    site.write("c.jsonl", *(row(f"m{at}", f"عدد {at}", ("c", f"رأي {at}")) for at in range(10)))
    assert counts(site.index()) == (10, 10, 0, 3, 0)
    assert site.store.current().state().commits == 4
    assert site.verify().articles == 13


def test_killed_between_two_batches_goes_on_from_there(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer.update, "BATCH", 4)
    site.write("c.jsonl", *(row(f"m{at}", f"عدد {at}") for at in range(10)))
    assert killed(site.index, (EngineWriter, "commit", 4))  # the articles of the second batch
    assert counts(site.index()) == (10, 2, 0, 11, 0)  # the second batch was done again from the journal
    assert site.verify().articles == 13


def test_refused_lines_are_named(site: Site) -> None:
    path = site.write("sub/b.jsonl", HARVEST)
    path.write_bytes(path.read_bytes() + b"no json\n")
    report = site.index()
    assert [each["source"] for each in report.refused] == ["sub/b.jsonl:2"]
    assert counts(report) == (2, 0, 0, 3, 0)


def test_a_damaged_ledger_says_reindex(site: Site) -> None:
    (site.store.current().folder / LEDGER).write_bytes(b"no database" * 100)
    site.write("a.jsonl", BRIDGE)
    with pytest.raises(BrokenIndexError, match="kashshaf reindex"):
        site.index()
    assert site.found() == {"bridge", "school", "harvest"}


def test_a_damaged_ledger_is_mended_by_what_the_message_says(site: Site) -> None:
    (site.store.current().folder / LEDGER).write_bytes(b"no database" * 100)
    site.reindex()
    assert site.index().articles == 3


def test_a_file_read_by_itself_keeps_its_ids(site: Site) -> None:
    without_ids(site)
    before = site.found()
    report = site.index(site.write("sub/b.jsonl", row("", "خبر ثالث معدل")))
    assert (report.updated, report.added) == (1, 0)
    assert site.found() == before


def test_a_file_keeps_its_ids_when_one_of_the_same_name_goes(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("one/news.jsonl", row("", "خبر من الأول"))
    site.write("two/news.jsonl", row("", "خبر من الثاني"))
    site.reindex(site.sources / "one", site.sources / "two")
    (site.sources / "one/news.jsonl").unlink()
    site.write("two/news.jsonl", row("", "خبر من الثاني معدل"))
    report = site.index(site.sources / "two")
    assert (report.updated, report.added, report.articles) == (1, 0, 2)
    assert {each.title for each in site.stored().values()} == {"خبر من الأول", "خبر من الثاني معدل"}


def test_a_change_that_was_killed_and_then_taken_back(site: Site) -> None:
    site.write("a.jsonl", {**BRIDGE, "title": "إغلاق الميناء"}, SCHOOL)
    assert killed(site.index, (Ledger, "note_article", 1))
    site.write("a.jsonl", BRIDGE, SCHOOL)
    site.index()
    assert site.found("الجسر") == {"bridge"}


def test_a_sync_that_was_killed_and_then_taken_back(site: Site) -> None:
    site.write("a.jsonl", BRIDGE)
    assert killed(lambda: site.index(sync=True), (Ledger, "forget", 1))
    site.write("a.jsonl", BRIDGE, SCHOOL)
    site.index(sync=True)
    assert "school" in site.found()


def test_a_word_of_every_article_is_found_after_a_removal(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(*(row(f"n{at}", "خبر اليوم") for at in range(12)))
    assert len(site.found("خبر")) == 12
    site.remove("n0")
    assert len(site.found("خبر")) == 11


def test_a_word_of_every_article_is_found_after_an_update(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(*(row(f"n{at}", "خبر اليوم") for at in range(12)))
    site.write("b.jsonl", row("n0", "خبر الأمس"))
    site.index()
    assert len(site.found("خبر")) == 12


def test_many_unchanged_files_cost_few_questions(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """100,000 of them take seconds (docs/operating.md) because the ledger is asked for many at once."""
    for number in range(1_200):
        site.write(f"many/{number}.jsonl", row(f"n{number}", "خبر"))
    site.reindex(site.sources)
    asked: list[str] = []
    real = Ledger.run

    def run(self: Ledger, statement: str, *values: object) -> object:
        asked.append(statement)
        return real(self, statement, *values)

    monkeypatch.setattr(Ledger, "run", run)
    assert counts(site.index()) == (0, 0, 0, 1_203, 0)
    assert len(asked) < 20
