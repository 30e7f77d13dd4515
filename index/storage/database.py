"""One SQLite file, shared by owners that each declare the tables they keep in it; its checksum beside it.

The checksum is marked open before each commit and written anew after it. One that a crash left open is none:
then SQLite, which undoes what was cut short, alone says whether the file is whole.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zlib import crc32

from kashshaf.index.disk import FULL_OR_FAILS, NO_SPACE, forbidden, write_whole
from kashshaf.index.errors import BrokenIndexError, IndexingError, LockedError, NoSpaceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

OPEN = b"open\n"
"""The checksum of a file that is being written."""
AT_ONCE = 1 << 20
_DECLARED = re.compile(r"\s*CREATE (TABLE|INDEX) IF NOT EXISTS (\w+)")
_PRIMARY = 0xFF
"""The bits of SQLite's extended codes that say the kind of an error."""
DAMAGED = (
    "the index's ledger, ledger.sqlite, is damaged ({}); what serves is whole;"
    " to mend the ledger: kashshaf reindex"
)


class Database:
    """One open file. Nothing lasts before ``commit``.

    Methods raise BrokenIndexError where it is damaged, NoSpaceError where the disk is full, IndexingError
    where the disk fails or the file is another's.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sum = path.with_suffix(".checksum")
        with self._translated():
            self._connection = sqlite3.connect(path)
            self.run("PRAGMA synchronous = EXTRA")  # a commit stays one after a power cut

    def declare(self, *tables: str) -> None:
        """Create tables and indexes that are not there yet; a running transaction goes on."""
        for statement in tables:
            if not self._has(statement):
                if not self._connection.in_transaction:
                    self.run("BEGIN")
                self.run(statement)

    def _has(self, statement: str) -> bool:
        declared = _DECLARED.match(statement)
        if declared is None:
            raise ValueError(statement)
        kind, name = declared.groups()
        asked = "SELECT 1 FROM sqlite_master WHERE type = ? AND name = ?"
        return bool(self.rows(asked, kind.lower(), name))

    def run(self, statement: str, *values: object) -> sqlite3.Cursor:
        """Execute one statement of SQL."""
        with self._translated():
            return self._connection.execute(statement, values)

    def run_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Execute one statement of SQL for each of many rows."""
        with self._translated():
            self._connection.executemany(statement, rows)

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Execute a query and fetch all its rows."""
        with self._translated():
            return self.run(statement, *values).fetchall()

    def commit(self) -> None:
        """Make all changes since the last commit lasting, those of every owner."""
        if not self._connection.in_transaction:
            return
        write_whole(self._sum, OPEN)
        with self._translated():
            self._connection.commit()
        write_whole(self._sum, self._checksum())

    def check(self) -> None:
        """Read the whole file; raises BrokenIndexError where it is not as it was written."""
        with self._translated():
            self.run("BEGIN")
            found = self.rows("PRAGMA integrity_check(1)")
            if found != [("ok",)]:
                raise BrokenIndexError(DAMAGED.format(found[0][0]))
            try:  # nobody else commits while this transaction reads
                if self._sum.read_bytes() not in (OPEN, self._checksum()):
                    raise BrokenIndexError(DAMAGED.format(f"{self._path.name} and {self._sum.name} disagree"))
            except OSError as error:
                raise BrokenIndexError(DAMAGED.format(f"{self._sum.name}: {error.strerror}")) from error
            self._connection.rollback()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _told(error, self._path) from error

    def _checksum(self) -> bytes:
        found = 0
        with self._path.open("rb") as file:
            while part := file.read(AT_ONCE):
                found = crc32(part, found)
        return f"{found:08x}\n".encode()

    def close(self) -> None:
        """Drop what was not committed and close the file. A second call does nothing."""
        self._connection.close()


def _told(error: sqlite3.Error, path: Path) -> IndexingError:
    """SQLite's error as ours: a full disk, one that fails, a file that cannot be written, or damage."""
    match getattr(error, "sqlite_errorcode", 0) & _PRIMARY:
        case sqlite3.SQLITE_FULL:
            return NoSpaceError(NO_SPACE)
        case sqlite3.SQLITE_IOERR:
            return IndexingError(FULL_OR_FAILS.format(f"{error} in ledger.sqlite"))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            if not _may_write(path):
                return IndexingError(forbidden(path))
            return IndexingError(FULL_OR_FAILS.format(f"{error}: ledger.sqlite"))
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LockedError("another process is using the index's ledger; try again when it is done")
    return BrokenIndexError(
        f"the index's ledger, ledger.sqlite, cannot be used ({error}); rebuild with: kashshaf reindex"
    )


def _may_write(path: Path) -> bool:
    """Tell whether this process may write a file and beside it, where SQLite keeps what it undoes."""
    return os.access(path.parent, os.W_OK) and (not os.access(path, os.F_OK) or os.access(path, os.W_OK))
