"""The ledger: which file gave which articles, so that what has not changed is not read again."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Self

NAME = "ledger.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, root TEXT NOT NULL, name TEXT NOT NULL,
    modified INTEGER NOT NULL, size INTEGER NOT NULL, options TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_by_name ON files (name);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, path TEXT NOT NULL, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS articles_by_path ON articles (path);
"""


class FileMark(NamedTuple):
    """A file as it was read: time of change (ns) and size (bytes), and the options it was read with."""

    modified: int
    size: int
    options: str


class Ledger:
    """The ledger of one generation. Nothing lasts before ``commit``."""

    def __init__(self, folder: Path) -> None:
        with _translated():
            self._db = sqlite3.connect(folder / NAME)
            self._db.executescript(_TABLES)

    def file(self, path: str) -> FileMark | None:
        """How a file was when it was read last."""
        with _translated():
            row = self._db.execute(
                "SELECT modified, size, options FROM files WHERE path = ?", (path,)
            ).fetchone()
        return FileMark(*row) if row else None

    def named(self, name: str) -> str | None:
        """The file that goes by a name, which made ids rest on."""
        with _translated():
            row = self._db.execute("SELECT path FROM files WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def note_file(self, path: str, root: str, name: str, mark: FileMark) -> None:
        """Note that a file below the source ``root`` was read under a name."""
        with _translated():
            self._db.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", (path, root, name, *mark)
            )

    def digest(self, article_id: str) -> bytes | None:
        """The hash of an article's content when it was written last."""
        with _translated():
            row = self._db.execute("SELECT digest FROM articles WHERE id = ?", (article_id,)).fetchone()
        return row[0] if row else None

    def owner(self, article_id: str) -> str | None:
        """The file an article came from."""
        with _translated():
            row = self._db.execute("SELECT path FROM articles WHERE id = ?", (article_id,)).fetchone()
        return row[0] if row else None

    def note_article(self, article_id: str, path: str, digest: bytes) -> None:
        """Note that an article was written."""
        with _translated():
            self._db.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?)", (article_id, path, digest))

    def articles(self, path: str) -> list[str]:
        """The articles that came from a file."""
        with _translated():
            return [row[0] for row in self._db.execute("SELECT id FROM articles WHERE path = ?", (path,))]

    def files(self, root: str) -> list[str]:
        """The files that were read below a source."""
        with _translated():
            return [row[0] for row in self._db.execute("SELECT path FROM files WHERE root = ?", (root,))]

    def all_files(self) -> Iterator[tuple[str, str, str, FileMark]]:
        """Every file: path, source, name and mark."""
        with _translated():
            for path, root, name, *mark in self._db.execute("SELECT * FROM files"):
                yield path, root, name, FileMark(*mark)

    def forget(self, article_ids: Iterable[str]) -> None:
        """Articles that are no longer there."""
        with _translated():
            self._db.executemany("DELETE FROM articles WHERE id = ?", [(each,) for each in article_ids])

    def forget_file(self, path: str) -> None:
        """A file that is no longer there."""
        with _translated():
            self._db.execute("DELETE FROM files WHERE path = ?", (path,))

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


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BrokenIndexError(
            f"the index's ledger cannot be used ({error}); rebuild with: kashshaf reindex"
        ) from error
