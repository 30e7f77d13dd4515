"""Checks of the values of settings, beyond their types."""

from __future__ import annotations

import ipaddress
import re
import zoneinfo
from typing import Any

SHORTEST_KEY = 16
"""Characters of a key: so many that nobody guesses it."""
_PREFIX = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")
_HOST = re.compile(r"[^\s/@?#\\:\"';,]+\.[^\s/@?#\\:\"';,.]+(:\d{1,5})?")
_ORIGIN_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")
_INDEXES = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_RATE = re.compile(r"[1-9]\d{0,6} ?(per|/) ?(second|minute|hour|day)")


def is_colour(value: Any) -> bool:
    """True for a colour as style sheets write it, of six hexadecimal digits."""
    return len(value) == 7 and value[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in value[1:])


def are_families(value: Any) -> bool:
    """True for names of letters, digits, spaces and hyphens: they stand in a style sheet."""
    return all(c.isalnum() or c in " ,-" for c in value) and len(value) <= 200


def is_zone(value: Any) -> bool:
    """True for the name of a time zone that this machine knows."""
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def is_rate(given: str) -> bool:
    """True for a number of requests in a time, or for no limit."""
    return given == "off" or bool(_RATE.fullmatch(given))


def is_image_host(given: str) -> bool:
    """True for a host, for all of them, or for none."""
    return given in ("*", "none") or bool(_HOST.fullmatch(given))


def is_origin(given: str) -> bool:
    """True for an origin as browsers send it: scheme, host and port, with nothing that could end a header."""
    scheme, parted, host = given.rstrip("/").partition("://")
    return bool(parted) and scheme in ("http", "https") and bool(_ORIGIN_HOST.fullmatch(host))


def is_key(value: Any) -> bool:
    """True for no key, or one that nobody guesses and a header can carry."""
    return not value or (len(value) >= SHORTEST_KEY and value.isprintable() and value == value.strip())


def is_prefix(value: Any) -> bool:
    """True for no path, or one whose parts need no escapes."""
    return not value or bool(_PREFIX.fullmatch(value))


def are_networks(value: Any) -> bool:
    """True for addresses and networks of IP."""
    for each in value:
        try:
            ipaddress.ip_network(each)
        except ValueError:
            return False
    return True


def is_index_prefix(value: Any) -> bool:
    """True for a beginning of names that OpenSearch takes, and that no pattern is."""
    return bool(_INDEXES.fullmatch(value))
