"""One SQLite file, shared by owners that each declare the tables they keep in it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Database:
    """One open file. Nothing lasts before ``commit``; methods raise BrokenIndexError where it is damaged."""

    def __init__(self, path: Path) -> None:
        with _translated():
            self._connection = sqlite3.connect(path)

    def declare(self, *tables: str) -> None:
        """Create tables and indexes that are not there yet; a running transaction goes on."""
        for statement in tables:
            self.run(statement)

    def run(self, statement: str, *values: object) -> sqlite3.Cursor:
        """Execute one statement of SQL."""
        with _translated():
            return self._connection.execute(statement, values)

    def run_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Execute one statement of SQL for each of many rows."""
        with _translated():
            self._connection.executemany(statement, rows)

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Execute a query and fetch all its rows."""
        with _translated():
            return self.run(statement, *values).fetchall()

    def commit(self) -> None:
        """Make all changes since the last commit lasting, those of every owner."""
        with _translated():
            self._connection.commit()

    def close(self) -> None:
        """Drop what was not committed and close the file. A second call does nothing."""
        self._connection.close()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BrokenIndexError(
            f"the index's ledger cannot be used ({error}); rebuild with: kashshaf reindex"
        ) from error
