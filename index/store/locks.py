"""The locks of an index folder: each is held by one process at a time, and goes with it when it ends.

Who writes at length (a rebuild, an update, a removal) holds ``lock``; who changes the generation that serves,
or says which one that is, holds ``serving.lock`` too. A rebuild holds the second only when it begins and when
it switches: between the two single articles can be written to the generation that serves.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from kashshaf.index.disk import sync, writing
from kashshaf.index.errors import LockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAUSE = 0.02
"""Seconds between two looks at a lock that somebody holds."""


@contextmanager
def held(path: Path, holder: str, patience: float) -> Iterator[None]:
    """Hold the lock at ``path``, with the holder's name in it.

    Raises LockedError, which names who holds it, where it is not to be had for ``patience`` seconds.
    """
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        sync(path.parent.parent)
        file = path.open("a+b")
    with file:
        _take(file, path, patience)
        with writing(path):
            file.truncate(0)
            file.write(holder.encode())
            file.flush()
        yield


def is_held(path: Path) -> bool:
    """Tell whether anybody holds the lock at ``path``."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _take(file: IO[bytes], path: Path, patience: float) -> None:
    attempts = Retrying(
        stop=stop_after_delay(patience),
        wait=wait_fixed(PAUSE),
        retry=retry_if_exception_type(BlockingIOError),
        reraise=True,
    )
    try:
        attempts(fcntl.flock, file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().decode(errors="replace") or "another process"
        raise LockedError(
            f"{holder} is writing to the index in {path.parent}; nothing was changed;"
            " try again when it is done"
        ) from None


def holder(doing: str, since: str) -> str:
    """The name of this process as others read it in a lock."""
    return f"process {os.getpid()} (kashshaf {doing}, since {since})"
