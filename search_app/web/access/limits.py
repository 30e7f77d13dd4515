"""Limits of requests in a time, by address and by key."""

from __future__ import annotations

import ipaddress
import math
import time
from functools import lru_cache
from typing import TYPE_CHECKING

from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter

from kashshaf.search_app.web.access.shared_counters import SharedCounters

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings

AUTO = "600 per minute"
"""Of an address, unless the setting says otherwise: ten a second, more than somebody's typing asks for; so a
newsroom behind one address searches with ease."""
NETWORK_BITS = 64
"""Of an IPv6 address: a household has so many addresses that their last half says nothing."""
WRONG_KEYS, ALL_WRONG_KEYS = parse("10 per minute"), parse("120 per minute")
"""Wrong keys of one address, and of all together for one key's name: each costs 40 ms of a processor. Those
that name no key are counted as one name, so that they lock nobody out who names a key that there is."""
KNOWN = 1 << 10
"""Addresses that need not be read again."""


class Limits:
    """The limits of the settings. Make it before workers are forked, that they count together."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = FixedWindowRateLimiter(SharedCounters())
        self._spares_own = settings.rate_limit == "auto"
        self._address = _rate(AUTO if self._spares_own else settings.rate_limit)
        self._key = _rate(settings.rate_limit_key)
        self._write = _rate(settings.rate_limit_write)

    def wait_for_address(self, address: str) -> int:
        """Count a request of an address; the seconds it has to wait, 0 where it is within the limit."""
        if self._spares_own and is_own(address):
            return 0
        return self._wait(self._address, "address", network(address))

    def wait_for_key(self, key_id: str, *, writes: bool) -> int:
        """Count a request with a key; the seconds it has to wait."""
        return self._wait(self._write, "write", key_id) if writes else self._wait(self._key, "key", key_id)

    def note_wrong_key(self, address: str, key_id: str) -> None:
        """Count a wrong key; ``key_id`` that it names, empty where there is none of that id."""
        self._limiter.hit(WRONG_KEYS, "wrong", network(address))
        self._limiter.hit(ALL_WRONG_KEYS, "named", key_id)

    def wait_for_guess(self, address: str, key_id: str) -> int:
        """The seconds until a key that is not known to be right is looked at."""
        one = self._left(WRONG_KEYS, "wrong", network(address))
        return max(one, self._left(ALL_WRONG_KEYS, "named", key_id))

    def _wait(self, rate: RateLimitItem | None, *name: str) -> int:
        if rate is None or self._limiter.hit(rate, *name):
            return 0
        return self._seconds(rate, *name)

    def _left(self, rate: RateLimitItem, *name: str) -> int:
        return 0 if self._limiter.test(rate, *name) else self._seconds(rate, *name)

    def _seconds(self, rate: RateLimitItem, *name: str) -> int:
        ends = self._limiter.get_window_stats(rate, *name).reset_time
        return max(1, math.ceil(ends - time.time()))


@lru_cache(KNOWN)
def network(address: str) -> str:
    """The name under which an address is counted: an IPv6 address by its network, a mapped one as IPv4."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, NETWORK_BITS), strict=False))


@lru_cache(KNOWN)
def is_own(address: str) -> bool:
    """Tell whether an address is this machine's own: a program on it, or a proxy that says not for whom."""
    try:
        return ipaddress.ip_address(network(address).partition("/")[0]).is_loopback or address == "::1"
    except ValueError:
        return False


def _rate(given: str) -> RateLimitItem | None:
    return None if given == "off" else parse(given)
