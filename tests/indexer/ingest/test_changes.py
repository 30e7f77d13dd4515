"""Files that are as the ledger has them are not read; those that have moved go on as what they were."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.storage.database import Database
from kashshaf.index.store.ledger import FileMark, FileRow, Ledger
from kashshaf.indexer.ingest.changes import ChangedFiles
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.ingest.source_file import SourceFile
from kashshaf.indexer.sources.outcome import Refused
from tests.indexer.conftest import counts
from tests.kashshaf.site import NOW, Site, row

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.indexer.ingest.source_file import Lost

OPTIONS = Options(None, UTC)


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


def test_many_unchanged_files_cost_few_questions(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """100,000 of them take seconds (docs/operating.md) because the ledger is asked for many at once."""
    for number in range(1_200):
        site.write(f"many/{number}.jsonl", row(f"n{number}", "خبر"))
    site.reindex(site.sources)
    asked: list[str] = []
    real = Database.run

    def run(self: Database, statement: str, *values: object) -> object:
        asked.append(statement)
        return real(self, statement, *values)

    monkeypatch.setattr(Database, "run", run)
    assert counts(site.index()) == (0, 0, 0, 1_203, 0)
    assert sum("sqlite_master" not in each for each in asked) < 20


@pytest.mark.parametrize(
    ("lost", "vanished"), [("list", {"elsewhere"}), ("document", {"page", "listed", "elsewhere"})]
)
def test_what_a_lost_list_named_has_not_vanished(tmp_path: Path, lost: Lost, vanished: set[str]) -> None:
    mark = FileMark(1, 1, OPTIONS.key())
    page = SourceFile(Refused("page", "404"), "root", "page", "page", mark, lost=lost)
    roots = {"page": "root", "listed": "root", "elsewhere": "other"}
    with Ledger(tmp_path) as ledger:
        changed = ChangedFiles([page], ledger, OPTIONS)
        assert list(changed) == [page]
    rows = [FileRow(path, path, root, mark) for path, root in roots.items()]
    assert {row.path for row in rows if changed.has_vanished(row)} == vanished
