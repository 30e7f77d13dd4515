"""Forgetting: a query taken out of the log, for whoever asks for it, or for what should not be offered."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from kashshaf.index.errors import UsageLogError
from kashshaf.search_app.usage.database import open_for_writing, reading

if TYPE_CHECKING:
    from pathlib import Path

_FORGET = ("DELETE FROM searches WHERE query = ?", "DELETE FROM clicks WHERE query = ?")


def forget(path: Path, query: str) -> int:
    """Delete a query, in canonical form, with what was opened from it; return how many rows there were.

    Raises UsageLogError where the log cannot be read or written.
    """
    with reading(path) as log:
        if log is None:
            return 0
    try:
        with closing(open_for_writing(path)) as log, log:
            return sum(log.execute(statement, (query,)).rowcount for statement in _FORGET)
    except (sqlite3.Error, OSError) as error:
        raise UsageLogError(
            f"the log of searches {path} cannot be written ({error}); is it yours?"
        ) from error
