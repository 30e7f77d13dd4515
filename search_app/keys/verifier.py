"""Verifies keys: slowly the first time, from memory after that, and none that was revoked."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING

from cachetools import LRUCache

from kashshaf.search_app.keys.key import Key, parts, spend_time

if TYPE_CHECKING:
    from kashshaf.search_app.keys.key_file import KeyFile, Stamp

REMEMBERED = 1_000
"""Texts that were right. They are remembered until the file changes: a key in use must not have to be looked
at again while somebody tries so many wrong ones that no more are."""
LONGEST = 200


class Verifier:
    """Tells the key of a text. Safe to share between threads.

    What is remembered is a hash of the text. The file is looked at for each request, so a key that is revoked
    holds no longer in any process.
    """

    def __init__(self, file: KeyFile) -> None:
        self._file = file
        self._lock = Lock()
        self._stamp: Stamp | None = None
        self._keys: dict[str, Key] = {}
        self._right: LRUCache[bytes, str] = LRUCache(REMEMBERED)

    def keys(self) -> dict[str, Key]:
        """The keys by their ids, as they stand in the file now; raises KeyFileError."""
        stamp = self._file.stamp()
        with self._lock:
            if stamp != self._stamp:
                self._keys = {key.id: key for key in self._file.read()} if stamp else {}
                self._stamp = stamp
                self._right.clear()
            return self._keys

    def known(self, text: str) -> Key | None:
        """The key of a text that was verified lately; None for any other, right or wrong."""
        keys, digest = self.keys(), _digest(text)
        with self._lock:
            return _valid(keys.get(self._right.get(digest, "")))

    def verified(self, text: str) -> Key | None:
        """The key of a text, after the work that takes; None for a wrong, an expired and a revoked one."""
        given, key = parts(text[:LONGEST]), self.named(text)
        if given is None:
            return None
        if key is None:
            spend_time(given.secret)
            return None
        if not key.is_of(given.secret):
            return None
        with self._lock:
            self._right[_digest(text)] = key.id
        return key

    def named(self, text: str) -> Key | None:
        """The key that a text names, at once: whether the text is right is another question.

        None where it names none that holds. Raises KeyFileError.
        """
        given = parts(text[:LONGEST])
        return _valid(self.keys().get(given.id)) if given else None

    def origins(self) -> frozenset[str]:
        """The origins whose pages may use some key."""
        return frozenset(origin for key in self.keys().values() if _valid(key) for origin in key.origins)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _valid(key: Key | None) -> Key | None:
    return None if key is None or key.is_expired(datetime.now(UTC)) else key
