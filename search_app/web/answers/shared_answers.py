"""A store of answers that all worker processes share: a file in memory that is made before they are forked.

It is read and written by system calls, not mapped, so that it is in no process's own memory. A journal of
answers, the newest over the oldest, and before it a table of their places.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import tempfile
import weakref
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES, PROBED = 1 << 14, 8
"""Answers that there is room for in the table, and places in which one may stand."""
PLACE = struct.Struct("<16sQII")
"""Name, the offset in a journal without an end (0: free), the length and the checksum of an answer."""
NAME_BYTES = 16
_END = struct.Struct("<Q")
_TABLE = _END.size
_JOURNAL = _TABLE + (PLACES + PROBED) * PLACE.size
FIRST = 1
"""The offset of the first answer."""


class _Place(NamedTuple):
    name: bytes
    offset: int
    length: int
    checksum: int


class SharedAnswers:
    """Answers by their names, ``size`` bytes in all; safe between threads and between processes.

    Who reads takes no lock: what is written over meanwhile does not fit its checksum, and counts as not
    there. Who writes takes one that goes with its process, and where another writes leaves it at that.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._file = _file()
        self._lock = Lock()
        weakref.finalize(self, os.close, self._file)

    def get(self, name: bytes) -> bytes | None:
        """The answer of that name, ``NAME_BYTES`` long; None where there is none, or no longer."""
        for place in self._places(name):
            if place.name == name and place.offset:
                found = os.pread(self._file, place.length, _JOURNAL + place.offset % self._size)
                return found if _checksum(name, found) == place.checksum else None
        return None

    def keep(self, name: bytes, answer: bytes) -> None:
        """Keep an answer over the oldest; one that finds no room, or another writing, is not kept."""
        if len(answer) <= self._size:
            with contextlib.suppress(OSError), self._writing() as may:
                if may:
                    self._write(name, answer)

    def _write(self, name: bytes, answer: bytes) -> None:
        offset = _END.unpack(os.pread(self._file, _END.size, 0).ljust(_END.size, b"\0"))[0] or FIRST
        room = self._size - offset % self._size
        if len(answer) > room:  # an answer lies in one piece
            offset += room
        os.pwrite(self._file, _END.pack(offset + len(answer)), 0)
        os.pwrite(self._file, answer, _JOURNAL + offset % self._size)
        places = self._places(name)
        own = (at for at, place in enumerate(places) if place.name == name)
        step = next(own, min(range(PROBED), key=lambda at: places[at].offset))
        place = PLACE.pack(name, offset, len(answer), _checksum(name, answer))
        os.pwrite(self._file, place, _start(name) + step * PLACE.size)

    def _places(self, name: bytes) -> list[_Place]:
        """The places in which a name may stand."""
        size = PROBED * PLACE.size
        rows = os.pread(self._file, size, _start(name)).ljust(size, b"\0")
        return [_Place(*row) for row in PLACE.iter_unpack(rows)]

    @contextlib.contextmanager
    def _writing(self) -> Iterator[bool]:
        """Hold the locks between threads and between processes; False where somebody else does."""
        if not self._lock.acquire(blocking=False):
            yield False
            return
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            try:
                yield True
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
        finally:
            self._lock.release()


def _start(name: bytes) -> int:
    """The offset of the first place of a name."""
    return _TABLE + int.from_bytes(name[:4], "little") % PLACES * PLACE.size


def _checksum(name: bytes, answer: bytes) -> int:
    return crc32(answer, crc32(name))


def _file() -> int:
    """A file without a name, in memory where the system has such."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("kashshaf-answers")
    file, name = tempfile.mkstemp()
    Path(name).unlink()
    return file
