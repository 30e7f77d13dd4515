"""Folders for temporary files that last no longer than their process, however that ends.

Each is locked while it is in use; one that nobody holds was left by a process that was killed, and is taken
away by the next that writes to an index.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "kashshaf-scratch-"
MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made for us alone
"""A folder in memory, which many systems have: a disk takes milliseconds to make or take away each file."""
ATTEMPTS = 5
"""Attempts to take a folder away, where a thread of a library may be putting a file there."""
PAUSE = 0.01


@contextmanager
def scratch_folder(parent: Path | None = None, prefix: str = PREFIX, *, tiny: bool = False) -> Iterator[Path]:
    """Lend a new folder in ``parent``, else in the system's for temporary files; raises OSError without one.

    A ``tiny`` one, for links and the like, lies in memory where that can be. It stays until this process is
    done with it, whatever forks of it do.
    """
    path, lock = _locked(_tiny_place() if tiny else parent, prefix)
    ours = os.getpid()
    try:
        yield path
    finally:
        if os.getpid() == ours:
            _remove(path)
        os.close(lock)


def sweep(parent: Path | None = None, prefix: str = PREFIX) -> None:
    """Take away the folders that processes left which are no more, and forks of which are none."""
    places = (parent,) if parent else dict.fromkeys((Path(tempfile.gettempdir()), MEMORY))
    for path in (path for place in places for path in place.glob(f"{prefix}*")):
        try:
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:  # another's, or gone
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(path)
        except OSError:  # in use
            continue
        finally:
            os.close(lock)


def _tiny_place() -> Path | None:
    return MEMORY if os.access(MEMORY, os.W_OK | os.X_OK) else None


def _locked(parent: Path | None, prefix: str) -> tuple[Path, int]:
    """A folder and what holds its lock; again where a sweep was quicker than the lock."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        try:
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return path, lock
        os.close(lock)


def _remove(path: Path) -> None:
    for _ in range(ATTEMPTS):
        shutil.rmtree(path, ignore_errors=True)
        if not path.exists():
            break
        time.sleep(PAUSE)
