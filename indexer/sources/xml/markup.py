"""The HTML that feeds and exports have for an article's text: its headings and paragraphs, and nothing else.

WordPress keeps paragraphs as lines where no element parts them, and leaves its shortcodes in: ``[gallery]``
goes, of ``[caption]…[/caption]`` what stands inside stays. Brackets that are not shortcodes stay.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from kashshaf.index.documents import Section
from kashshaf.indexer.sources.decoding.encoding import clean, shown
from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.outcome import UnfitError

if TYPE_CHECKING:
    from kashshaf.indexer.sources.html.tree import Block, Element

_NO_TEXT = frozenset(("figure", "figcaption", "form", "nav", "aside"))
_BLOCK_TAG = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|blockquote|table|br|pre)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_PARAGRAPH_EDGE = re.compile(r"(</?p(?=[\s>]))", re.IGNORECASE)
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
_TAGS = (
    "a|abbr|address|article|aside|b|big|blockquote|body|button|center|cite|code|dd|del|div|dl|dt|em|embed"
    "|figcaption|figure|font|footer|form|h[1-6]|head|header|html|i|iframe|ins|label|li|main|mark|nav|noscript"
    "|o:p|object|ol|p|picture|pre|q|s|script|section|select|small|span|strike|strong|style|sub|sup|svg|table"
    "|tbody|td|textarea|tfoot|th|thead|time|tr|tt|u|ul|video"
)
_HTML = re.compile(
    rf"</(?:{_TAGS})\s{{0,9}}>|<(?:br|hr|img|input|link|meta)\b[^<>]{{0,2000}}>|<!--"
    rf"|<(?:{_TAGS})\s[^<>=]{{1,40}}=|\A\s{{0,99}}<(?:{_TAGS})(?:\s[^<>]{{0,2000}})?>",
    re.IGNORECASE,
)
"""Signs that a field is HTML: an element ends, has an attribute, needs no end, or begins the text."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,30});")
_ESCAPED_TWICE = re.compile(r"&(?!(?:lt|gt|#60|#62);)(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,8});")
_NO_BREAK = "\u00a0"


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


def field_sections(given: str) -> tuple[Section, ...]:
    """The sections of a field that may be HTML; of plain text one, none of no text."""
    html = _html(given)
    if html and (parts := sections(html)):
        return tuple(Section(_once(part.heading), _once(part.text)) for part in parts)
    rest = of_field(given)
    return (Section("", rest),) if rest else ()


def of_field(given: str) -> str:
    """The words of a field that may be HTML, as paragraphs; plain text stays as it is but for entities."""
    if not _MARKUP.search(given):
        return given
    html = _html(given)
    if html and len(html) <= tree.LARGEST:
        return _once(text(html))
    return _once(_unescaped(given))


def of_name(given: str) -> str:
    """The words of a field of one line that may be HTML: a title, a name."""
    return " ".join(of_field(given).split()) if _MARKUP.search(given) else given


def _html(given: str) -> str:
    """The HTML of a field, also of one that was escaped as a whole; empty for plain text."""
    if "<" in given and _HTML.search(given):
        return given
    plain = _unescaped(given) if "&lt;" in given else ""
    return plain if _HTML.search(plain) else ""


def _unescaped(given: str) -> str:
    """The text with what its entities stand for."""
    if not _ENTITY.search(given):
        return given
    plain = _ENTITY.sub(lambda entity: unescape(entity[0]), given)
    return shown(clean(plain.replace(_NO_BREAK, " ")))


def _once(plain: str) -> str:
    """The text without entities that had been escaped twice; signs of markup stay."""
    if not _ESCAPED_TWICE.search(plain):
        return plain
    read = _ESCAPED_TWICE.sub(lambda entity: unescape(entity[0]), plain)
    return shown(clean(read.replace(_NO_BREAK, " ")))


def without_shortcodes(html: str) -> str:
    """The text without WordPress's shortcodes."""
    closed = set(_CLOSED.findall(html))
    if closed:
        html = _OPENED.sub(lambda tag: "" if tag[1] in closed else tag[0], html)
    return _SHORTCODE.sub("", html)


def _blocks(html: str, own: str = "") -> list[Block]:
    html = without_shortcodes(html)
    html = _with_breaks(html)
    try:
        root = tree.parse(f"<div>{tree.bounded(html)}</div>")
    except UnfitError:
        return []
    credit = _credit(root, own) if own else None
    blocks = tree.blocks(root, lambda element: element is credit or element.tag in _NO_TEXT)
    return [block for block in blocks if not _ADDRESS.fullmatch(block.text)]


def _with_breaks(html: str) -> str:
    """The text with its line ends as breaks where they part paragraphs, as WordPress shows it.

    That is at every line end where no element parts any, and at blank lines outside of paragraphs that end.
    """
    if not _PARAGRAPH.search(html):
        return (_BLANK_LINE if _BLOCK_TAG.search(html) else _LINE_END).sub("<br>", html)
    parts = _PARAGRAPH_EDGE.split(html)
    opens = [part[:2] == "<p" or part[:2] == "<P" for part in parts]
    closed = [one and not other for one, other in zip(opens, (*opens[2:], True, True), strict=True)]
    return "".join(
        part if at and closed[at - 1] else _BLANK_LINE.sub("<br>", part) for at, part in enumerate(parts)
    )


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
