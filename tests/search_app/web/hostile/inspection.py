"""The markup that pages and passages may hold: all that is not listed here was brought in by a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator

_ELEMENTS = """
    html head meta title link script body a header div span main footer p form label input textarea button svg
    path nav ul ol li h1 h2 h3 section article mark time bdi details summary img select option fieldset legend
    rect dl dt dd code pre table thead tbody tr th td caption small br b blockquote aside figure em strong
"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""The elements of our templates."""
LEADING = ("href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "background")
_MARKED = re.compile("</?mark>")


def faults_of_page(text: str) -> Iterator[str]:
    """Each element, attribute or address of a page that none of our templates writes."""
    page: Any = html.document_fromstring(text)
    for node in page.iter():
        if not isinstance(node.tag, str):
            yield f"comment or instruction: {html.tostring(node)[:80]!r}"
        elif node.tag not in ELEMENTS:
            yield f"element: {node.tag}"
        else:
            yield from _faults_of_element(node)


def _faults_of_element(node: Any) -> Iterator[str]:
    for name, value in node.attrib.items():
        if name.startswith("on") or name in ("style", "srcdoc", "http-equiv") or not name.isprintable():
            yield f"attribute: {name}={value[:60]!r}"
        if name in LEADING and urlsplit(value.strip()).scheme not in ("", "http", "https"):
            yield f"address: {name}={value[:60]!r}"
    if node.tag == "script" and (node.text or not node.get("src", "").startswith("/static/search.js?v=")):
        yield f"script: {node.get('src')} {node.text!r}"


def is_marked_text(passage: str) -> bool:
    """True for HTML-safe text: escaped, with ``<mark>`` as the only tag."""
    return not {"<", ">"} & {*_MARKED.sub("", passage)}
