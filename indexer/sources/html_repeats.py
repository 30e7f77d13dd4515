"""Comments that nobody calls so: what repeats inside a page in one shape, below running text.

Inside a part that is called comments, what repeats there; else elements that each state one date of their own,
a name and some words, and no headline as a link, as lists of other articles do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from indexer import dates
from indexer.sources import html_tree, page_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indexer.sources.html_tree import Element

_HOLDERS = frozenset(("li", "div", "article", "section", "table", "tr", "dl", "dd", "p", "blockquote"))
_ITEMS = frozenset(("li", "dd", "tr", "article"))
_FURNITURE = frozenset(("nav", "aside", "footer", "header", "form"))
_FURNITURE_NAMES = frozenset(
    ("nav", "menu", "sidebar", "footer", "related", "latest", "popular", "widget", "archive", "breadcrumb")
)
_VARYING = frozenset(("odd", "even", "alt", "first", "last"))
"""Words by which makers of pages tell neighbours apart."""
_WORDS = re.compile(r"[a-z]+")
_LONGEST_DATE = 60
_MOST_DATES, _MOST_ABOVE, _MOST_HOLDERS = 2_000, 8, 20_000
_FEWEST = 2
_HEADLINE_WORDS, _FEWEST_WORDS, _LONGEST_NAME = 6, 3, 8
_MOST_LINKED = 0.5
_GOOD = 0.8
"""Share of a shape's elements that must be comments."""

Shape = tuple[object, ...]


def listed(root: Element, is_list: Callable[[Element], bool]) -> Iterator[list[Element]]:
    """What repeats inside each part that is called comments, the likeliest set first."""
    for part in root.iter(*_HOLDERS, "ul", "ol"):
        if is_list(part) and part.getparent() is not None and not is_list(part.getparent()):
            below = islice(part.iterdescendants(*_HOLDERS), _MOST_HOLDERS)
            shapes: dict[Shape, list[Element]] = defaultdict(list)
            for element in below:
                shapes[shape(element)].append(element)
            yield from sorted(shapes.values(), key=_length, reverse=True)


def dated(root: Element) -> Iterator[list[Element]]:
    """Elements of one shape with one date each, below running text; those with most to say first."""
    below: dict[Element, int] = defaultdict(int)
    for element in islice(_dating(root), _MOST_DATES):
        for up in islice(_upwards(element), _MOST_ABOVE):
            below[up] += 1
    shapes: dict[Shape, list[Element]] = defaultdict(list)
    for element, times in below.items():
        if times == 1 and element.tag in _HOLDERS:
            shapes[shape(element)].append(element)
    repeated = [found for found in shapes.values() if len(found) >= _FEWEST]
    for found in sorted(repeated, key=_length, reverse=True):
        if not _in_furniture(found[0]) and _is_below_text(root, found[0]):
            yield found


def are_comments(
    found: Sequence[Element], says: Callable[[Element], tuple[str, str]], *, signed: bool
) -> bool:
    """Whether most of the elements are: ``says`` gives the author and the text of each.

    ``signed``: each must have an author. What is no item of a list or table always must: paragraphs repeat too.
    """
    signed = signed or found[0].tag not in _ITEMS
    good = sum(_is_comment(element, *says(element), signed=signed) for element in found)
    return len(found) >= _FEWEST and good >= len(found) * _GOOD


def shape(element: Element) -> Shape:
    """Tag and classes of an element, without numbers and what tells neighbours apart; of one without, where it is."""
    own = _classes(element)
    if own:
        return element.tag, own
    above = element.getparent()
    return element.tag, own, (above.tag, _classes(above)) if above is not None else ()


def _classes(element: Element) -> frozenset[str]:
    words = (element.get("class") or "").lower().split()
    return frozenset(name for word in words if (name := "".join(_WORDS.findall(word))) not in _VARYING)


def _length(found: Sequence[Element]) -> tuple[int, int]:
    """Characters below the elements, then how deep they are: of two that hold the same the inner is meant."""
    said = sum(len(text) for element in found for text in element.itertext())
    return said, sum(1 for _ in found[0].iterancestors())


def _dating(root: Element) -> Iterator[Element]:
    """The elements that state a date between two tags, or as ``time``."""
    for element in root.iter():
        texts = (element.text, *(child.tail for child in element)) if isinstance(element.tag, str) else ()
        if element.tag == "time" or any(map(_is_date, texts)):
            yield element


def _is_date(text: str | None) -> bool:
    if not text or len(text) > _LONGEST_DATE * 2 or text.isspace():
        return False
    plain = html_tree.plain(text)
    return len(plain) <= _LONGEST_DATE and dates.looks_like_date(plain)


def _upwards(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _in_furniture(element: Element) -> bool:
    return any(
        up.tag in _FURNITURE or _FURNITURE_NAMES & set(_WORDS.findall(html_tree.named(up)))
        for up in _upwards(element)
        if up.tag not in ("html", "body")
    )


def _is_below_text(root: Element, element: Element) -> bool:
    for above in html_tree.blocks(root):
        if above.element is element or (
            above.element is not None and element in above.element.iterancestors()
        ):
            return False
        if any(map(page_lines.is_paragraph, page_lines.split(above.text))):
            return True
    return False


def _is_comment(element: Element, author: str, text: str, *, signed: bool) -> bool:
    links = [html_tree.text_of(link) for link in element.iter("a")]
    if any(len(link.split()) > _HEADLINE_WORDS for link in links):
        return False
    if sum(map(len, links)) > _MOST_LINKED * max(1, len(text)) + len(author):
        return False
    if any(True for _ in element.iter("form", "input", "textarea", "select")):
        return False
    named = 0 < len(author.split()) <= _LONGEST_NAME
    return bool(text) and (not signed or (named and len(text.split()) >= _FEWEST_WORDS))
