"""Writing: comments, then articles, as one commit that a crash cannot leave half done."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from whoosh.filedb.filestore import FileStorage

from kashshaf.index.errors import BrokenIndexError, NoSpaceError
from kashshaf.index.store import article_writer
from kashshaf.index.store.article_writer import JOURNAL, commit_changes, replay_journal
from kashshaf.index.store.generations import Generation
from kashshaf.index.store.ledger import Ledger
from tests.kashshaf.site import (
    BRIDGE,
    HARVEST,
    SCHOOL,
    EngineWriter,
    Site,
    at_point,
    full_after,
    in_child,
    killed,
    raised,
    row,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kashshaf.site import Point

IN_A_COMMIT: dict[str, Point] = {
    "before the comments": (EngineWriter, "commit", 1),
    "between comments and articles": (EngineWriter, "commit", 2),
    "before the counts": (Generation, "write_state", 1),
    "before the ledger": (Ledger, "commit", 1),
}
CHANGED = row("bridge", "إغلاق الميناء", ("c2", "تأخر كثيراً"), ("c9", "خسارة فادحة"))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with an index, whose sources now have one article changed and one more."""
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL)
    site.write("a.jsonl", CHANGED, SCHOOL, HARVEST)
    return site


def assert_updated(site: Site) -> None:
    assert site.found("الجسر") == set()
    assert site.found("الميناء") == {"bridge"}
    assert site.found("الزيتون") == {"harvest"}
    assert site.found("مبروك", in_="comments") == set()
    assert site.found("فادحة", in_="comments") == {"c9"}
    assert site.found("مبروك") == set(), "the words of a comment that is gone are still in its article"
    state = site.verify()
    assert (state.articles, state.comments) == (3, 3)


@pytest.mark.parametrize("point", IN_A_COMMIT.values(), ids=IN_A_COMMIT)
def test_a_commit_that_was_killed_is_done_again(site: Site, point: Point) -> None:
    assert killed(site.index, point)
    site.index()
    assert not (site.store.current().folder / JOURNAL).exists()
    assert_updated(site)


@pytest.mark.parametrize("point", list(IN_A_COMMIT.values())[:3], ids=list(IN_A_COMMIT)[:3])
def test_an_error_in_a_commit_is_mended_by_the_next(site: Site, point: Point) -> None:
    def fail() -> None:
        raise BrokenIndexError("stop here")

    undo = at_point(point, fail)
    with pytest.raises(BrokenIndexError):
        site.index()
    undo()
    assert (site.store.current().folder / JOURNAL).exists()
    site.index()
    assert_updated(site)


def test_any_writing_command_does_it_again(site: Site) -> None:
    assert killed(site.index, IN_A_COMMIT["between comments and articles"])
    site.remove("school")
    assert site.found() == {"bridge", "harvest"}
    assert site.found("الميناء") == {"bridge"}
    assert site.verify().articles == 2


def test_a_removal_that_was_killed_is_done_again(site: Site) -> None:
    assert killed(lambda: site.remove("school"), IN_A_COMMIT["between comments and articles"])
    site.write("a.jsonl", BRIDGE)
    site.index()
    assert "school" not in site.found()
    assert site.verify().articles == 1


def test_doing_it_again_twice_changes_nothing(site: Site) -> None:
    assert killed(site.index, IN_A_COMMIT["between comments and articles"])
    generation = site.store.current()
    journal = (generation.folder / JOURNAL).read_bytes()
    assert replay_journal(generation, UTC) == 2
    once = site.stored()
    (generation.folder / JOURNAL).write_bytes(journal)
    assert replay_journal(generation, UTC) == 2
    assert replay_journal(generation, UTC) == 0
    assert site.stored() == once
    assert_updated(site)


def test_a_journal_cut_short_is_none(site: Site) -> None:
    """Killed while it was written, it never had its name: nothing of it happens."""
    writes = (type(site.folder), "replace", 1)
    assert killed(site.index, writes)
    assert site.found("الجسر") == {"bridge"}
    assert replay_journal(site.store.current(), UTC) == 0
    site.index()
    assert_updated(site)


def test_a_damaged_journal_is_told(site: Site) -> None:
    (site.store.current().folder / JOURNAL).write_bytes(b'{"put": {"id"')
    with pytest.raises(BrokenIndexError, match="reindex"):
        site.index()


def test_a_rollback_to_a_commit_that_was_cut_short(site: Site) -> None:
    assert killed(site.index, IN_A_COMMIT["between comments and articles"])
    site.reindex(site.sources)
    site.remove("school")
    site.rollback()
    assert site.verify().articles == 2


def test_an_update_takes_the_place_of_all_comments(site: Site) -> None:
    site.index()
    assert [comment.id for comment in site.stored()["bridge"].comments] == ["c2", "c9"]
    assert_updated(site)


def test_an_article_may_lose_all_its_comments(site: Site) -> None:
    site.write("a.jsonl", {**BRIDGE, "comments": []}, SCHOOL)
    site.index()
    assert site.found("مبروك") == site.found("مبروك", in_="comments") == set()
    assert site.verify().comments == 1


def test_comments_of_two_articles_may_have_one_id(site: Site) -> None:
    site.write("a.jsonl", {**BRIDGE, "comments": []}, SCHOOL)
    site.index()
    assert site.found("سعيد", in_="comments") == {"c1"}
    assert [comment.text for comment in site.stored()["school"].comments] == ["عام سعيد"]


def test_nothing_to_do_is_no_commit(site: Site) -> None:
    generation = site.store.current()
    with Ledger(generation.folder) as ledger:
        commit_changes(generation, ledger, UTC)
        commit_changes(generation, ledger, UTC, put=(), remove=())
    assert generation.state().commits == 1
    assert not (generation.folder / JOURNAL).exists()


def test_of_two_with_one_id_in_one_commit_the_last_stays(site: Site) -> None:
    stored = site.stored()
    first, second = stored["bridge"], stored["school"]
    with Ledger(site.store.current().folder) as ledger:
        commit_changes(site.store.current(), ledger, UTC, [first, replace(second, id="bridge")])
    assert site.stored()["bridge"].title == second.title
    assert site.verify().comments == 2


def test_a_full_disk_while_the_journal_is_written(site: Site) -> None:
    def fill() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    undo = at_point((article_writer, "put_in_place", 1), fill)
    full = raised(site.index, NoSpaceError)
    undo()
    assert site.found("الجسر") == {"bridge"}
    site.index()
    assert_updated(site)
    assert full


@pytest.mark.parametrize("files", [0, 2, 3, 8, 20, 40])
def test_a_full_disk_in_a_commit_is_mended_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    """However the error reads: the journal has it all, and what is whole is still found."""
    with monkeypatch.context() as patch:
        patch.setattr(FileStorage, "create_file", full_after(files))
        in_child(site.index)
    assert site.ask()["total"] >= 2
    site.index()
    assert_updated(site)
