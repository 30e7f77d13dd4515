"""Pictures beside results: which addresses a page may show, and the policy that lets the browser load them.

Allowed are pictures of an article's own site, and those of the hosts that the setting names. Each page states
the hosts of the pictures on it, and no others, in its content security policy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit, urlunsplit

from flask import g

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from kashshaf.index.settings import Settings

EVERY, NO = "*", "none"
"""Words of the setting ``image_hosts``: every host by https; no picture at all."""
LONGEST = 2_000
"""Characters of an address."""
MOST_ORIGINS = 40
"""Hosts whose pictures one page shows: more would make its policy longer than servers pass on."""
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?!\d+$)[a-z0-9-]{2,63}")
"""A host by name, in ASCII; addresses of machines and names of a local network are none."""
_REST = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%/?\[\]#-]*")
_PORTS = {"https": 443, "http": 80}


class Pictures:
    """The pictures that pages may show, by the setting ``image_hosts``."""

    def __init__(self, settings: Settings) -> None:
        self._named = frozenset(filter(None, map(_place, settings.image_hosts)))
        self._every = EVERY in settings.image_hosts
        self._off = NO in settings.image_hosts

    def picture(self, hit: Mapping[str, object]) -> str:
        """The address of a picture that the page may show, or empty.

        ``hit``: an ``ArticleHit`` or ``ArticleView``. The page's policy then names the host of the picture:
        call it for pictures that are shown.
        """
        parts = None if self._off else _sound(str(hit.get("image", "")))
        if parts is None or not self._is_allowed(parts, str(hit.get("url", ""))):
            return ""
        origins: dict[str, None] = g.setdefault("picture_origins", {})
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in origins and len(origins) >= MOST_ORIGINS:
            return ""
        origins[origin] = None
        return urlunsplit(parts)

    def _is_allowed(self, picture: SplitResult, article: str) -> bool:
        """Tell whether a picture may be shown; by http only if the setting names its host."""
        if _is_below(picture.netloc, self._named):
            return True
        if picture.scheme != "https":
            return False
        own = _sound(article)
        site = frozenset((own.netloc.removeprefix("www."),)) if own else frozenset[str]()
        return _is_below(picture.netloc, site) or (self._every and ":" not in picture.netloc)


def origins() -> list[str]:
    """The origins of the pictures on the page that is being made."""
    return list(g.get("picture_origins", ()))


def install(app: Flask, settings: Settings) -> None:
    """Add the function ``picture`` to the templates of ``app``."""
    app.jinja_env.globals["picture"] = Pictures(settings).picture


def _place(given: str) -> str:
    parts = _sound(f"https://{given}")
    return parts.netloc if parts and parts.path in ("", "/") and not (parts.query or parts.fragment) else ""


def _is_below(place: str, sites: frozenset[str]) -> bool:
    """True for a host that is one of ``sites`` or lies below one; a port must be the same."""
    labels = place.split(".")
    return any(".".join(labels[at:]) in sites for at in range(len(labels)))


def _sound(address: str) -> SplitResult | None:
    """The parts of an address, its host in ASCII and without a port that goes without saying; else None."""
    if not address or len(address) > LONGEST or not address.isprintable():
        return None
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = parts.port
    except ValueError:  # UnicodeError is one
        return None
    rest = f"{parts.path}{parts.query}{parts.fragment}"
    if parts.scheme not in _PORTS or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    if not _REST.fullmatch(rest):
        return None
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    return parts._replace(netloc=netloc)
