"""Addresses of pictures: those that a page could show, told by the address alone; nothing is fetched.

A picture is the article's only if it is a photograph or the like, of a size to be looked at. So drawings
(``.svg``, a site's logo as a rule) and the blank pixels by which readers are counted are none. A picture that
a site states for every page alike cannot be told from an article's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from urllib.parse import SplitResult

LONGEST = 2_000
"""Characters of an address; browsers and proxies take hardly more."""
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
"""Ends of the names of files that are pictures."""
SMALLEST = 50
"""Pixels of a side; a picture with a shorter one is a sign, or is there to count readers."""
_SOMEWHERE = "https://base.invalid/"
_WEB = ("http", "https")
_SAFE = "%/:=&?~#+!$,;@()*[]"
"""Signs that stay as they are in path and query: those of addresses, and ``%`` of what is escaped already.

Not the apostrophe, which would end an address that a page has between two.
"""
_NOT_IN_HOSTS = frozenset("@ \\\"'<>")
_BLANK = re.compile(r"(?:^|[/_.-])(?:1x1|blank|spacer|pixel|transparent)(?:[/_.-]|$)", re.IGNORECASE)
_DRAWN = (".svg", ".svgz")


def resolved(given: str, base: str = "") -> str:
    """The address of a picture in full, for one that may be relative to ``base``; empty if it can be none.

    Http or https, at most ``LONGEST`` characters, without a user's name; letters beyond ASCII in path and
    query are escaped, those of the host are not.
    """
    given = given.strip()
    if not given or len(given) > LONGEST or not given.isprintable() or "\\" in given:
        return ""
    try:
        parts = urlsplit(urljoin(base, given))
        host = parts.netloc  # perhaps that of base
        sound = parts.scheme in _WEB and bool(parts.hostname) and parts.port != 0 and host.isprintable()
    except ValueError:  # a port that is no number, brackets that are no address of IPv6
        return ""
    if not sound or set(host) & _NOT_IN_HOSTS or _is_blank(parts.path):
        return ""
    made = urlunsplit((parts.scheme, parts.netloc.lower(), *_escaped(parts), ""))
    return made if len(made) <= LONGEST else ""


def first_usable(candidates: Iterable[str]) -> str:
    """The first address, relative or not, that can be a picture's, as it was given; empty for none."""
    return next((each.strip() for each in candidates if resolved(each, _SOMEWHERE)), "")


def is_picture_file(address: str) -> bool:
    """True if the name of the file says that it is a picture."""
    try:
        return urlsplit(address).path.lower().endswith(SUFFIXES)
    except ValueError:
        return False


def is_large_enough(*sides: str | None) -> bool:
    """False if a stated side is too short for a picture; what is no number says nothing."""
    return all(int(side) >= SMALLEST for side in sides if side and side.isascii() and side.isdigit())


def _is_blank(path: str) -> bool:
    return path.lower().endswith(_DRAWN) or bool(_BLANK.search(path.rpartition("/")[2]))


def _escaped(parts: SplitResult) -> tuple[str, str]:
    return quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
