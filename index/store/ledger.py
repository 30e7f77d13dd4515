"""The ledger: which file gave which articles, so that what has not changed is not read again.

An article may stand in several files; it has vanished when it stands in none of them any more.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Self

    from index.documents import Article

NAME = "ledger.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, name TEXT NOT NULL, root TEXT NOT NULL,
    modified INTEGER NOT NULL, size INTEGER NOT NULL, options TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_by_name ON files (name);
CREATE TABLE IF NOT EXISTS said (path TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS origins (id TEXT, path TEXT, PRIMARY KEY (id, path)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS origins_by_path ON origins (path);
CREATE TABLE IF NOT EXISTS buried (article TEXT, comment TEXT, path TEXT,
    PRIMARY KEY (article, comment, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS words (
    word TEXT PRIMARY KEY, article BLOB NOT NULL, again INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS texts (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, story TEXT NOT NULL, sketch BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS texts_by_story ON texts (story) WHERE story <> '';
CREATE TABLE IF NOT EXISTS bands (band INTEGER, number INTEGER, PRIMARY KEY (band, number)) WITHOUT ROWID;
"""
_NOTE_WORD = """
INSERT INTO words VALUES (?, ?, 0)
ON CONFLICT (word) DO UPDATE SET again = 1 WHERE article <> excluded.article
"""
_DROP_WORDS = """
DELETE FROM words WHERE NOT again
OR word >= (SELECT word FROM words WHERE again ORDER BY word LIMIT 1 OFFSET ?)
"""
DIGEST_BYTES = 16
_FILES = "SELECT files.*, coalesce(said, '') FROM files LEFT JOIN said USING (path)"
_KNOWN = """
SELECT files.*, coalesce(said, ''), (SELECT count(*) FROM origins WHERE origins.path = files.path)
FROM files LEFT JOIN said USING (path) WHERE files.path IN
"""
MOST_WORDS = 200_000
"""Words kept that the lexicon lacks, some 10 MB: where there are more, those of one article are dropped."""
UNKNOWN = b""
"""The digest of an article whose content in the index is not known for sure: it will be written again."""


class FileMark(NamedTuple):
    """A file as it was read: time of change (ns) and size (bytes), and the options it was read with."""

    modified: int
    size: int
    options: str


class FileRow(NamedTuple):
    """A file, the name that made ids rest on, and the source it was read below.

    ``path`` may be an address too; ``said`` then is what its server said of the page, to ask whether it has
    changed. The ledger keeps it as it is.
    """

    path: str
    name: str
    root: str
    mark: FileMark
    said: str = ""


class Known(NamedTuple):
    """A file as it was when it was read last, and how many articles it gave."""

    row: FileRow
    articles: int


