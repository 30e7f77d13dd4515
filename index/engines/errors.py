"""Errors of an engine's files: the system's, its library's, and those of damaged bytes, as ours."""

from __future__ import annotations

import pickle
import struct
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.disk import DISK_FAILS, FAILING, FULL, NO_SPACE
from kashshaf.index.errors import BrokenIndexError, IndexingError, NoSpaceError

if TYPE_CHECKING:
    from collections.abc import Iterator


MEND = "go back with: kashshaf rollback, or rebuild it with: kashshaf reindex SOURCE"
DAMAGE = (EOFError, IndexError, OverflowError, ValueError, pickle.UnpicklingError, struct.error, zlib.error)
"""Raised by decoders of damaged bytes, and by numbers of documents that damage made too large."""


@contextmanager
def translated(doing: str, *library: type[Exception]) -> Iterator[None]:
    """Raise the errors of the index's files as ours; ``doing`` is what the block does with the index.

    Translated are OSError, the errors of the engine's ``library`` and ``DAMAGE``. Any other error is a fault
    of the program: it passes, since no operator should go back to an older index for it.
    """
    damage: tuple[type[Exception], ...] = (*library, *DAMAGE)
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoSpaceError(NO_SPACE) from error
        if error.errno in FAILING:
            raise IndexingError(DISK_FAILS.format(f"cannot {doing} the index: {error}")) from error
        raise BrokenIndexError(f"cannot {doing} the index: {error}; {MEND}") from error
    except damage as error:
        raise _damaged(doing, error) from error


@contextmanager
def parsing(doing: str) -> Iterator[None]:
    """Raise any error of the block as ours. Only for a call of a library that parses its own files.

    Whoosh unpickles, and a damaged pickle may raise whatever Python can.
    """
    try:
        with translated(doing):
            yield
    except KashshafError:
        raise
    except Exception as error:
        raise _damaged(doing, error) from error


def _damaged(doing: str, error: Exception) -> BrokenIndexError:
    return BrokenIndexError(f"cannot {doing} the index: it is damaged ({type(error).__name__}); {MEND}")
