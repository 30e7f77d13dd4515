"""Updates with --sync: what has vanished from the sources goes, and nothing else."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import SourceError
from kashshaf.index.store.ledger import Ledger
from tests.indexer.conftest import counts
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site, killed, row

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_sync_that_was_killed_and_then_taken_back(site: Site) -> None:
    site.write("a.jsonl", BRIDGE)
    assert killed(lambda: site.index(sync=True), (Ledger, "forget", 1))
    site.write("a.jsonl", BRIDGE, SCHOOL)
    site.index(sync=True)
    assert "school" in site.found()
