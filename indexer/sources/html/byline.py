"""The byline of an article: author, date and section as the page shows them around the title.

Nothing is taken from furniture (menus, side columns, the paper's head and foot), from comments, or from
below the text: a date or a name there may be anybody's. Above the title a date counts only inside an element
that is called the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from kashshaf.index.dates.fields import is_label, names_change
from kashshaf.index.dates.parser import is_age, looks_like_date
from kashshaf.index.dates.within import find_date
from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.html.comments import is_comments
from kashshaf.indexer.sources.html.tree import HEADINGS
from kashshaf.indexer.sources.lines import Line, has_paragraph, key, segments, split_lines
from kashshaf.indexer.sources.page_text.body import (
    Body,
    author_in,
    author_name,
    date_in,
    fill_byline,
    is_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.indexer.sources.html.tree import Block, Element

_FURNITURE = frozenset(("nav", "aside", "footer"))
_FURNITURE_NAMES = frozenset(("nav", "menu", "sidebar", "footer", "masthead", "topbar", "related"))
_ARTICLE_NAMES = frozenset(("article", "post", "story", "entry", "single"))
_AUTHOR_NAMES = frozenset(("author", "byline", "writer"))
_KICKER_NAMES = frozenset(("kicker", "eyebrow", "overline", "pretitle", "supertitle", "shoulder", "hat"))
_SECTION_NAMES = frozenset(("category", "categories", "cat", "section"))
_CRUMB_NAMES = frozenset(("breadcrumb", "breadcrumbs", "crumbs", "breadcrumblist"))
"""Names of these parts in class or id, where each stands as a word of its own."""
_WORDS = re.compile(r"[a-z]+")
_SHORT = ("p", "span", "div", "a", "li", "address", "b", "strong", "small", "td")
_AUTHOR_WORDS, _SECTION_WORDS, _DATE_WORDS, _KICKER_WORDS = 6, 4, 20, 25
_MOST_BLOCKS = 30
_LONGEST_TITLE = 500
_META_PARTS = 3
_LINE_WORDS, _ASIDE_WORDS = 14, 5
"""Words of a line in which a date may stand beside other things, and of what stands on one side of it."""
_ICONS = re.compile(r"[|\uff5c•·\u2190-\u2bff\ue000-\uf8ff\U0001f000-\U0001faff\U000f0000-\U0010fffd]+")
"""Bars, bullets, symbols, and the private characters of fonts of icons."""
_COUNT = re.compile(r"(?:(?:^| )\d{1,7} [^\W\d]+)+$|^[^\W\d]+(?: [^\W\d]+)?\s?:?\s?\(?\d{1,7}\)?$")
"""A count with its word or two: «1540 مشاهدة», «عدد القراءات: 1540»."""
_BAR = re.compile(r"\s*[|\uff5c]\s*")


@dataclass(slots=True)
class Byline:
    """A byline, each field empty where the page does not show it. ``date`` is the text that states it.

    ``head_date``: one in the paper's head. It may be the edition's, which is the article's, or the day of
    the visit.
    """

    date: str = ""
    author: str = ""
    section: str = ""
    kicker: str = ""
    head_date: str = ""


def read_byline(root: Element, title: str) -> Byline:
    """The byline of the article with that title."""
    page = _Surroundings(root, title)
    shown = page.below_title() if page.heading is not None else Byline()
    shown.date = page.machine_date() or shown.date or page.date_above_title(page.scope)
    shown.head_date = page.date_above_title(root)
    shown.author = page.named_author() or shown.author
    shown.kicker = page.kicker(shown.section)
    shown.section = page.called_section() or page.crumb() or shown.section
    return shown


def section_in_path(path: list[str], title: str) -> str:
    """The section in a path whose first step is the whole paper; the article itself is none."""
    steps = [name for name in path if name and key(name) != key(title)]
    return steps[1] if len(steps) > 1 and len(steps[1].split()) <= _SECTION_WORDS else ""


class _Surroundings:
    """A page: ``heading`` is the title's element, ``scope`` the innermost around it called an article."""

    def __init__(self, root: Element, title: str) -> None:
        self.root, self.title = root, title
        self.heading = title_element(root, key(title))
        above = [] if self.heading is None else list(self.heading.iterancestors())
        self.around = frozenset(above)
        self.scope = next(
            (up for up in above if up.tag != "body" and (up.tag == "article" or _ARTICLE_NAMES & _names(up))),
            None,
        )

    def below_title(self) -> Byline:
        """The byline in the lines between the title and the first paragraph."""
        blocks = list(islice(self._blocks_below(), _MOST_BLOCKS))
        lines = [
            replace(line, gap=1)  # each a block of its own: nothing is glued to what stands above
            for block in blocks
            for line in split_lines(block.text)
        ]
        body = Body()
        fill_byline(lines, body)
        for block in blocks:
            _fill_from(block, body)
        section = next(filter(None, map(_first_of_three, lines)), "")
        return Byline(body.date, body.author, section)

    def _blocks_below(self) -> Iterator[Block]:
        blocks = list(tree.blocks(self.root, self._is_furniture))
        own = [n for n, block in enumerate(blocks) if key(block.text) == key(self.title)]
        start = max((n for n in own if blocks[n].tag in HEADINGS), default=max(own, default=len(blocks)))
        return takewhile(lambda block: not _is_text(block), blocks[start + 1 :])

    def machine_date(self) -> str:
        """The date that a ``time`` element or datePublished states, in the article or beside its title."""
        near = self.scope
        if near is None and self.heading is not None:
            near = self.heading.getparent()
        for element in () if near is None else near.iter():
            stated = element.get("datetime")
            if element.get("itemprop") == "datePublished":
                stated = stated or element.get("content")
            if stated and not self._in_furniture(element):
                return str(stated)
        return ""

    def date_above_title(self, inside: Element | None) -> str:
        """The date nearest above the title inside an element; in the root, furniture is looked at too."""
        if inside is None or self.heading is None:
            return ""
        skip = is_comments if inside is self.root else self._is_furniture
        above: list[Block] = []
        for block in tree.blocks(inside, skip):
            if key(block.text) == key(self.title):
                stated = _date_in_head if inside is self.root else _date_of
                return next(filter(None, map(stated, reversed(above))), "")
            above.append(block)
        return ""

    def kicker(self, section: str) -> str:
        """The short heading right above the title, or what is called a kicker there."""
        if self.heading is None:
            return ""
        above = self.heading.getprevious()
        if above is None or not (above.tag in HEADINGS or _KICKER_NAMES & _names(above)):
            return ""
        text = tree.text_of(above)
        short = 0 < len(text.split()) <= _KICKER_WORDS and not _date_in(text)
        return text if short and key(text) not in (key(self.title), key(section)) else ""

    def named_author(self) -> str:
        """A short text that is marked or called the author's."""
        for element in (self.root if self.scope is None else self.scope).iter(*_SHORT):
            marked = "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author"
            if (marked or _AUTHOR_NAMES & _names(element)) and not self._in_furniture(element):
                name = author_name(tree.text_of(element))
                if 0 < len(name.split()) <= _AUTHOR_WORDS and not _date_in(name):
                    return name
        return ""

    def called_section(self) -> str:
        """A short text in the article that is marked or called its section."""
        for element in () if self.scope is None else self.scope.iter(*_SHORT):
            marked = "category" in (element.get("rel") or "").split()
            if (marked or _SECTION_NAMES & _names(element)) and not self._in_furniture(element):
                text = tree.text_of(element)
                if 0 < len(text.split()) <= _SECTION_WORDS:
                    return text
        return ""

    def crumb(self) -> str:
        """The first step below the paper's own in a path of links."""
        for element in self.root.iter("nav", "div", "ol", "ul", "p"):
            if _CRUMB_NAMES & (
                _names(element) | set(_WORDS.findall((element.get("itemtype") or "").lower()))
            ):
                return section_in_path([tree.text_of(link) for link in element.iter("a")], self.title)
        return ""

    def _in_furniture(self, element: Element) -> bool:
        return any(self._is_furniture(up) for up in (element, *element.iterancestors()))

    def _is_furniture(self, element: Element) -> bool:
        """True if an element is the site's own or of comments; one around the title never is."""
        if element in self.around or element is self.heading:
            return False
        if element.tag == "header":
            return self.scope is None or self.scope not in element.iterancestors()
        return bool(element.tag in _FURNITURE or _FURNITURE_NAMES & _names(element) or is_comments(element))


