"""A saved HTML page: what it says of itself for machines, else what its shape says.

* **Title**: the heading whose words also stand in the window's title; else the stated headline.
* **Text**: microdata's articleBody, else the ``article`` or ``main`` element with the most of it, else what
  readability-lxml takes out, else every running text. JSON-LD's articleBody, where that has much more.
  Comments, links in a row, forms, captions and asides are left out.
* **Heading**: ``h2`` to ``h6`` inside the text, with a paragraph below.
* **Lead**: the first paragraph, when it is called so or the page's description begins like it.
* **Date, author, section**: for machines, else around the title (:mod:`indexer.sources.html_byline`); the
  base of ages is when the page was saved, if its saver noted it (:mod:`indexer.sources.html_capture`).
* **Comments**: JSON-LD, microdata, else elements called comments (:mod:`indexer.sources.html_comments`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree
from readability import Document

from index.documents import Article, Section
from indexer import dates
from indexer.sources import html_byline, html_capture, html_comments, html_meta, html_tree, page_lines
from indexer.sources.base import Dater, Found, Reading, UnfitError
from indexer.sources.fields import count
from indexer.sources.html_tree import HEADINGS, Block
from indexer.sources.page_lines import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents import Comment, Precision
    from indexer.sources.html_meta import Meta
    from indexer.sources.html_tree import Element

_LEFT_OUT = frozenset(("nav", "aside", "footer", "form", "figure", "figcaption", "table", "address", "time"))
_ENOUGH = 200
"""Characters of running text that an element must hold to be the article."""
_LINKED = 0.6
_MARKUP = re.compile(r"</(?:p|div|span|a|h[1-6]|strong|em|b)\s{0,9}>|<(?:br|p)\b", re.IGNORECASE)
_LEAD = 40
_MOST_LEADS = 20
_LEAD_NAMES = frozenset(("lead", "lede", "intro", "standfirst", "summary", "excerpt", "deck"))
"""What makers of pages call the paragraph under the title, in class or id."""
_DAY = len("2016-05-24")
_EXACT = ("second", "day")
_SITE_MARKS = re.compile(r"\s+[-–—:|]\s+|\s*\|\s*")


def read(text: str, reading: Reading, place: str) -> Found:
    """The article of a page. Raises UnfitError, with the reason, where there is none."""
    text = html_tree.bounded(text)
    root = html_tree.parse(text)
    meta = html_meta.read(root)
    dater = Dater(_saved(reading, text, root))
    title = _heading(root) or meta.title or _name_in_window(root)
    blocks = _fuller(_from_text(list(_of_text(_content(root, text), title))), _stated(meta, title))
    lead, sections = _lead_apart(_sections(blocks), _leads(meta, root))
    if not sections and not lead:
        raise UnfitError("there is no article in the page: no running text")
    shown = html_byline.read(root, title)
    comments = html_comments.linked(meta.linked, dater) or html_comments.marked(root, dater)
    date, precision = dater.read(meta.date or shown.date)
    if date is None:
        date, precision = _of_edition(shown.head_date, comments, dater)
    author = _author(meta, root)
    article = Article(
        url=meta.url,
        title=title,
        lead=lead,
        sections=tuple(sections),
        date=date,
        date_precision=precision,
        date_source="stated" if date else None,
        source=meta.source or ("" if author == meta.author else meta.author),
        section=meta.section or html_byline.step(list(meta.path), title) or shown.section,
        author=author or shown.author,
        tags=meta.tags,
        comments_declared=_declared(meta, root),
        comments=comments,
    )
    return Found(article, place, dater.mended, one_page=True)


def _saved(reading: Reading, text: str, root: Element) -> Reading:
    """The reading with the moment the page was saved as its base, where the user has not named one."""
    saved = html_capture.captured(text, root, reading.zone) if reading.as_of is None else None
    return replace(reading, as_of=saved) if saved else reading


def _of_edition(
    stated: str, comments: Sequence[Comment], dater: Dater
) -> tuple[str | None, Precision | None]:
    """The date in the paper's head where the comments show that it is not the day of the visit.

    That is so when one is younger, and none is older, than it.
    """
    days = [comment.date[:_DAY] for comment in comments if comment.date and comment.date_precision in _EXACT]
    when = dates.parse(stated, dater.reading)
    if when is None or when.precision != "day" or not days or not min(days) >= when.iso < max(days):
        return None, None
    return when.iso, when.precision


def _declared(meta: Meta, root: Element) -> int | None:
    stated = count(meta.linked.get("commentCount"))
    return html_comments.declared(root) if stated is None else stated


def _window_title(root: Element) -> str:
    return " ".join(html_tree.plain(root.findtext(".//title")).split())


def _heading(root: Element) -> str:
    """The heading that the window's title repeats: h1 before h2 before h3, the longest of a kind.

    One that repeats only the lesser part of it is the site's name.
    """
    window = f" {key(_window_title(root))} "
    for tag in ("h1", "h2", "h3"):
        texts = [html_tree.text_of(element) for element in root.iter(tag)]
        inside = [text for text in texts if (own := key(text)) and f" {own} " in window]
        best = max(inside, key=len, default="")
        if len(key(best)) * 2 >= len(key(_name_in_window(root))) and best:
            return best
    alone = [text for element in root.iter("h1") if (text := html_tree.text_of(element))]
    return alone[0] if len(alone) == 1 and f" {key(alone[0])} " not in window else ""


def _name_in_window(root: Element) -> str:
    """The longest part of the window's title between bars, colons and dashes: the rest names the site."""
    return max(_SITE_MARKS.split(_window_title(root)), key=len).strip()


