"""The text of an article by rules that know no site: its blocks, its lead."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree
from readability import Document

from kashshaf.index.dates.parser import looks_like_date
from kashshaf.index.documents import Section
from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.html.comments import is_comments
from kashshaf.indexer.sources.html.tree import HEADINGS, Block
from kashshaf.indexer.sources.lines import has_paragraph, key
from kashshaf.indexer.sources.outcome import UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.indexer.sources.html.metadata import Metadata
    from kashshaf.indexer.sources.html.tree import Element

_LEFT_OUT = frozenset(("nav", "aside", "footer", "form", "figure", "figcaption", "table", "address", "time"))
_ENOUGH = 200
"""Characters of running text that an element must hold to be the article."""
_LINKED = 0.6
_MARKUP = re.compile(r"</(?:p|div|span|a|h[1-6]|strong|em|b)\s{0,9}>|<(?:br|p)\b", re.IGNORECASE)
_NAME_PARTS = re.compile(r"[^\s_-]+")
_LEAD, _LEAD_SEEN = 40, 400
"""Letters by which a lead is known, and characters among which they are."""
_MOST_LEADS = 20
_LEAD_NAMES = frozenset(("lead", "lede", "intro", "standfirst", "summary", "excerpt", "deck"))
"""Names of the paragraph under the title, in class or id."""


def visible_blocks(root: Element, text: str) -> list[Block]:
    """The article's blocks as the page shows them: marked so, in its elements, or by readability."""
    bodies = [element for element in root.iter() if element.get("itemprop") == "articleBody"]
    for among in (bodies, list(root.iter("article")), list(root.iter("main"))):
        read_as = [blocks_of(element) for element in among if not _in_comments(element)]
        best = max(read_as, key=_weight, default=[])
        if _weight(best) >= _ENOUGH:
            return best
    readable = _readable(text)
    return readable if _weight(readable) >= _ENOUGH else _running(root) or readable


def stated_blocks(meta: Metadata, title: str) -> list[Block]:
    """JSON-LD's articleBody: its lines as paragraphs, or the blocks of its HTML."""
    body = meta.linked.get("articleBody")
    text = tree.bounded(body) if isinstance(body, str) else ""
    if _MARKUP.search(text):
        try:
            return list(of_text(blocks_of(tree.parse(text)), title))
        except UnfitError:
            return []
    lines = (tree.plain(line) for line in text[: tree.LARGEST].splitlines())
    return list(of_text([Block("p", line, 0.0) for line in lines if line], title))


def fuller(shown: list[Block], stated: list[Block]) -> list[Block]:
    """The blocks shown, or those stated for machines if more than twice as long: a page may show a part."""
    return stated if _weight(stated) > 2 * _weight(shown) else shown


def _running(root: Element) -> list[Block]:
    """All running text of the page, if there is enough of it."""
    running = [block for block in blocks_of(root) if has_paragraph(block.text)]
    return running if _weight(running) >= _ENOUGH else []


def _in_comments(element: Element) -> bool:
    return any(is_comments(up) for up in (element, *element.iterancestors()) if up.tag != "body")


def blocks_of(element: Element) -> list[Block]:
    """The blocks of an element that holds an article, without links, forms, captions and comments."""
    return [block for block in tree.blocks(element, _left_out) if block.linked < _LINKED]


def _left_out(element: Element) -> bool:
    return element.tag in _LEFT_OUT or is_comments(element)


def _weight(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks if block.tag not in HEADINGS)


def _readable(text: str) -> list[Block]:
    """The blocks that readability takes for the article."""
    try:
        summary = Document(text).summary(html_partial=True)
        return blocks_of(tree.parse(summary))
    except (UnfitError, ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return []


def of_article(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks of the article alone: below its title, without dates and short lines above the text."""
    return _from_text(list(of_text(blocks, title)))


def _from_text(blocks: list[Block]) -> list[Block]:
    """The blocks from the text on; the short lines above it are about the article."""
    for at, block in enumerate(blocks):
        if block.tag in HEADINGS or has_paragraph(block.text):
            return blocks[at:]
    return blocks


def of_text(blocks: Sequence[Block], title: str) -> Iterator[Block]:
    """The blocks below the title, without lines that are dates."""
    own = key(title)
    start = max(
        (at + 1 for at, block in enumerate(blocks) if block.tag in HEADINGS and key(block.text) == own),
        default=0,
    )
    for block in blocks[start:]:
        if key(block.text) not in ("", own) and not looks_like_date(block.text):
            yield block


def leads(meta: Metadata, root: Element | None) -> list[str]:
    """The beginnings that a lead may have: the description's, and those of elements called a lead.

    Without a root only the description's: a profile would say where the lead stands.
    """
    called = (
        tree.text_of(element)
        for element in (() if root is None else root.iter("p", "div", "h2", "h3", "strong"))
        if element.attrib and _LEAD_NAMES & set(_NAME_PARTS.findall(tree.named(element)))
    )
    return [
        start
        for text in (meta.description, *islice(called, _MOST_LEADS))
        if (start := key(text[:_LEAD_SEEN])[:_LEAD])
    ]


def lead_apart(parts: list[Section], starts: list[str]) -> tuple[str, list[Section]]:
    """The first paragraph apart, when it begins like a lead."""
    if not parts or parts[0].heading:
        return "", parts
    first, _, rest = parts[0].text.partition("\n\n")
    if not key(first[:_LEAD_SEEN]).startswith(tuple(starts)) or not starts:
        return "", parts
    return first, [Section("", rest), *parts[1:]] if rest else parts[1:]
