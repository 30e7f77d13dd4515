"""A page's tree: made from decoded text within bounds, and read as blocks of text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import lxml.html
from lxml import etree

from kashshaf.index.documents import Section
from kashshaf.indexer.sources.decoding.encoding import clean, shown
from kashshaf.indexer.sources.outcome import UnfitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Element = etree._Element
"""An element of a tree."""

LARGEST = 20_000_000
_QUICK = 100_000
"""Characters of a page that is parsed in half a second even if it is all attributes of one element."""
_MOST_ATTRIBUTES = 250
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_START_TAG = re.compile(
    rf"(?P<comment><!--.*?(?:-->|\Z))|(?P<kept><(?:(?P<raw>script|style)(?=[\s/>])|[a-z])[^\s/>]*+"
    rf"(?:{_ATTRIBUTE}){{0,{_MOST_ATTRIBUTES}}}+)(?P<more>(?:{_ATTRIBUTE})*+)"
    r"(?P<content>(?(raw).*?(?=</(?P=raw)|\Z)|))",
    re.DOTALL | re.IGNORECASE,
)
"""A start tag in parts; what looks like one in comments and scripts is passed over with them.

Every repetition is possessive, and a match takes all that it has looked at: time grows with the length.
"""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = HEADINGS | frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tbody", "td", "th", "tr", "ul",
    )
)  # fmt: skip
_NEVER = frozenset(
    (
        "button", "canvas", "head", "iframe", "noscript", "object", "script", "select", "style", "svg",
        "template", "textarea",
    )
)  # fmt: skip
_SPACE = re.compile(r"[ \t\r\f\n\u00a0]+")


@dataclass(frozen=True, slots=True)
class Block:
    """Text without a break. ``tag`` is the block element it stands in, ``linked`` the share in links.

    ``element``: that element, or the nearest above it in which a block can stand. ``pieces``: the texts
    between the tags in it, as they are, where there are several.
    """

    tag: str
    text: str
    linked: float
    element: Element | None = field(default=None, repr=False, compare=False)
    pieces: tuple[str, ...] = field(default=(), repr=False, compare=False)


def bounded(text: str) -> str:
    """The page without the attributes that an element has too many of: parsing takes their square in time."""
    if len(text) < _QUICK:
        return text
    return _START_TAG.sub(
        lambda tag: f"{tag['kept']}{tag['content']}" if tag["more"] else tag[0],
        text,
    )


_TOO_DEEP = "Excessive depth"
"""The beginning of libxml2's message on more than 256 levels."""


def parse(text: str, say: Callable[[str], None] = lambda _: None) -> Element:
    """The root of the page; ``say`` is told if it is not whole.

    Raises UnfitError for what is too large or has no element.
    """
    if len(text) > LARGEST:
        raise UnfitError(f"the page is larger than {LARGEST // 1_000_000} million characters")
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnfitError(f"it cannot be read as HTML: {str(error)[:120]}") from error
    if root is None:
        raise UnfitError("there is nothing in the page")
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        say("elements stand in each other more than 250 deep; what stands deeper was left out")
    return root


def blocks(root: Element, skip: Callable[[Element], bool] = lambda _: False) -> Iterator[Block]:
    """The texts below ``root`` in order, parted as a browser parts them; without what ``skip`` says."""
    making = _Making()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in _NEVER or (element is not root and skip(element)):
                walker.skip_subtree()
                making.skipped = element
                continue
            if tag in _BLOCKS:
                yield from making.close(tag, element)
            elif tag == "br":
                yield from making.close(making.tag, making.element)
            making.linked += tag == "a"
            making.add(element.text)
            continue
        if making.skipped is element:
            making.skipped = None
        else:
            making.linked -= tag == "a"
            if tag in _BLOCKS:
                above = element.getparent()
                yield from making.close(_block_tag(above), above)
        if element is not root:
            making.add(element.tail)
    yield from making.close("", None)


def _block_tag(element: Element | None) -> str:
    return str(element.tag) if element is not None and element.tag in _BLOCKS else ""


class _Making:
    """The block that is being read."""

    def __init__(self) -> None:
        self.tag = ""
        self.element: Element | None = None
        self.parts: list[str] = []
        self.in_links = 0
        self.linked = 0
        self.skipped: Element | None = None

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.in_links += len(text.strip()) if self.linked else 0

    def close(self, tag: str, element: Element | None) -> Iterator[Block]:
        text = plain("".join(self.parts))
        if text:
            pieces = tuple(self.parts) if len(self.parts) > 1 else ()
            yield Block(self.tag, text, min(1.0, self.in_links / len(text)), self.element, pieces)
        self.tag, self.element, self.parts, self.in_links = tag, element, [], 0


def sections_of(blocks: Iterable[Block]) -> list[Section]:
    """Headings with the paragraphs below them; a heading without any is left out."""
    made: list[Section] = []
    heading = ""
    paragraphs: list[str] = []
    for block in (*blocks, Block("h1", "", 0.0)):
        if block.tag not in HEADINGS:
            paragraphs.append(block.text)
            continue
        if paragraphs:
            made.append(Section(heading, "\n\n".join(paragraphs)))
        heading, paragraphs = block.text, []
    return made


def plain(text: str | None) -> str:
    """Text on one line, without space at its ends, cleaned: entities may stand for any character."""
    if not text or text.isspace():
        return ""
    return shown(_SPACE.sub(" ", clean(text)))


def text_of(element: Element) -> str:
    """All text below an element, on one line, without scripts."""
    if not len(element) and element.tag not in _NEVER:
        return plain(element.text)
    return " ".join(block.text for block in blocks(element))


def named(element: Element) -> str:
    """Class and id of an element, in lower case: what its maker calls it."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()