def _content(root: Element, text: str) -> list[Block]:
    bodies = [element for element in root.iter() if element.get("itemprop") == "articleBody"]
    for among in (bodies, list(root.iter("article")), list(root.iter("main"))):
        read_as = [_blocks(element) for element in among if not _in_comments(element)]
        best = max(read_as, key=_weight, default=[])
        if _weight(best) >= _ENOUGH:
            return best
    readable = _readable(text)
    return readable if _weight(readable) >= _ENOUGH else _running(root) or readable


def _stated(meta: Meta, title: str) -> list[Block]:
    """JSON-LD's articleBody: its lines as paragraphs, or the blocks of its HTML."""
    body = meta.linked.get("articleBody")
    text = html_tree.bounded(body) if isinstance(body, str) else ""
    if _MARKUP.search(text):
        try:
            return list(_of_text(_blocks(html_tree.parse(text)), title))
        except UnfitError:
            return []
    lines = (html_tree.plain(line) for line in text[: html_tree.LARGEST].splitlines())
    return list(_of_text([Block("p", line, 0.0) for line in lines if line], title))


def _fuller(visible: list[Block], stated: list[Block]) -> list[Block]:
    """What the page shows, unless it states more than twice as much for machines: it may show a beginning."""
    return stated if _weight(stated) > 2 * _weight(visible) else visible


def _running(root: Element) -> list[Block]:
    """All running text of the page, if there is enough of it."""
    running = [
        block for block in _blocks(root) if any(map(page_lines.is_paragraph, page_lines.split(block.text)))
    ]
    return running if _weight(running) >= _ENOUGH else []


def _in_comments(element: Element) -> bool:
    return any(
        html_comments.is_comments(up) for up in (element, *element.iterancestors()) if up.tag != "body"
    )


def _blocks(element: Element) -> list[Block]:
    return [block for block in html_tree.blocks(element, _left_out) if block.linked < _LINKED]


def _left_out(element: Element) -> bool:
    return element.tag in _LEFT_OUT or html_comments.is_comments(element)


def _weight(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks if block.tag not in HEADINGS)


def _readable(text: str) -> list[Block]:
    """What readability takes for the article."""
    try:
        summary = Document(text).summary(html_partial=True)
        return _blocks(html_tree.parse(summary))
    except (UnfitError, ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return []


def _from_text(blocks: list[Block]) -> list[Block]:
    """Without the short lines above the text, which are about the article."""
    for at, block in enumerate(blocks):
        if block.tag in HEADINGS or any(map(page_lines.is_paragraph, page_lines.split(block.text))):
            return blocks[at:]
    return blocks


def _sections(blocks: Sequence[Block]) -> list[Section]:
    """Headings with the paragraphs below them; a heading without any is dropped."""
    made: list[Section] = []
    heading = ""
    paragraphs: list[str] = []
    for block in blocks:
        if block.tag not in HEADINGS:
            paragraphs.append(block.text)
            continue
        if paragraphs:
            made.append(Section(heading, "\n\n".join(paragraphs)))
        heading, paragraphs = block.text, []
    if paragraphs:
        made.append(Section(heading, "\n\n".join(paragraphs)))
    return made


def _of_text(blocks: Sequence[Block], title: str) -> Iterator[Block]:
    """Without the title and what stands above it, and without lines that are dates."""
    own = key(title)
    start = max(
        (at + 1 for at, block in enumerate(blocks) if block.tag in HEADINGS and key(block.text) == own),
        default=0,
    )
    for block in blocks[start:]:
        if key(block.text) not in ("", own) and not dates.looks_like_date(block.text):
            yield block


def _leads(meta: Meta, root: Element) -> list[str]:
    """The beginnings that a lead may have: the description's, and those of elements called a lead."""
    called = (
        html_tree.text_of(element)
        for element in root.iter("p", "div", "h2", "h3", "strong")
        if any(
            word in _LEAD_NAMES
            for word in html_tree.named(element).replace("-", " ").replace("_", " ").split()
        )
    )
    return [
        start for text in (meta.description, *islice(called, _MOST_LEADS)) if (start := key(text)[:_LEAD])
    ]


def _lead_apart(sections: list[Section], leads: list[str]) -> tuple[str, list[Section]]:
    """The first paragraph apart, when it begins like a lead."""
    if not sections or sections[0].heading:
        return "", sections
    first, _, rest = sections[0].text.partition("\n\n")
    if not key(first).startswith(tuple(leads)) or not leads:
        return "", sections
    return first, [Section("", rest), *sections[1:]] if rest else sections[1:]


def _author(meta: Meta, root: Element) -> str:
    """The author the page states for machines; not the paper itself, which many name there."""
    papers = f" {key(_window_title(root))} {key(meta.source)} "
    return meta.author if meta.author and f" {key(meta.author)} " not in papers else ""
