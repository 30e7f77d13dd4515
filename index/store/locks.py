"""The locks of an index folder: each is held by one process at a time, and goes with it when it ends.

Who writes at length (a rebuild, an update, a removal) holds ``lock``; who changes the generation that serves,
or says which one that is, holds ``serving.lock`` too. A rebuild holds the second only when it begins and when
it switches: between the two single articles can be written to the generation that serves.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from kashshaf.index.disk import drop_asides, sync, writing
from kashshaf.index.errors import LockedError
from kashshaf.index.storage import scratch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAUSE = 0.02
"""Seconds between two looks at a lock that somebody holds."""


PATIENCE = 10.0
"""Seconds that a command waits for the lock of the generation that serves; one article takes under one."""


class Locks:
    """The locks of one index folder, ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def lock(self, doing: str) -> Iterator[None]:
        """Hold both locks, to write to the generation that serves; raises LockedError with the holder."""
        with self.rebuild_lock(doing), self.serving_lock(doing):
            yield

    @contextmanager
    def rebuild_lock(self, doing: str) -> Iterator[None]:
        """Hold the lock of the only one who writes at length; raises LockedError at once, with the holder.

        A folder that was made for it, and in which nothing came of what was tried, goes again.
        """
        made = [folder for folder in (self.root, *self.root.parents) if not folder.exists()]
        with held(self.root / "lock", _holder(doing), 0):
            scratch.sweep()
            try:
                yield
            except BaseException:
                if made:
                    self._withdraw(made)
                raise

    def _withdraw(self, made: list[Path]) -> None:
        """Delete folders, innermost first, in which there is nothing but locks."""
        with suppress(OSError):  # there is something
            for path in self.root.iterdir():
                if path.is_dir():
                    path.rmdir()
            if {path.name for path in self.root.iterdir()} <= {"lock", "serving.lock"}:
                for path in self.root.iterdir():
                    path.unlink()
            for path in made:
                path.rmdir()

    @contextmanager
    def serving_lock(self, doing: str, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock of the generation that serves, waiting ``patience`` seconds; raises LockedError."""
        with held(self.root / "serving.lock", _holder(doing), patience):
            drop_asides(self.root)
            yield

    def is_locked(self) -> bool:
        """Tell whether somebody writes at length: a rebuild, perhaps."""
        return is_held(self.root / "lock")


@contextmanager
def held(path: Path, holder: str, patience: float) -> Iterator[None]:
    """Hold the lock at ``path``, with the holder's name in it.

    Raises LockedError, which names who holds it, where it is not to be had for ``patience`` seconds.
    """
    with _taken(path, patience) as file:
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


def _taken(path: Path, patience: float) -> IO[bytes]:
    """Open a file and lock it; anew where it was deleted before it was locked: it would be nobody's lock."""
    while True:
        with writing(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            sync(path.parent.parent)
            file = path.open("a+b")
        try:
            _take(file, path, patience)
            if _is_at(path, file):
                return file
        except BaseException:
            file.close()
            raise
        file.close()


def _is_at(path: Path, file: IO[bytes]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _take(file: IO[bytes], path: Path, patience: float) -> None:
    # It takes long to import, and who only reads takes no lock.
    from tenacity import (  # noqa: PLC0415
        Retrying,
        retry_if_exception_type,
        stop_after_delay,
        wait_fixed,
    )

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


def _holder(doing: str) -> str:
    """The name of this process as others read it in a lock."""
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return f"process {os.getpid()} (kashshaf {doing}, since {since})"
