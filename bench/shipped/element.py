"""The script of the element, ``search_app/web/static/embed.js``, out of its modules in ``static/embed``.

Run ``python -m bench.shipped.element`` after a change there; a test holds that what is shipped is what this
makes. So nothing is built where Kashshaf is installed. The modules are such that a browser could load them
one by one; they become one by taking the imports out, each standing after those it imports, and small by
tdewolff's minifier, which renames what is local.
"""

from __future__ import annotations

import re
from pathlib import Path

import orjson

STATIC = Path(__file__).parents[2] / "search_app" / "web" / "static"
FOLDER = STATIC / "embed"
SHIPPED = STATIC / "embed.js"
ORDER = ("dom", "labels", "api", "completion", "address", "filters", "hits", "states", "overlay", "element")
"""The modules, each after those it imports."""
SHEET = 'import STYLE from "./style.css";\n'
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def made() -> str:
    """The script as it is shipped: the licence, then everything in a line."""
    import minify  # noqa: PLC0415 - the extra ``dev``: the tests of the order need no minifier

    licence = (FOLDER / "licence.js").read_text(encoding="utf-8")
    style = minify.string("text/css", (FOLDER / "style.css").read_text(encoding="utf-8"))
    small: str = minify.string("application/javascript", joined(style))
    return f"{licence}{small}\n"


def joined(style: str) -> str:
    """The modules as one, comments and all, with the style sheet as a text."""
    constant = f"const STYLE = {orjson.dumps(style).decode()};\n"
    texts = [(FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in ORDER]
    return _EXPORT.sub("", "".join(_IMPORT.sub("", text.replace(SHEET, constant)) for text in texts))


if __name__ == "__main__":
    SHIPPED.write_text(made(), encoding="utf-8")
