"""The number of connections of each worker, in memory that all of them share.

All wake for a new connection, and the quickest takes it: of eight that come in a row one worker may
get all. So one that has more than another leaves the next one to it for a moment.
"""

from __future__ import annotations

import mmap
import struct

PLACES = 256
"""Workers that there is room for; one beyond counts nothing, and takes what comes."""
PLACE = struct.Struct("<II")
"""Process id (0: free), and connections."""


class ConnectionCounts:
    """A count for each worker. Make it before the processes are forked that are to share it."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, PLACES * PLACE.size)

    def keep(self, pid: int, connections: int) -> None:
        """Note how many a worker has."""
        at = self._place_of(pid)
        if at is None:
            at = self._place_of(0)
        if at is not None:
            PLACE.pack_into(self._memory, at, pid, connections)

    def forget(self, pid: int) -> None:
        """Forget a worker that has ended."""
        at = self._place_of(pid)
        if at is not None:
            PLACE.pack_into(self._memory, at, 0, 0)

    def least_of_others(self, pid: int) -> int | None:
        """The connections of the worker that has fewest, this one aside; None where it is the only one."""
        return min((count for each, count in self._all() if each not in (0, pid)), default=None)

    def _all(self) -> list[tuple[int, int]]:
        return list(PLACE.iter_unpack(self._memory[:]))

    def _place_of(self, pid: int) -> int | None:
        return next((at * PLACE.size for at, (each, _) in enumerate(self._all()) if each == pid), None)
