"""Counters that all worker processes share: memory that is mapped before they are forked.

The limits library has stores in one process's memory, where each worker would count by itself, and in servers
such as Redis, which a site would have to run for this alone.
"""

from __future__ import annotations

import hashlib
import mmap
import secrets
import struct
import time
from threading import Lock

from limits.storage import Storage

PLACES, PROBED = 1 << 16, 8
"""Counters that there is room for, and places in which one may stand. With more addresses at once the
counters that would end first are lost: a limit is then too kind, and memory stays as it is."""
PLACE = struct.Struct("<QdI")
"""Name (a keyed hash, 0: free), the time it ends, and the count."""


class SharedCounters(Storage):
    """A store for fixed windows. Make it before the processes are forked that are to share it.

    Two workers that count for one address in the same microsecond may count one: a limit is no ledger,
    and a lock that a killed worker holds would stop all others.
    """

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self._memory = mmap.mmap(-1, PLACES * PLACE.size)
        self._secret = secrets.token_bytes(16)
        self._lock = Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        """Errors of the store: none."""
        return LookupError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count for a name and return the sum in its window of ``expiry`` seconds."""
        name = self._name(key)
        with self._lock:
            at, ends, count = self._find(name)
            if not count:
                ends = time.time() + expiry
            PLACE.pack_into(self._memory, at, name, ends, min(count + amount, 2**32 - 1))
        return count + amount

    def get(self, key: str) -> int:
        """The sum in the window of a name."""
        with self._lock:
            return self._find(self._name(key))[2]

    def get_expiry(self, key: str) -> float:
        """The time at which the window of a name ends, in seconds since 1970; now, where there is none."""
        with self._lock:
            _, ends, count = self._find(self._name(key))
        return ends if count else time.time()

    def check(self) -> bool:
        """True: there is nothing that could be out of reach."""
        return True

    def reset(self) -> int | None:
        """Forget every count."""
        with self._lock:
            self._memory[:] = bytes(len(self._memory))
        return None

    def clear(self, key: str) -> None:
        """Forget the count of a name."""
        with self._lock:
            PLACE.pack_into(self._memory, self._find(self._name(key))[0], 0, 0.0, 0)

    def _name(self, key: str) -> int:
        """The number by which a name is kept; nobody can choose two that meet."""
        hashed = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8, key=self._secret).digest()
        return int.from_bytes(hashed, "little") or 1

    def _find(self, name: int) -> tuple[int, float, int]:
        """The offset for a name, with the end of its window and its count: 0 where it has none.

        That is its own place, else a free one, else that of the window which ends first.
        """
        now = time.time()
        best, best_end = 0, float("inf")
        for step in range(PROBED):
            at = (name + step) % PLACES * PLACE.size
            kept, ends, count = PLACE.unpack_from(self._memory, at)
            if ends <= now:
                ends = 0.0
            elif kept == name:
                return at, ends, count
            if ends < best_end:
                best, best_end = at, ends
        return best, 0.0, 0
