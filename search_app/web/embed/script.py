"""The script of the element as it is shipped, and the tag by which a page asks for this very version."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kashshaf.index.errors import UsageError
from kashshaf.search_app.web.localize import web_url

FILE = Path(__file__).parent.parent / "static" / "embed.js"
"""Made of the modules in ``static/embed`` by ``python -m bench.shipped.element``."""
_SHORT = 16


@dataclass(frozen=True, slots=True)
class Script:
    """The script: its bytes (UTF-8), the short hash in its address, its hash for ``integrity``."""

    source: bytes
    version: str
    integrity: str

    def path(self) -> str:
        """The path of this version below the server's address, without a leading slash."""
        return f"embed/{self.version}.js"


def tags(server: str) -> str:
    """The two tags of a page that has the element, the script of this version checked by its hash.

    ``server`` is the address at which readers reach the search server; UsageError if it is none.
    """
    if not web_url(server) or set(server) & set("\"'<>&\\ "):
        raise UsageError(f"the address cannot be {server!r}; it is such as https://search.example")
    address, made = server.rstrip("/"), script()
    return (
        f'<script type="module" src="{address}/{made.path()}"\n'
        f'  integrity="{made.integrity}" crossorigin></script>\n'
        f'<kashshaf-search api="{address}"></kashshaf-search>'
    )


@cache
def script() -> Script:
    """The script; read once."""
    source = FILE.read_bytes()
    digest = base64.b64encode(hashlib.sha384(source).digest()).decode()
    return Script(source, hashlib.sha256(source).hexdigest()[:_SHORT], f"sha384-{digest}")
