"""The HTML that feeds and exports have for an article's text: its headings and paragraphs, and nothing else.

WordPress keeps paragraphs as lines where no element parts them, and leaves its shortcodes in: ``[gallery]``
goes, of ``[caption]…[/caption]`` what stands inside stays. Brackets that are not shortcodes stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.sources.html import tree
from indexer.sources.outcome import UnfitError

if TYPE_CHECKING:
    from index.documents import Section
    from indexer.sources.html.tree import Block, Element

_NO_TEXT = frozenset(("figure", "figcaption", "form", "nav", "aside"))
_BLOCK_TAG = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|blockquote|table|br|pre)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_LINE_END = re.compile(r"\n+")
_BLANK_LINE = re.compile(r"\n[ \t\r]{0,99}\n")
_KNOWN = "audio|caption|embed|gallery|more|nextpage|playlist|quote|spoiler|video|wp_caption|youtube"
_SHORTCODE = re.compile(
    r"\[(?:/[a-z][a-z0-9_-]{0,40}|[a-z][a-z0-9_-]{0,40}[ \t][^\[\]<>]{0,500}?=[^\[\]]{0,1000}"
    rf"|(?:{_KNOWN})[ \t]{{0,9}})/?\]"
)
"""A shortcode: closed, with a value, or known to WordPress itself; «[sic]» is none."""
_OPENED = re.compile(r"\[([a-z][a-z0-9_-]{0,40})\]")
_CLOSED = re.compile(r"\[/([a-z][a-z0-9_-]{0,40})\]")
_ADDRESS = re.compile(r"https?://\S+")
_SEVERAL = 2
_MARKUP = re.compile(r"[<&]")


def sections(html: str, own: str = "") -> tuple[Section, ...]:
    """Headings with the paragraphs below them; a heading without any is left out.

    ``own``: the address of the article; a last paragraph that mainly leads there is its feed's credit line.
    """
    return tuple(tree.sections_of(_blocks(html, own)))


def text(html: str) -> str:
    """All of it as paragraphs."""
    return "\n\n".join(block.text for block in _blocks(html))


def inline(html: str) -> str:
    """All of it on one line: a title, a name."""
    return " ".join(block.text for block in _blocks(html)) if _MARKUP.search(html) else tree.plain(html)


def without_shortcodes(html: str) -> str:
    """The text without WordPress's shortcodes."""
    closed = set(_CLOSED.findall(html))
    if closed:
        html = _OPENED.sub(lambda tag: "" if tag[1] in closed else tag[0], html)
    return _SHORTCODE.sub("", html)


def _blocks(html: str, own: str = "") -> list[Block]:
    html = without_shortcodes(html)
    if not _PARAGRAPH.search(html):  # as WordPress does when it shows such a text
        html = (_BLANK_LINE if _BLOCK_TAG.search(html) else _LINE_END).sub("<br>", html)
    try:
        root = tree.parse(f"<div>{tree.bounded(html)}</div>")
    except UnfitError:
        return []
    credit = _credit(root, own) if own else None
    blocks = tree.blocks(root, lambda element: element is credit or element.tag in _NO_TEXT)
    return [block for block in blocks if not _ADDRESS.fullmatch(block.text)]


def _credit(root: Element, own: str) -> Element | None:
    """The last of several paragraphs, if a third of it are links and one of them leads to ``own``."""
    paragraphs = list(root.iter("p"))
    if len(paragraphs) < _SEVERAL:
        return None
    last = paragraphs[-1]
    links = list(last.iter("a"))
    linked = sum(len("".join(link.itertext())) for link in links)
    leads = any((link.get("href") or "").rstrip("/") == own.rstrip("/") for link in links)
    return last if leads and linked * 3 >= len("".join(last.itertext())) else None
