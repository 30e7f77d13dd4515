"""Access to the desk: a key, once given, becomes a signed cookie; programs send the key itself.

A cookie holds a random name and its time, signed with the key: nothing is kept on the server, and whoever
changes the key ends all sessions. Forms carry a second signature of that name, so that no other page can send
them for an editor.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from flask import request as http
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from limits import RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter

from kashshaf.search_app.web.access.limits import network
from kashshaf.search_app.web.access.shared_counters import SharedCounters

if TYPE_CHECKING:
    from flask import Response

COOKIE = "kashshaf_desk"
HOURS = 12
"""The time a session lasts."""
WRONG_KEYS = RateLimitItemPerMinute(20)
"""Wrong keys taken from an address; beyond it none of its keys is looked at until the minute is over. There
is no limit for all together, by which one of them would shut the editors out: a key is too long to guess."""
_BEARER = "Bearer "
_LONGEST = 1_000
_SIGNED = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}


class Sessions:
    """The sessions of one key. Safe to share between threads.

    Made before workers are forked, these count wrong keys together.
    """

    def __init__(self, key: str) -> None:
        self._key = key
        self._cookies = URLSafeTimedSerializer(key, salt="desk session", signer_kwargs=_SIGNED)
        self._forms = URLSafeSerializer(key, salt="desk form", signer_kwargs=_SIGNED)
        self._limiter = FixedWindowRateLimiter(SharedCounters())

    def is_blocked(self) -> bool:
        """True while too many wrong keys have come from the address of the request."""
        return not self._limiter.test(WRONG_KEYS, _client())

    def is_key(self, given: str) -> bool:
        """Tell whether it is the key, in the same time for every wrong one; counts those."""
        if self.is_blocked():
            return False
        right = hmac.compare_digest(given.encode("utf-8", "replace"), self._key.encode())
        if not right:
            self._limiter.hit(WRONG_KEYS, _client())
        return right

    def start(self, response: Response) -> None:
        """Give the browser a session; over https it is sent back by https alone."""
        response.set_cookie(
            COOKIE,
            self._cookies.dumps(secrets.token_urlsafe(16)),
            max_age=HOURS * 3600,
            path=_path(),
            secure=http.is_secure,
            httponly=True,
            samesite="Strict",
        )

    def end(self, response: Response) -> None:
        """Take the session from the browser."""
        response.delete_cookie(COOKIE, path=_path(), httponly=True, samesite="Strict")

    def is_open(self) -> bool:
        """True for a request of a session, or with the key of its own."""
        return bool(self._name()) or self.has_key()

    def has_key(self) -> bool:
        """True for a request that brings the key: ``Authorization: Bearer KEY``."""
        given = http.headers.get("Authorization", "")
        return given.startswith(_BEARER) and self.is_key(given.removeprefix(_BEARER))

    def form_token(self) -> str:
        """The signature that forms of this session carry."""
        return str(self._forms.dumps(self._name()))

    def is_own_form(self, token: str) -> bool:
        """Tell whether a form was given to this session."""
        name = self._name()
        try:
            return bool(name) and hmac.compare_digest(str(self._forms.loads(token[:_LONGEST])), name)
        except (BadSignature, TypeError):  # also for what is signed, but no ASCII
            return False

    def _name(self) -> str:
        """The name of the session; empty without one, and for one that is old or not ours."""
        try:
            cookie = http.cookies.get(COOKIE, "")[:_LONGEST]
            return str(self._cookies.loads(cookie, max_age=HOURS * 3600)) if cookie else ""
        except BadSignature:
            return ""


def _client() -> str:
    return network(http.remote_addr or "")


def _path() -> str:
    """The path of the desk, below the prefix that a proxy shows us at."""
    return f"{http.script_root}/desk"
