"""A crawl of all that the pages below a prefix lead to."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

SITE, PREFIX = "http://search.example", "/search"
FIRST = (
    "/",
    f"/search?q={quote('الميناء')}",
    f"/analyze?text={quote('الميناء')}",
    "/embed.js",
    "/search?q=zzzz",
)
MOST = 150
"""Addresses of a crawl: the facets of a few articles lead to all kinds of page within them."""
_LINK = re.compile(r"""(?<![-\w])(?:href|src|action|data-[a-z-]*url)=["']([^"'#]+)|url\(["']?([^)"']+)""")


def crawl(ask: Callable[[str], tuple[int, str, str]], most: int = MOST) -> dict[str, int]:
    """The status of each of our addresses, each of which must be below the prefix.

    ``ask`` takes path and query, and gives status, media type and text.
    """
    left = deque(f"{SITE}{PREFIX}{path}" for path in FIRST)
    found: dict[str, int] = {}
    while left and len(found) < most:
        address = left.popleft()
        if address not in found:
            parts = urlsplit(address)
            assert parts.path.startswith(f"{PREFIX}/"), f"{address} is not below the prefix"
            found[address], kind, text = ask(f"{parts.path}?{parts.query}")
            if kind.startswith(("text/html", "text/css")):
                left.extend(_ours(address, text))
    return found


def _ours(address: str, text: str) -> list[str]:
    links = {first or second for first, second in _LINK.findall(text)}
    targets = {urljoin(address, link.replace("&amp;", "&")) for link in links}
    return sorted(each for each in targets if each.startswith(SITE))