def _names(element: Element) -> frozenset[str]:
    return frozenset(_WORDS.findall(tree.named(element)))


def title_element(root: Element, own: str) -> Element | None:
    """The last heading that is the title, else the last element that holds its words alone; None for none."""
    if not own:
        return None
    alike = [one for one in root.iter(*HEADINGS) if key(tree.text_of(one)) == own]
    body = root.find("body")
    if not alike and body is not None:
        alike = [
            one
            for one in body.iter()
            if one.text and len(one.text) <= _LONGEST_TITLE and key(one.text) == own
        ]
    return alike[-1] if alike else None


def _is_text(block: Block) -> bool:
    return has_paragraph(block.text)


def _first_of_three(line: Line) -> str:
    """The section in «section | author | date». Between dashes the first is the place of the report."""
    parts = [part for part in _BAR.split(line.text) if part.strip()]
    known = len(parts) == _META_PARTS and looks_like_date(parts[-1])
    return parts[0] if known and len(parts[0].split()) <= _SECTION_WORDS else ""


def _fill_from(block: Block, body: Body) -> None:
    """Author and date from a line in which elements, icons or nothing part them."""
    if body.date and not body.is_change:
        return
    pieces = list(_pieces(block))
    dated = [piece for piece in pieces if date_in(piece) and find_date(piece)]
    for piece in pieces:
        body.take_date(piece if piece in dated else "")
        body.author = body.author or author_in(piece)
    others = [piece for piece in pieces if piece not in dated]
    if dated and len(others) == 1 and not block.linked and is_name(others[0]):
        body.author = body.author or others[0]
    if not dated and block.tag not in HEADINGS:
        body.take_date(_date_beside(block.text))


