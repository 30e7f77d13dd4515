"""What was removed stays removed, until somebody takes its line out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import orjson
import pytest

import kashshaf.index.store.article_writer
import kashshaf.index.store.changeover.carry_over
from kashshaf.cli import cli
from kashshaf.index.errors import BrokenIndexError, NotFoundError, UsageError
from kashshaf.index.store.tombstones import NAME, Tombstones
from kashshaf.indexer.cli import index_facts
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site, killed, row

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.build(BRIDGE, SCHOOL, HARVEST)
    return site


def touch(path: Path) -> None:
    os.utime(path, ns=(path.stat().st_mtime_ns + 1_000_000,) * 2)


def lines(site: Site) -> list[bytes]:
    return (site.store.root / NAME).read_bytes().splitlines(keepends=True)


def test_a_removed_article_stays_removed(site: Site) -> None:
    assert site.remove("bridge") == ["removed article bridge"]
    assert site.found("الجسر") == set()
    assert site.found("مبروك", in_="comments") == set()
    touch(site.sources / "a.jsonl")
    report = site.index()
    assert any("removed" in each["what"] for each in report.mended)
    assert site.found() == {"school", "harvest"}
    site.reindex(site.sources)
    assert site.found() == {"school", "harvest"}
    site.reindex()
    assert site.found() == {"school", "harvest"}
    assert site.verify().articles == 2


def test_a_removed_comment_stays_removed_and_its_article_forgets_its_words(site: Site) -> None:
    assert site.found("مبروك") == {"bridge"}
    assert site.remove("bridge/c1") == ["removed comment c1 of article bridge"]
    for again in (lambda: None, site.index, lambda: site.reindex(site.sources), site.reindex):
        again()
        assert site.found("مبروك") == set()
        assert site.found("مبروك", in_="comments") == set()
        assert [comment.id for comment in site.stored()["bridge"].comments] == ["c2"]
        assert site.found("الجسر") == {"bridge"}
        touch(site.sources / "a.jsonl")
    assert site.verify().comments == 2


def test_an_article_without_its_removed_comment_is_unchanged(site: Site) -> None:
    site.remove("bridge/c1")
    touch(site.sources / "a.jsonl")
    report = site.index()
    assert (report.updated, report.unchanged) == (0, 3)


def test_a_reply_to_a_removed_comment_stays(site: Site) -> None:
    answer = {"id": "c3", "text": "صدقت", "parent": "c1"}
    site.write("a.jsonl", {**BRIDGE, "comments": [*BRIDGE["comments"], answer]})
    site.index()
    site.remove("bridge/c1")
    assert site.found("صدقت", in_="comments") == {"c3"}
    site.reindex()
    assert [comment.id for comment in site.stored()["bridge"].comments] == ["c2", "c3"]


def test_rollback_does_not_bring_back_what_was_removed(site: Site) -> None:
    site.reindex(site.sources)
    site.remove("harvest", "bridge/c2")
    site.rollback()
    assert site.found() == {"bridge", "school"}
    assert site.found("تأخر", in_="comments") == set()
    assert site.verify().comments == 2


def test_a_rollback_that_was_killed_does_not_bring_it_back(site: Site) -> None:
    site.reindex(site.sources)
    site.remove("harvest")
    words = ["--index", str(site.settings.index), "rollback"]
    assert killed(
        lambda: cli.main(words, standalone_mode=False),
        (kashshaf.index.store.changeover.carry_over, "take_out_removed", 1),
    )
    assert site.found() == {"bridge", "school"}


def test_a_removal_that_was_killed_can_be_told_again(site: Site) -> None:
    assert killed(lambda: site.remove("harvest"), (kashshaf.index.store.article_writer, "_write_journal", 1))
    site.remove("harvest")
    assert site.found() == {"bridge", "school"}
    assert index_facts(site.settings)["removed"] == ["harvest"]


def test_status_while_files_come_and_go(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_file_no_more(path: Path) -> bool:
        if path.name == "ledger.sqlite":
            path.unlink()
        return True

    monkeypatch.setattr(type(site.folder), "is_file", is_file_no_more)
    assert index_facts(site.settings)["articles"] == 3


def test_status_lists_what_was_removed(site: Site) -> None:
    site.remove("harvest", "bridge/c2")
    assert index_facts(site.settings)["removed"] == ["bridge/c2", "harvest"]


def test_without_its_line_a_rebuild_lets_it_in_again(site: Site) -> None:
    site.remove("bridge")
    site.remove("school/c1")
    (site.store.root / NAME).write_bytes(b"")
    site.reindex(site.sources)
    assert site.found() == {"bridge", "school", "harvest"}
    assert site.verify().comments == 3


def test_without_its_line_an_update_lets_it_in_again(site: Site) -> None:
    site.remove("bridge")
    (site.store.root / NAME).write_bytes(b"")
    assert site.index().added == 1
    assert "bridge" in site.found()


def test_without_its_line_a_touched_file_lets_it_in_again(site: Site) -> None:
    site.remove("bridge", "school/c1")
    (site.store.root / NAME).write_bytes(b"")
    touch(site.sources / "a.jsonl")
    report = site.index()
    assert (report.added, report.updated) == (1, 1)
    assert site.verify().comments == 3


def test_a_file_whose_last_line_was_left_open(site: Site) -> None:
    """Editors do that when a line is taken out."""
    site.remove("bridge", "school")
    path = site.store.root / NAME
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    site.remove("harvest")
    assert Tombstones.load(site.store.root).articles == {"bridge", "school", "harvest"}


def test_an_unknown_id_changes_nothing(site: Site) -> None:
    for ids in (["nobody"], ["bridge", "nobody"], ["bridge/c9"], ["nobody/c1"], [""], ["/"], ["c1\n"]):
        with pytest.raises(NotFoundError):
            site.remove(*ids)
    assert not (site.store.root / NAME).exists()
    assert site.found() == {"bridge", "school", "harvest"}
    assert site.store.current().state().commits == 1


def test_a_comments_id_that_several_articles_have_names_them(site: Site) -> None:
    with pytest.raises(UsageError, match="bridge/c1, school/c1"):
        site.remove("c1")
    assert site.verify().comments == 3


def test_a_comments_id_of_one_article_alone_is_enough(site: Site) -> None:
    assert site.remove("c2") == ["removed comment c2 of article bridge"]


def test_an_id_named_twice_is_removed_once(site: Site) -> None:
    site.remove("bridge", "bridge", "school/c1", "school/c1")
    assert site.found() == {"school", "harvest"}
    assert site.verify().comments == 0


def test_an_article_before_a_comment_of_that_id(site: Site) -> None:
    site.write("a.jsonl", row("c2", "مقال اسمه كتعليق"), BRIDGE)
    site.index()
    assert site.remove("c2") == ["removed article c2"]
    assert site.remove("bridge/c2") == ["removed comment c2 of article bridge"]


def test_an_article_and_its_comment_at_once(site: Site) -> None:
    site.remove("bridge/c1", "bridge")
    assert site.found() == {"school", "harvest"}
    assert site.verify().comments == 1


def test_ids_with_slashes(site: Site) -> None:
    site.write("a.jsonl", row("2016/05/خبر", "عنوان", ("a/b", "نص")))
    site.index()
    assert site.remove("2016/05/خبر/a/b") == ["removed comment a/b of article 2016/05/خبر"]


def test_the_last_article_may_be_removed(site: Site) -> None:
    site.remove("bridge", "school", "harvest")
    assert site.ask()["total"] == 0
    assert site.ask("الجسر")["total"] == 0
    assert site.verify().articles == 0


WRONG_LINES = [
    b"nonsense\n",
    b"[]\n",
    b"{}\n",
    b"7\n",
    b'{"article": ["x"]}\n',
    b"\xff\n",
    b'{"article": "a"}{}\n',
]


@pytest.mark.parametrize("line", WRONG_LINES)
def test_a_line_that_cannot_be_read_is_shown(site: Site, line: bytes) -> None:
    """Going on without it would bring back what somebody wanted gone."""
    (site.store.root / NAME).write_bytes(orjson.dumps({"article": "harvest"}) + b"\n" + line)
    for command in (
        site.index,
        site.reindex,
        lambda: site.reindex(site.sources),
        lambda: site.remove("bridge"),
    ):
        with pytest.raises(BrokenIndexError, match="mend or delete that line"):
            command()
    assert site.found() == {"bridge", "school", "harvest"}
    (site.store.root / NAME).unlink()
    assert len(site.generations()) <= 2


def test_lines_say_when(site: Site) -> None:
    site.remove("bridge", "school/c1")
    rows = [orjson.loads(line) for line in lines(site)]
    assert [(each["article"], each["comment"]) for each in rows] == [("bridge", None), ("school", "c1")]
    assert all(each["removed"].startswith("2") for each in rows)
