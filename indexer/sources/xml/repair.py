"""Damaged XML made well-formed before the parser sees it, so that damage costs what is damaged and no more.

libxml2 goes on after an error, but from there on drops every ``&lt;`` and ``&quot;`` of a file, and after a
name that cannot be, every item. So signs that begin neither an element nor an entity become text, entities of
HTML what they stand for, elements that are not closed are closed, and what closes none is text. Comments and
instructions are left out. A section without an end, and a feed that ends inside an item, end with that item.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

_LETTERS = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LETTERS_AND_OTHERS = f"{_LETTERS}0-9.\u00b7\u0300-\u036f\u203f\u2040-"
_PART = f"[{_LETTERS}][{_LETTERS_AND_OTHERS}]{{0,500}}+"
_NAME = f"{_PART}(?::{_PART})?+"
"""A name with or without a prefix (XML 1.0, section 2.3; Namespaces in XML 1.0, section 4), not too long."""
_ATTRIBUTES = rf"""(?:\s++{_NAME}\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'))*+"""
_TOKEN = re.compile(
    rf"(?P<hidden><!\[CDATA\[|<!--|<\?)|<(?P<tag>/?(?P<name>{_NAME}))(?P<rest>{_ATTRIBUTES}\s*+/?)>"
    rf"|(?P<unfinished></(?P<ended>{_NAME})\s*+(?=<))"
    r"|(?P<sign><|&(?:#\d{1,7};|#x[\da-fA-F]{1,6};|[A-Za-z][A-Za-z\d]{0,30};)?|\]\]>)"
)
_REFERENCE = re.compile(r"&(?:#\d{1,7};|#x[\da-fA-F]{1,6};|[A-Za-z][A-Za-z\d]{0,30};)?")
_ROOT = re.compile(rf"<{_NAME}[\s/>]")
_DECLARATION = "<?xml"
_SPACE = " \t\r\n\ufeff"
_FEEDS = ("rss", "rdf:RDF")
_NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
"""The usual prefixes of feeds, which some forget to declare."""
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_KEPT = "<![CDATA["
_COMMENT = "<!--"
_ITEM_OVER = re.compile(
    r"</(?:item|entry)\s*+>\s*+(?:<(?:item|entry)[\s>]|</(?:channel|feed|rss|rdf:RDF)\s*+>)"
)
"""The end of an item before another, or before the end of the list."""
_ITEM_ENDS = re.compile(r"</(?:item|entry)\s*+>\s*+(?:</?[\w:]*+)?\Z|<(?:/[a-z]*)?\Z")
"""The beginning of that, at the end of a piece."""
_LISTS = frozenset(("channel", "feed", "rss", "rdf:RDF"))
"""Elements around items. Where one ends inside an item it is the item that does: others may follow."""
_OF_XML = {"lt;": "<", "gt;": ">", "amp;": "&", "quot;": '"', "apos;": "'"}
_CLOSES = "]]>"
_HELD = 5_000
"""Characters of a piece that wait for the next one: a tag may be cut."""
_LONGEST_REFERENCE = 40
_LONGEST_PROLOG = 100_000
_ITEMS = frozenset(("item", "entry"))
"""Elements that never stand in one of their own name: one that begins ends the one before it."""
_MOST_OPEN = 200
"""Elements in one another, of which the parser takes 256; what goes deeper is text."""


class Repair:
    """The text of an XML file, well-formed; ``places`` counts what was damaged, ``line`` has the first."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._given = iter(pieces)
        self._open: list[str] = []
        self._hidden = ""
        self._left = ""
        self._lines = 1
        self._ended_early = False
        self.places = 0
        self.line = 0

    def pieces(self) -> Iterator[str]:
        """The text from its beginning; where it is cut off, it stays so."""
        waiting = yield from self._prolog()
        for piece in self._given:
            waiting += piece
            end = _cut(waiting)
            done = "".join(self._repaired(waiting[:end]))
            waiting = self._left + waiting[end:]
            yield done
        yield "".join(self._repaired(waiting)) + self._left
        if self._ended_early and not self._hidden:
            yield "".join(self._close() for _ in tuple(self._open))

    def _prolog(self) -> Generator[str, None, str]:
        """The declaration and what else may stand before the first element; gives back what follows."""
        text = ""
        for piece in self._given:
            text += piece
            if _ROOT.search(text) or len(text) > _LONGEST_PROLOG:
                break
        first = self._first(text)
        root = _ROOT.search(text, first)
        start = root.start() if root else len(text)
        yield text[first:start]
        self._lines += text.count("\n", 0, start)
        return text[start:]

    def _first(self, text: str) -> int:
        """The place where the XML begins: at its declaration, else at the first tag; words before go."""
        declared = text.find(_DECLARATION)
        first = max(0, declared if declared >= 0 else text.find("<"))
        if text[:first].strip(_SPACE):
            self.places, self.line = 1, 1
        return first

    def _repaired(self, text: str) -> Iterator[str]:
        """The pieces of a text; ``_left`` keeps the beginning of what ends in the next one."""
        self._left = ""
        at = 0
        while at < len(text):
            if self._hidden:
                at, kept = self._pass_hidden(text, at)
                yield kept
                continue
            for token in _TOKEN.finditer(text, at):
                yield text[at : token.start()]
                at = token.end()
                yield self._read(token)
                if self._hidden:
                    break
            else:
                yield text[at:]
                at = len(text)
        self._lines += text.count("\n", 0, len(text) - len(self._left))

    def _pass_hidden(self, text: str, at: int) -> tuple[int, str]:
        """Go to the end of a section in which no sign has a meaning; what of it is kept."""
        closing = _ENDS[self._hidden]
        end = text.find(closing, at)
        kept = self._hidden == _KEPT
        inside = self._end_inside(text, at, end if end >= 0 else len(text))
        if inside >= 0:
            self._hidden = ""
            return inside, f"{text[at:inside]}{closing}" if kept else ""
        if end >= 0:
            self._hidden = ""
            return end + len(closing), text[at : end + len(closing)] if kept else ""
        end = max(at, _open_end(text, len(text) - len(closing) + 1))
        self._left = text[end:]
        return len(text), text[at:end] if kept else ""

    def _end_inside(self, text: str, at: int, end: int) -> int:
        """The place where a section without an end should have ended: with its element, else with its item.

        -1 where no item ends in it. A comment may well have items in it.
        """
        over = _ITEM_OVER.search(text, at, end) if self._hidden != _COMMENT else None
        if over is None:
            return -1
        self._damaged(over)
        element = text.find(f"</{self._open[-1]}", at, over.start()) if self._open else -1
        return element if element >= 0 else over.start()

    def _read(self, token: re.Match[str]) -> str:
        if hidden := token["hidden"]:
            self._hidden = hidden
            return hidden if hidden == _KEPT else ""
        if token["sign"]:
            return self._sign(token["sign"], token)
        if token["unfinished"]:
            self._damaged(token)
            return self._end(token["ended"], token)
        return self._end(token["name"], token) if token["tag"][0] == "/" else self._start(token)

    def _start(self, token: re.Match[str]) -> str:
        """The beginning of an element, after the end of what cannot be around it."""
        name = token["name"]
        ends = ""
        if len(self._open) >= _MOST_OPEN and name not in _ITEMS:
            return self._text(token)
        if name in _ITEMS and (around := self._around_item(name)) < len(self._open):
            self._damaged(token)
            ends = "".join(self._close() for _ in self._open[around:])
        rest = _REFERENCE.sub(lambda sign: self._sign(sign[0], token), token["rest"])
        if name in _FEEDS and not self._open:
            rest = f"{_declarations(rest)}{rest}"
        if not rest.endswith("/"):
            self._open.append(name)
        return f"{ends}<{name}{rest}>"

    def _around_item(self, name: str) -> int:
        """The number of open elements that an item may stand in."""
        lists = [at for at, each in enumerate(self._open, 1) if each in _LISTS]
        return (
            lists[-1]
            if lists
            else next((at for at, each in enumerate(self._open) if each == name), len(self._open))
        )

    def _end(self, name: str, token: re.Match[str]) -> str:
        if self._ended_early and name in _LISTS:
            name = next(filter(_ITEMS.__contains__, self._open), "")
            return self._closing(name) + self._close() if name else ""
        if self._open and self._open[-1] == name:
            return self._close()
        if name not in self._open:
            return self._text(token)
        self._damaged(token)
        item = next(filter(_ITEMS.__contains__, self._open), "")
        if name in _LISTS and item:
            self._ended_early = True
            name = item
        return self._closing(name) + self._close()

    def _text(self, token: re.Match[str]) -> str:
        """A tag that is none, as text."""
        self._damaged(token)
        return f"&#60;{token[0][1:]}"

    def _closing(self, name: str) -> str:
        """The ends of all elements that were opened in the last one of a name."""
        ends = []
        while self._open[-1] != name:
            ends.append(self._close())
        return "".join(ends)

    def _close(self) -> str:
        return f"</{self._open.pop()}>"

    def _sign(self, sign: str, token: re.Match[str]) -> str:
        """A sign as a reference by number, which the parser reads whatever came before."""
        if sign.startswith("&#"):
            return sign if _is_character(sign) else self._no_character(token)
        if sign == _CLOSES:
            return "]]&#62;"
        known = _OF_XML.get(sign[1:]) if sign != "<" else None
        if known is None:
            self._damaged(token)
            known = html5.get(sign[1:], sign[0]) if len(sign) > 1 else sign
            if known == sign[0]:
                return f"&#{ord(known)};{sign[1:]}"
        return "".join(f"&#{ord(char)};" for char in known)

    def _no_character(self, token: re.Match[str]) -> str:
        self._damaged(token)
        return ""

    def _damaged(self, token: re.Match[str]) -> None:
        self.places += 1
        if self.places == 1:
            self.line = self._lines + token.string.count("\n", 0, token.start())


def _is_character(reference: str) -> bool:
    """True if a reference by number stands for a character of XML (1.0, section 2.2)."""
    digits = reference[2:-1]
    number = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    return (
        number in (0x9, 0xA, 0xD)
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )


def _declarations(attributes: str) -> str:
    """The declarations of the usual prefixes that the attributes of a root lack."""
    return "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in _NAMESPACES.items()
        if f"xmlns:{prefix}" not in attributes
    )


def _open_end(text: str, end: int) -> int:
    """The place before ``end`` from which an item may end in the next piece; else ``end``."""
    begins = _ITEM_ENDS.search(text, max(0, len(text) - _HELD))
    return min(end, begins.start()) if begins else end


def _cut(text: str) -> int:
    """The place up to which a text can be read before the next piece is there."""
    tag = text.rfind("<", max(0, len(text) - _HELD))
    last = tag if tag >= 0 else text.rfind("&", max(0, len(text) - _LONGEST_REFERENCE))
    return last if last >= 0 else max(0, len(text) - len(_CLOSES))
