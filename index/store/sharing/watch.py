"""The watch of a reader: a thread that asks a board, once a second at most, for something newer."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.errors import LockedError
from kashshaf.index.store.parts import POINTER
from kashshaf.index.store.sharing.following import LOCK
from kashshaf.index.store.sharing.roles import follower

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.store.sharing.following import Follower

SECONDS = 1.0
"""Seconds between two questions of all processes of this machine together."""
logger = logging.getLogger(__name__)


class Watch:
    """Follows a board until it is closed. Threads may share it; each process begins its own."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()
        self._asked = threading.Event()
        self.trouble: KashshafError | None = None
        """The error by which the last question failed; what was taken over before is searched then."""

    def begin(self) -> None:
        """Have the board watched from now on, and wait until it was asked once."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._ended.clear()
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()
        self._asked.wait()

    def close(self) -> None:
        """Watch no more."""
        with self._lock:
            self._ended.set()
            if self._thread is not None:
                self._thread.join(5 * SECONDS)  # what hangs ends with the process
            self._thread = None

    def _run(self) -> None:
        try:
            self._ask()
        finally:
            self._asked.set()
        while not self._ended.wait(SECONDS):
            if not self._was_asked():
                self._ask(patience=0)

    def _was_asked(self) -> bool:
        """True where another process of this machine asked within the last second."""
        try:
            since = time.time() - (self._follower.root / LOCK).stat().st_mtime
        except OSError:
            return False
        return 0 <= since < 0.9 * SECONDS

    def _ask(self, **how: float) -> None:
        try:
            self._follower.follow(**how)
        except LockedError:  # another process is about it
            return
        except KashshafError as error:
            # Where there is nothing yet, whoever searches is told.
            if str(error) != str(self.trouble) and (self._follower.root / POINTER).exists():
                logger.warning("the index of the writer cannot be followed: %s", error)
            self.trouble = error
        else:
            self.trouble = None


def watch(root: Path) -> Watch | None:
    """The watch of a folder that this machine is a reader of; else None."""
    reader = follower(root)
    return Watch(reader) if reader else None