class Ledger:
    """The ledger of one generation. Nothing lasts before ``commit``; raises BrokenIndexError when damaged."""

    def __init__(self, folder: Path) -> None:
        with _translated():
            self._db = sqlite3.connect(folder / NAME)
            self._db.executescript(_TABLES)

    def file(self, path: str) -> FileRow | None:
        """How a file was when it was read last."""
        return next(self._files("path = ?", path), None)

    def known(self, paths: Sequence[str]) -> dict[str, Known]:
        """Those of some hundreds of files that were read before, by their paths, in one look."""
        rows = self.run(f"{_KNOWN} ({','.join('?' * len(paths))})", *paths)
        with _translated():
            return {row[0]: Known(_file_row(row[:-1]), row[-1]) for row in rows}

    def named(self, name: str) -> FileRow | None:
        """The file that goes by a name."""
        return next(self._files("name = ?", name), None)

    def files(self) -> list[FileRow]:
        """Every file."""
        return list(self._files("1"))

    def files_below(self, root: str) -> list[FileRow]:
        """The files at or below a path."""
        below = root.rstrip("/") + "/"
        return [*self._files("path = ?", root), *self._files("substr(path, 1, ?) = ?", len(below), below)]

    def files_of(self, root: str) -> list[FileRow]:
        """The files that were read below a source."""
        return list(self._files("root = ?", root))

    def note_file(self, row: FileRow) -> None:
        """Note that a file was read."""
        self.run("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", *row[:3], *row.mark)
        if row.said:
            self.run("INSERT OR REPLACE INTO said VALUES (?, ?)", row.path, row.said)

    def move_file(self, before: str, path: str) -> None:
        """A file that has another path now; what it gave stays its own."""
        self.run("UPDATE OR REPLACE files SET path = ? WHERE path = ?", path, before)
        self.run("UPDATE OR REPLACE origins SET path = ? WHERE path = ?", path, before)
        self.run("UPDATE OR REPLACE buried SET path = ? WHERE path = ?", path, before)

    def distrust(self, path: str) -> None:
        """Let a file be read again, whatever its time and size."""
        self.run("UPDATE files SET modified = -1 WHERE path = ?", path)

    def forget_file(self, path: str) -> None:
        """A file that is no longer there, with what it gave."""
        self.run("DELETE FROM files WHERE path = ?", path)
        self.run("DELETE FROM said WHERE path = ?", path)
        self.run("DELETE FROM origins WHERE path = ?", path)

    def digest(self, article_id: str) -> bytes | None:
        """The hash of an article's content when it was written last; None for an article that was not."""
        row = self.run("SELECT digest FROM articles WHERE id = ?", article_id).fetchone()
        return row[0] if row else None

    def note_article(self, article_id: str, digest: bytes, path: str | None = None) -> None:
        """Note that an article was written, and the file that gave it."""
        self.run("INSERT OR REPLACE INTO articles VALUES (?, ?)", article_id, digest)
        if path is not None:
            self.note_origin(article_id, path)

    def note_origin(self, article_id: str, path: str) -> None:
        """Note that a file gives an article."""
        self.run("INSERT OR IGNORE INTO origins VALUES (?, ?)", article_id, path)

    def drop_origins(self, path: str, article_ids: Iterable[str]) -> None:
        """Articles that a file gives no longer."""
        for article_id in article_ids:
            self.run("DELETE FROM origins WHERE id = ? AND path = ?", article_id, path)

    def articles(self, path: str) -> list[str]:
        """The articles that a file gave."""
        return [row[0] for row in self.run("SELECT id FROM origins WHERE path = ?", path)]

    def origins(self, article_id: str) -> list[str]:
        """The files that give an article."""
        return [row[0] for row in self.run("SELECT path FROM origins WHERE id = ?", article_id)]

    def forget(self, article_ids: Iterable[str]) -> None:
        """Articles that are no longer in the index."""
        for article_id in article_ids:
            self.run("DELETE FROM articles WHERE id = ?", article_id)
            self.run("DELETE FROM origins WHERE id = ?", article_id)

    def note_buried(self, article_id: str, comment_id: str, path: str) -> None:
        """Note that a file has an article or comment (else empty) that is kept out for good."""
        self.run("INSERT OR IGNORE INTO buried VALUES (?, ?, ?)", article_id, comment_id, path)

    def buried(self) -> list[tuple[str, str, str]]:
        """Article, comment and file of what is kept out."""
        return list(self.run("SELECT article, comment, path FROM buried"))

    def dig_up(self, article_id: str, comment_id: str, path: str) -> None:
        """What is kept out no longer: its file will be read again."""
        where = (article_id, comment_id, path)
        self.run("DELETE FROM buried WHERE article = ? AND comment = ? AND path = ?", *where)
        self.distrust(path)

    def note_words(self, article_id: str, words: Iterable[str]) -> None:
        """Note words of an article that the lexicon lacks; the same article may be noted again."""
        article = hashlib.blake2b(article_id.encode(errors="replace"), digest_size=8).digest()
        self.run_many(_NOTE_WORD, ((word, article) for word in words))

    def unknown_words(self) -> int:
        """How many words were noted of two articles or more: the others are mostly misspellings."""
        ((kept,),) = self.run("SELECT count(*) FROM words")
        if kept > MOST_WORDS:
            self.run(_DROP_WORDS, MOST_WORDS)
        ((found,),) = self.run("SELECT count(*) FROM words WHERE again")
        return int(found)

    def run(self, statement: str, *values: object) -> sqlite3.Cursor:
        """A statement of SQL."""
        with _translated():
            return self._db.execute(statement, values)

    def run_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """A statement of SQL for each of many rows."""
        with _translated():
            self._db.executemany(statement, rows)

    def commit(self) -> None:
        """Make all since the last commit lasting."""
        with _translated():
            self._db.commit()

    def close(self) -> None:
        """Forget what was not committed."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _files(self, where: str, *values: object) -> Iterator[FileRow]:
        rows = self.run(f"{_FILES} WHERE {where}", *values)
        with _translated():
            yield from map(_file_row, rows.fetchall())


def _file_row(row: Sequence[Any]) -> FileRow:
    path, name, root, modified, size, options, said = row
    return FileRow(path, name, root, FileMark(modified, size, options), said)


def digest(article: Article) -> bytes:
    """A hash of all an article holds: another one says that it has changed."""
    return hashlib.blake2b(orjson.dumps(article.to_dict()), digest_size=DIGEST_BYTES).digest()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BrokenIndexError(
            f"the index's ledger cannot be used ({error}); rebuild with: kashshaf reindex"
        ) from error
