"""One file with several owners: tables of each, one transaction, errors as ours."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.index.errors import BrokenIndexError, NoSpaceError
from kashshaf.index.storage.database import OPEN, Database
from kashshaf.index.store.ledger import NAME, FileMark, FileRow, Ledger, check_ledger
from kashshaf.index.store.unknown_words import UnknownWords
from kashshaf.index.stories.stories import Stories
from tests.kashshaf.site import killed

if TYPE_CHECKING:
    from pathlib import Path

OLD = """
CREATE TABLE files (
    path TEXT PRIMARY KEY, name TEXT NOT NULL, root TEXT NOT NULL,
    modified INTEGER NOT NULL, size INTEGER NOT NULL, options TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX files_by_name ON files (name);
CREATE TABLE said (path TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (id TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE origins (id TEXT, path TEXT, PRIMARY KEY (id, path)) WITHOUT ROWID;
CREATE TABLE buried (article TEXT, comment TEXT, path TEXT,
    PRIMARY KEY (article, comment, path)) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY, article BLOB NOT NULL, again INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE texts (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, story TEXT NOT NULL, sketch BLOB NOT NULL);
CREATE TABLE bands (band INTEGER, number INTEGER, PRIMARY KEY (band, number)) WITHOUT ROWID;
INSERT INTO files VALUES ('http://a.example/1', '1', 'http://a.example', 5, 7, 'o');
INSERT INTO said VALUES ('http://a.example/1', '{"etag": "x"}');
INSERT INTO buried VALUES ('1', '', 'f');
INSERT INTO words VALUES ('منطاد', x'01', 1);
INSERT INTO texts VALUES (1, '1', 's', x''), (2, '2', 's', x'');
"""
"""A ledger as it was written when one class had all the tables."""


def test_a_ledger_written_before_opens_as_it_was(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / NAME) as before:
        before.executescript(OLD)
    before.close()
    with Ledger(tmp_path) as ledger:
        row = FileRow("http://a.example/1", "1", "http://a.example", FileMark(5, 7, "o"), '{"etag": "x"}')
        assert ledger.files() == [row]
        assert ledger.removed_in() == [("1", "", "f")]
        assert UnknownWords(ledger.database, Lexicon.base()).count() == 1
        assert Stories(ledger.database, lambda _: frozenset()).all() == {"1": "s", "2": "s"}


def test_declaring_tables_commits_nothing(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.note_article("1", b"digest")
        Stories(ledger.database, lambda _: frozenset()).note([("1", b"")])
    with Ledger(tmp_path) as ledger:
        assert ledger.digest("1") is None


def test_all_owners_commit_together(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.note_article("1", b"digest")
        Stories(ledger.database, lambda _: frozenset()).assign("1", b"")
        ledger.commit()
    with Ledger(tmp_path) as ledger:
        assert ledger.digest("1") == b"digest"
        assert ledger.database.rows("SELECT id FROM texts") == [("1",)]


def test_a_damaged_file_is_told_with_the_way_back(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database" * 1_000)
    with pytest.raises(BrokenIndexError, match="rebuild with: kashshaf reindex"):
        Ledger(tmp_path)


def test_rows_that_a_statement_cannot_take_are_translated(tmp_path: Path) -> None:
    database = Database(tmp_path / NAME)
    with pytest.raises(BrokenIndexError, match="no such table"):
        database.run_many("INSERT INTO nowhere VALUES (?)", [(1,)])
    database.close()


def sealed(folder: Path) -> Path:
    """A ledger with rows, committed."""
    with Ledger(folder) as ledger:
        ledger.note_article("1", b"digest")
        ledger.commit()
    check_ledger(folder)
    return folder / NAME


def test_a_row_that_changed_is_found(tmp_path: Path) -> None:
    path = sealed(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"digest", b"digesT"))
    with pytest.raises(BrokenIndexError, match=r"ledger\.sqlite and ledger\.checksum disagree"):
        check_ledger(tmp_path)


@pytest.mark.parametrize("name", [NAME, "ledger.checksum"])
def test_a_ledger_or_its_checksum_that_is_missing_is_found(tmp_path: Path, name: str) -> None:
    sealed(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(BrokenIndexError, match=name):
        check_ledger(tmp_path)


def test_a_commit_that_was_cut_short_leaves_a_sound_ledger(tmp_path: Path) -> None:
    sealed(tmp_path)

    def commit() -> None:
        with Ledger(tmp_path) as ledger:
            ledger.note_article("2", b"other")
            ledger.commit()

    assert killed(commit, (Database, "_checksum", 1))
    check_ledger(tmp_path)
    commit()
    assert (tmp_path / "ledger.checksum").read_bytes() != OPEN
    check_ledger(tmp_path)


def test_a_full_disk_is_told_as_one(tmp_path: Path) -> None:
    sealed(tmp_path)
    with Ledger(tmp_path) as ledger:
        ledger.database.run("PRAGMA max_page_count = 1")  # as SQLite tells a disk without space
        with pytest.raises(NoSpaceError, match="the disk is full"):
            ledger.database.run_many(
                "INSERT INTO articles VALUES (?, ?)", ((str(n), bytes(1_000)) for n in range(1_000))
            )
