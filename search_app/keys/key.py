"""A key to the API: its text is shown once, its hash is kept.

A text is ``kp_ID_SECRET`` for a public key and ``ka_ID_SECRET`` for an admin key, in hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

if TYPE_CHECKING:
    from datetime import datetime

Kind = Literal["public", "admin"]
LETTERS: dict[Kind, str] = {"public": "p", "admin": "a"}
"""The letter of each kind in a key's text: who finds one in a log can tell what it may do."""
_TEXT = re.compile(r"k[pa]_([0-9a-f]{10})_([0-9a-f]{40})")
_WORK = {"n": 1 << 14, "r": 8, "p": 1, "maxmem": 64 << 20, "dklen": 32}
"""scrypt: 16 MB and some 40 ms for a key that is not remembered (RFC 7914, for interactive use)."""
LAST = 4


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept. ``origins``: those of the pages that may use a public one; a server's has none.

    ``created`` and ``expires`` (None: never) are ISO 8601 in UTC; ``last`` are the last letters of its text.
    """

    id: str
    kind: Kind
    name: str
    origins: tuple[str, ...]
    created: str
    expires: str | None
    last: str
    salt: str
    hash: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Make one of the JSON form; raises TypeError or KeyError for another."""
        return cls(**{**data, "origins": tuple(data["origins"])})

    def is_expired(self, now: datetime) -> bool:
        """Tell whether it holds no more at a moment."""
        return self.expires is not None and self.expires <= moment(now)

    def is_of(self, secret: str) -> bool:
        """Tell, slowly, whether a secret is this key's."""
        return hmac.compare_digest(_hashed(secret, bytes.fromhex(self.salt)), self.hash)


class Parts(NamedTuple):
    """The two halves of a key's text: the first finds it, the second proves it."""

    id: str
    secret: str


def parts(text: str) -> Parts | None:
    """The halves of a text; None for one that can be no key."""
    found = _TEXT.fullmatch(text)
    return Parts(found[1], found[2]) if found else None


def make(
    kind: Kind, name: str, origins: tuple[str, ...], created: datetime, expires: datetime | None
) -> tuple[Key, str]:
    """A new key, and its text, which is nowhere kept."""
    key_id, secret, salt = secrets.token_hex(5), secrets.token_hex(20), secrets.token_bytes(16)
    text = f"k{LETTERS[kind]}_{key_id}_{secret}"
    until = moment(expires) if expires else None
    hashed = _hashed(secret, salt)
    key = Key(key_id, kind, name, origins, moment(created), until, text[-LAST:], salt.hex(), hashed)
    return key, text


def moment(when: datetime) -> str:
    """A moment in UTC to the second: these compare as text."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def spend_time(secret: str) -> None:
    """Take as long as to verify a key: nobody learns from the clock which ids there are."""
    _hashed(secret, b"\0" * 16)


def _hashed(secret: str, salt: bytes) -> str:
    return hashlib.scrypt(secret.encode(), salt=salt, **_WORK).hex()
