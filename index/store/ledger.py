"""The ledger: which file gave which articles, so that unchanged files need not be read again.

An article may stand in several files; it has vanished when it stands in none of them any more.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.storage.database import DAMAGED, Database

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import Self

    from kashshaf.index.documents import Article

NAME = "ledger.sqlite"
_TABLES = (
    """CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, name TEXT NOT NULL, root TEXT NOT NULL,
    modified INTEGER NOT NULL, size INTEGER NOT NULL, options TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS files_by_name ON files (name)",
    "CREATE TABLE IF NOT EXISTS said (path TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS origins (id TEXT, path TEXT, PRIMARY KEY (id, path)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS origins_by_path ON origins (path)",
    """CREATE TABLE IF NOT EXISTS buried (article TEXT, comment TEXT, path TEXT,
    PRIMARY KEY (article, comment, path)) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS written (id TEXT PRIMARY KEY, moment INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS taken_out (article TEXT, comment TEXT,
    PRIMARY KEY (article, comment)) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS removals (stamp TEXT NOT NULL)",
)
"""The tables ``said`` (validators) and ``buried`` (removed) keep the names they have in ledgers on disk."""
API = "api:"
"""The origin of an article that the write API gave; the table ``written`` has their times."""
_LATEST = 2**63 - 1
DIGEST_BYTES = 16
_FILES = "SELECT files.*, coalesce(said, '') FROM files LEFT JOIN said USING (path)"
_KNOWN = """
SELECT files.*, coalesce(said, ''), (SELECT count(*) FROM origins WHERE origins.path = files.path)
FROM files LEFT JOIN said USING (path) WHERE files.path IN
"""
NO_DIGEST = b""
"""The digest of an article whose stored content is not certain: it will be written again."""


class FileMark(NamedTuple):
    """A file as it was read: time of change (ns) and size (bytes), and the options it was read with."""

    modified: int
    size: int
    options: str


class FileRow(NamedTuple):
    """A file, the name its articles' ids rest on, and the source it was read below.

    ``path`` may also be an address; then ``validators`` holds its ETag, Last-Modified, lastmod and digest, as
    the fetcher wrote them.
    """

    path: str
    name: str
    root: str
    mark: FileMark
    validators: str = ""


class Known(NamedTuple):
    """A file as it was last read, and the number of articles it gave."""

    row: FileRow
    articles: int


class Ledger:
    """The ledger of one generation. Nothing lasts before ``commit``.

    Every method raises BrokenIndexError when the file is damaged. ``database`` is open to the other owners of
    tables in it: stories and unknown words.
    """

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / NAME)
        self.database.declare(*_TABLES)
        self._run = self.database.run

    def file(self, path: str) -> FileRow | None:
        """Return the row of a file as it was last read; None for a new one."""
        return next(iter(self._files("path = ?", path)), None)

    def known(self, paths: Sequence[str]) -> dict[str, Known]:
        """Return those of some hundreds of files that were read before, by path, in one query."""
        rows: list[Any] = self.database.rows(f"{_KNOWN} ({','.join('?' * len(paths))})", *paths)
        return {row[0]: Known(_file_row(row[:-1]), row[-1]) for row in rows}

    def named(self, name: str) -> FileRow | None:
        """Return the file that goes by a name; None where there is none."""
        return next(iter(self._files("name = ?", name)), None)

    def files(self) -> list[FileRow]:
        """Return every file."""
        return self._files("1")

    def files_below(self, root: str) -> list[FileRow]:
        """Return the files at or below a path."""
        below = root.rstrip("/") + "/"
        return [*self._files("path = ?", root), *self._files("substr(path, 1, ?) = ?", len(below), below)]

    def files_of(self, root: str) -> list[FileRow]:
        """Return the files that were read below a source."""
        return self._files("root = ?", root)

    def note_file(self, row: FileRow) -> None:
        """Note that a file was read."""
        self._run("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", *row[:3], *row.mark)
        if row.validators:
            self._run("INSERT OR REPLACE INTO said VALUES (?, ?)", row.path, row.validators)

    def move_file(self, before: str, path: str) -> None:
        """Give a file another path; its articles stay its own."""
        self._run("UPDATE OR REPLACE files SET path = ? WHERE path = ?", path, before)
        self._run("UPDATE OR REPLACE origins SET path = ? WHERE path = ?", path, before)
        self._run("UPDATE OR REPLACE buried SET path = ? WHERE path = ?", path, before)

    def mark_stale(self, path: str) -> None:
        """Have a file read again, whatever its time and size."""
        self._run("UPDATE files SET modified = -1 WHERE path = ?", path)

    def forget_file(self, path: str) -> None:
        """Delete a file that is gone, and that it gave articles."""
        self._run("DELETE FROM files WHERE path = ?", path)
        self._run("DELETE FROM said WHERE path = ?", path)
        self._run("DELETE FROM origins WHERE path = ?", path)

    def digest(self, article_id: str) -> bytes | None:
        """Return the hash of an article as it was last written; None for one that was not."""
        row = self._run("SELECT digest FROM articles WHERE id = ?", article_id).fetchone()
        return row[0] if row else None

    def note_article(self, article_id: str, digest: bytes, path: str | None = None) -> None:
        """Note that an article was written, and the file that gave it."""
        self._run("INSERT OR REPLACE INTO articles VALUES (?, ?)", article_id, digest)
        if path is not None:
            self.note_origin(article_id, path)

    def note_origin(self, article_id: str, path: str) -> None:
        """Note that a file gives an article."""
        self._run("INSERT OR IGNORE INTO origins VALUES (?, ?)", article_id, path)

    def drop_origins(self, path: str, article_ids: Iterable[str]) -> None:
        """Note that a file no longer gives these articles."""
        for article_id in article_ids:
            self._run("DELETE FROM origins WHERE id = ? AND path = ?", article_id, path)

    def articles(self, path: str) -> list[str]:
        """Return the ids of the articles that a file gave."""
        return [row[0] for row in self._run("SELECT id FROM origins WHERE path = ?", path)]

    def origins(self, article_id: str) -> list[str]:
        """Return the paths of the files that give an article."""
        return [row[0] for row in self._run("SELECT path FROM origins WHERE id = ?", article_id)]

    def note_written(self, article_id: str, moment: int) -> None:
        """Note that the write API gave an article, and when, in nanoseconds since 1970."""
        self.note_origin(article_id, API)
        self._run("INSERT OR REPLACE INTO written VALUES (?, ?)", article_id, moment)

    def written(self) -> dict[str, int]:
        """Return the articles that the write API gave, with the moment at which it gave them last."""
        return dict(list(self._run("SELECT id, moment FROM written")))

    def modified(self, article_id: str) -> int:
        """Return when the latest of the files that give an article was changed; 0 where none gives it.

        A file that is to be read again, whatever its time, counts as later than anything.
        """
        chosen = (
            "SELECT max(iif(modified < 0, ?, modified)) FROM origins JOIN files USING (path) WHERE id = ?"
        )
        return int(self._run(chosen, _LATEST, article_id).fetchone()[0] or 0)

    def forget(self, article_ids: Iterable[str]) -> None:
        """Delete articles that are no longer in the index."""
        for article_id in article_ids:
            self._run("DELETE FROM written WHERE id = ?", article_id)
            self._run("DELETE FROM articles WHERE id = ?", article_id)
            self._run("DELETE FROM origins WHERE id = ?", article_id)

    def note_removed(self, article_id: str, comment_id: str, path: str) -> None:
        """Note that a file still has an article, or a comment (else empty), that was removed for good."""
        self._run("INSERT OR IGNORE INTO buried VALUES (?, ?, ?)", article_id, comment_id, path)

    def removed_in(self) -> list[tuple[str, str, str]]:
        """Return article, comment (empty for the whole article) and file of what was removed for good."""
        return list(self._run("SELECT article, comment, path FROM buried"))

    def restore(self, article_id: str, comment_id: str, path: str) -> None:
        """Delete the note of a removal that was taken back, and have its file read again."""
        where = (article_id, comment_id, path)
        self._run("DELETE FROM buried WHERE article = ? AND comment = ? AND path = ?", *where)
        self.mark_stale(path)

    def taken_out(self) -> set[tuple[str, str]]:
        """Return the removals for good that were carried out here: ids of article and comment, or empty."""
        return set(self._run("SELECT article, comment FROM taken_out"))

    def removals_stamp(self) -> str:
        """Return the stamp of the file of removals when all of it was carried out here; empty for none."""
        row = self._run("SELECT stamp FROM removals").fetchone()
        return str(row[0]) if row else ""

    def note_taken_out(self, pairs: set[tuple[str, str]], stamp: str) -> None:
        """Note that these removals, and no others, are carried out here; and the stamp of their file."""
        if stamp != self.removals_stamp():
            self._run("DELETE FROM removals")
            self._run("INSERT INTO removals VALUES (?)", stamp)
        before = self.taken_out()
        if before - pairs:
            delete = "DELETE FROM taken_out WHERE article = ? AND comment = ?"
            self.database.run_many(delete, before - pairs)
        if pairs - before:
            self.database.run_many("INSERT INTO taken_out VALUES (?, ?)", pairs - before)

    def commit(self) -> None:
        """Make all changes since the last commit lasting."""
        self.database.commit()

    def close(self) -> None:
        """Drop what was not committed."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _files(self, where: str, *values: object) -> list[FileRow]:
        return [_file_row(row) for row in self.database.rows(f"{_FILES} WHERE {where}", *values)]


def check_ledger(folder: Path) -> None:
    """Read the whole ledger of a generation; raises BrokenIndexError where it is missing or damaged."""
    if not (folder / NAME).exists():
        raise BrokenIndexError(DAMAGED.format(f"{NAME} is missing"))
    database = Database(folder / NAME)
    try:
        database.check()
    finally:
        database.close()


def _file_row(row: Sequence[Any]) -> FileRow:
    path, name, root, modified, size, options, validators = row
    return FileRow(path, name, root, FileMark(modified, size, options), validators)


def digest(article: Article) -> bytes:
    """Hash all that an article holds; another hash says that it has changed."""
    return hashlib.blake2b(orjson.dumps(article.to_dict()), digest_size=DIGEST_BYTES).digest()
