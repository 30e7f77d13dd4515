"""Updates in place: what has not changed is not read, what has changed is written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import kashshaf.indexer.update
from kashshaf.index.errors import BrokenIndexError, NoIndexError
from kashshaf.index.store.ledger import NAME as LEDGER
from kashshaf.index.store.ledger import Ledger
from tests.indexer.conftest import counts
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, EngineWriter, Site, killed, row

if TYPE_CHECKING:
    from pathlib import Path


def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*given: object) -> None:
        pytest.fail(f"{given} was read")

    monkeypatch.setattr("kashshaf.indexer.ingest.articles.read_file", read)


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


def test_an_id_that_stands_twice(site: Site) -> None:
    site.write("a.jsonl", BRIDGE, {**SCHOOL, "title": "أول"}, {**SCHOOL, "title": "ثان"})
    report = site.index()
    assert [each["what"] for each in report.mended if "school" in each["what"]]
    assert site.stored()["school"].title == "ثان"
    assert (report.updated, report.articles) == (1, 3)


def test_an_update_of_many_batches(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kashshaf.indexer.update, "BATCH", 4)
    site.write("c.jsonl", *(row(f"m{at}", f"عدد {at}", ("c", f"رأي {at}")) for at in range(10)))
    assert counts(site.index()) == (10, 10, 0, 3, 0)
    assert site.store.current().state().commits == 4
    assert site.verify().articles == 13


def test_killed_between_two_batches_goes_on_from_there(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kashshaf.indexer.update, "BATCH", 4)
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


def test_a_change_that_was_killed_and_then_taken_back(site: Site) -> None:
    site.write("a.jsonl", {**BRIDGE, "title": "إغلاق الميناء"}, SCHOOL)
    assert killed(site.index, (Ledger, "note_article", 1))
    site.write("a.jsonl", BRIDGE, SCHOOL)
    site.index()
    assert site.found("الجسر") == {"bridge"}


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
