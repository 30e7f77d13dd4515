"""``docs/openapi.json``: the contract of the API as the present code has it; its digest in ``docs/api.md``.

``python -m bench.shipped.contract`` writes the document, and the digest where the row of its version has
none yet (``-``). A version that has one stays as it is: what changes the contract gets a version, and a row,
of its own.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from kashshaf.index.settings import Settings
from kashshaf.search_app.web.contract.digest import digest
from kashshaf.search_app.web.contract.document import VERSION, document

DOCS = Path(__file__).parents[2] / "docs"


def text() -> bytes:
    """The document, as the file has it."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(document(Settings()), option=options)


def main() -> None:
    """Write the file and the digest; leave where the version has another digest already."""
    told = digest(document(Settings()))
    page = DOCS / "api.md"
    written = page.read_text(encoding="utf-8").replace(f"| {VERSION} | - |", f"| {VERSION} | `{told}` |")
    if f"| {VERSION} | `{told}` |" not in written:
        raise SystemExit(f"the contract has changed ({told}): raise VERSION and add its row to {page}")
    page.write_text(written, encoding="utf-8")
    (DOCS / "openapi.json").write_bytes(text())


if __name__ == "__main__":
    main()
