"""XML as a response: elements of texts that may hold anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Response
from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document can hold, not even by reference."""


def sound(text: str) -> str:
    """Text with a replacement character for each one that XML cannot hold."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


def add(parent: _Element, tag: str, text: str | None = None, **attributes: str) -> _Element:
    """Add an element of the parent's namespace to it, with its text and attributes."""
    namespace = etree.QName(parent).namespace
    known = {name: sound(value) for name, value in attributes.items()}
    element = etree.SubElement(parent, etree.QName(namespace, tag), known)
    element.text = None if text is None else sound(text)
    return element


def response(root: _Element, mimetype: str) -> Response:
    """The document with its declaration, in UTF-8."""
    return Response(etree.tostring(root, xml_declaration=True, encoding="utf-8"), mimetype=mimetype)
