"""An engine's library's and the system's errors as ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from analyzers.errors import KashshafError
from index.disk import FULL, NO_SPACE
from index.errors import BrokenIndexError, NoSpaceError

if TYPE_CHECKING:
    from collections.abc import Iterator


MEND = "go back with: kashshaf rollback, or rebuild it with: kashshaf reindex SOURCE"


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Whatever the block raises as an error of ours; ``doing`` is what it does with the index."""
    try:
        yield
    except KashshafError:
        raise
    except OSError as error:
        if error.errno in FULL:
            raise NoSpaceError(NO_SPACE) from error
        raise BrokenIndexError(f"cannot {doing} the index: {error}; {MEND}") from error
    except Exception as error:
        raise BrokenIndexError(
            f"cannot {doing} the index: it is damaged ({type(error).__name__}); {MEND}"
        ) from error
