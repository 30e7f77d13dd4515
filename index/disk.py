"""Errors of the disk as ours, space for a rebuild, and files written whole."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kashshaf.index.errors import IndexingError, NoSpaceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT)
NO_SPACE = "the disk is full; what was committed before serves; free some space and try again"


def require_space(folder: Path, needed: int) -> None:
    """Raise NoSpaceError where the disk of ``folder`` has fewer than ``needed`` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NoSpaceError(
            f"a rebuild needs about {needed >> 20} MB and {folder} has {free >> 20} MB free;"
            " nothing was changed; free some space, or put the index elsewhere with --index"
        )


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Translate the OSError of a block that writes at ``path`` to NoSpaceError or IndexingError."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoSpaceError(NO_SPACE) from error
        raise IndexingError(
            f"cannot write {path}: {error.strerror}; is the folder yours, and is there space?"
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step; the new content is on disk when this returns."""
    aside = path.with_suffix(".new")
    with writing(path):
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
