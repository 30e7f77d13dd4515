"""The file of the usage log: its tables, opened for writing and for reading.

A search is kept by the hour, as a count: no row says when exactly, or in which order, anybody asked.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from kashshaf.index.errors import UsageLogError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT = 1
"""The number that SQLite keeps as ``user_version``; raised when the tables change."""
WAIT_SECONDS = 2
"""For another process that writes at the same time."""
HOURS_A_DAY = 24
_TABLES = """
CREATE TABLE IF NOT EXISTS searches (
    hour INTEGER, query TEXT, target TEXT, stem TEXT, times INTEGER, "full" INTEGER, partial INTEGER,
    PRIMARY KEY (hour, query, target)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clicks (
    hour INTEGER, query TEXT, article TEXT, rank INTEGER, times INTEGER,
    PRIMARY KEY (hour, query, article, rank)) WITHOUT ROWID;
"""


def this_hour() -> int:
    """The present hour, counted from 1970."""
    return int(time.time()) // 3600


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open or make the file, readable by its owner alone; raises sqlite3.Error or OSError.

    A file of another version is left as it is: UsageLogError.

    What is deleted is overwritten, so that no query outlasts its time in the free pages of the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS)
    try:
        _require_known(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.executescript(_TABLES)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    except (sqlite3.Error, UsageLogError):
        connection.close()
        raise
    return connection


def _require_known(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the file, 0 of a new one; UsageLogError for one that is not known here."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version not in (0, FORMAT):
        raise UsageLogError(f"{path} was written by another version of Kashshaf; move it away")
    return int(version)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The file for reading; None where there is none yet. Raises UsageLogError where it is none of ours."""
    if not path.exists():
        yield None
        return
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", WAIT_SECONDS, uri=True)) as found:
            yield found if _require_known(found, path) else None
    except sqlite3.Error as error:
        raise UsageLogError(
            f"the log of searches {path} cannot be read ({error}); name another with usage_file, or delete it"
        ) from error