def _pieces(block: Block) -> Iterator[str]:
    """The texts of a line between its tags, icons and bars."""
    label = ""
    for text in block.pieces or (block.text,):
        for piece in filter(None, map(tree.plain, _ICONS.split(text))):
            if label or not piece.endswith(":"):
                yield f"{label} {piece}".strip()
            label = "" if label else piece if piece.endswith(":") else ""


def _date_beside(text: str) -> str:
    """The date in a short line beside a name, a count or a label, with the label of a change before it."""
    found = find_date(text) if len(text.split()) <= _LINE_WORDS else None
    if found is None or is_age(found.date):
        return ""
    before, after = _beside_counts(found.before), _beside_counts(found.after)
    if (before and after) or len((before or after).split()) > _ASIDE_WORDS:
        return ""
    if not (before + after).replace(" ", "").isalpha() and before + after:
        return ""
    return f"{found.before} {found.date}" if names_change(found.before) else found.date


def _beside_counts(text: str) -> str:
    """The words beside a date that are no label, no labelled name and no count: those of a name, if any."""
    return "" if is_label(text) or author_in(text) else _COUNT.sub(" ", text).strip()


def _date_of(block: Block) -> str:
    """The date that a line states, whole or in one of its parts."""
    stated = (date_in(part) for part in (block.text, *segments(block.text), *_pieces(block)))
    return next((date for date in stated if date and not is_age(date)), "") or _date_beside(block.text)


def _date_in_head(block: Block) -> str:
    return _date_in(block.text)


def _date_in(text: str) -> str:
    if len(text.split()) > _DATE_WORDS:
        return ""
    parts = (text, *segments(text))
    return next((part for part in parts if looks_like_date(part) and not is_age(part)), "")
