"""Headers by which a proxy tells who asked, and how: believed of the proxies that the settings name alone.

Of each header the last value counts, which the nearest proxy wrote. One that is not well formed is dropped,
since a proxy hands on what it does not set.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PEER = "kashshaf.peer"
"""The key of a WSGI environment for the address of who asks; empty where a proxy asks for somebody."""
DROPPED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_FORWARDED_SCHEME",
    "HTTP_X_ORIGINAL_URL",
    "HTTP_X_ORIGINAL_HOST",
    "HTTP_X_REWRITE_URL",
    "HTTP_X_REAL_IP",
    "HTTP_X_SCRIPT_NAME",
    "HTTP_FRONT_END_HTTPS",
)
"""Headers of the kind that nothing here reads: what is not there cannot be believed by mistake."""
_HOST = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
)
_PREFIX = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,62}){1,8}")


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return "%" not in value  # after which a zone may be named, by anything


WELL_FORMED: dict[str, Callable[[str], object]] = {
    "HTTP_X_FORWARDED_FOR": _is_address,
    "HTTP_X_FORWARDED_PROTO": ("http", "https").__contains__,
    "HTTP_X_FORWARDED_HOST": _HOST.fullmatch,
    "HTTP_X_FORWARDED_PREFIX": _PREFIX.fullmatch,
}


class Forwarded:
    """A WSGI application that tells ``application`` what trusted proxies say of a request.

    ``proxies``: networks as ``ipaddress`` reads them. ``prefix``: a prefix that the settings name, so that
    none is taken from a header.
    """

    def __init__(self, application: WSGIApplication, proxies: Sequence[str], prefix: str) -> None:
        self._application = application
        self._believing = ProxyFix(application, x_for=1, x_proto=1, x_host=1, x_prefix=0 if prefix else 1)
        self._networks = [ip_network(each) for each in proxies]
        self._is_trusted = lru_cache(1024)(self._look_up)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request as it was put to the proxy."""
        peer = str(environ.get("REMOTE_ADDR", ""))
        trusted = self._is_trusted(peer)
        forwarded = _clean(environ, trusted=trusted)
        environ[PEER] = "" if forwarded or trusted else peer
        return (self._believing if trusted else self._application)(environ, start_response)

    def _look_up(self, peer: str) -> bool:
        return _is_address(peer) and any(ip_address(peer) in network for network in self._networks)


def _clean(environ: WSGIEnvironment, *, trusted: bool) -> bool:
    """Leave the last value of each header if it may be believed; tell whether any was there."""
    forwarded = [name for name in (*DROPPED, *WELL_FORMED) if name in environ]
    for name in forwarded:
        last = environ.pop(name).rpartition(",")[2].strip()
        if trusted and name in WELL_FORMED and WELL_FORMED[name](last):
            environ[name] = last
    return bool(forwarded)
