"""The script of the element: its modules joined into one file, which a page can name by its content.

The sources are modules that a browser could load one by one; here they become one by taking the imports out,
each module standing after those it imports. A test holds that no two of them declare one name.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson
import rjsmin

FOLDER = Path(__file__).parent.parent / "static" / "embed"
ORDER = (
    "licence", "dom", "labels", "api", "completion", "address", "filters", "hits", "states", "overlay", "element"
)  # fmt: skip
"""The modules, each after those it imports."""
SHEET = 'import STYLE from "./style.css";\n'
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SPACE = re.compile(r"\s*\n\s*")
_SHORT = 16


@dataclass(frozen=True, slots=True)
class Script:
    """The joined script: its bytes (UTF-8), the short hash in its address, its hash for ``integrity``."""

    source: bytes
    version: str
    integrity: str

    def tag(self, origin: str) -> str:
        """The ``<script>`` of this very version on a page; ``origin`` of the search server, with its path."""
        address = f"{origin.rstrip('/')}/embed/{self.version}.js"
        return (
            f'<script type="module" src="{address}" integrity="{self.integrity}" crossorigin="anonymous"></script>'
        )


@cache
def script() -> Script:
    """The script as it is shipped, without comments and indentation."""
    source = rjsmin.jsmin(joined(), keep_bang_comments=True).encode()
    digest = base64.b64encode(hashlib.sha384(source).digest()).decode()
    return Script(source, hashlib.sha256(source).hexdigest()[:_SHORT], f"sha384-{digest}")


def joined() -> str:
    """The modules as one, comments and all."""
    style = f"const STYLE = {orjson.dumps(sheet()).decode()};\n"
    modules = [(FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in ORDER]
    whole = "".join(_IMPORT.sub("", text.replace(SHEET, style)) for text in modules)
    return _EXPORT.sub("", whole)


def sheet() -> str:
    """The style sheet of the element in one line."""
    text = _CSS_COMMENT.sub("", (FOLDER / "style.css").read_text(encoding="utf-8"))
    return _CSS_SPACE.sub(" ", text).strip()
