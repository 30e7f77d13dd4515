"""Tantivy's errors as ours: it raises ValueError for everything, and a panic where a file is damaged."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kashshaf.index.disk import FULL, NO_SPACE
from kashshaf.index.engines import errors
from kashshaf.index.errors import BrokenIndexError, LockedError, NoSpaceError

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCKED = "another process is writing to the index; try again when it is done"
_OTHER_VERSION = (
    "the index was written by another version of Tantivy; rebuild it with: kashshaf reindex SOURCE"
)


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Raise Tantivy's errors as ours; ``doing`` is what the block does with the index."""
    with errors.translated(doing):
        try:
            yield
        except ValueError as error:
            _raise_known(str(error), error)
            raise
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # Rust's, which is no Exception
                raise
            raise BrokenIndexError(f"cannot {doing} the index: it is damaged; {errors.MEND}") from error


def _raise_known(message: str, error: ValueError) -> None:
    if "LockBusy" in message:
        raise LockedError(LOCKED) from error
    if "ncompatible" in message:
        raise BrokenIndexError(_OTHER_VERSION) from error
    number = re.search(r"os error (\d+)", message) or re.search(r"Os \{ code: (\d+)", message)
    if number and int(number[1]) in FULL:
        raise NoSpaceError(NO_SPACE) from error
    if number:  # errors.translated says what a system's error is
        raise OSError(int(number[1]), os.strerror(int(number[1]))) from error
