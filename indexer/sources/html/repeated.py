"""Comments without a name for them: elements that repeat in one shape, below running text.

Inside a part that is called comments, what repeats there; else elements that each state one date of their
own, a name and some words, and no headline as a link, as lists of other articles do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import dropwhile, islice
from typing import TYPE_CHECKING

from kashshaf.index.dates.parser import looks_like_date
from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.lines import has_paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kashshaf.indexer.sources.html.tree import Block, Element

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
_MOST_DATES, _MOST_ABOVE, _MOST_PARTS = 2_000, 8, 100
_LOOKED_AT, _MOST_TEXTS = 50, 500
"""Elements of a shape by which it is judged, and texts below each that are measured."""
_FEWEST = 2
_HEADLINE_WORDS, _FEWEST_WORDS, _LONGEST_NAME = 6, 3, 8
_MOST_LINKED = 0.5
_GOOD = 0.8
"""Share of a shape's elements that must be comments."""

Shape = tuple[object, ...]


def listed_sets(root: Element, is_list: Callable[[Element], bool]) -> Iterator[list[Element]]:
    """Sets of elements that repeat inside each part called comments, the likeliest first."""
    parts = (part for part in root.iter(*_HOLDERS, "ul", "ol") if is_list(part))
    outer: set[Element] = set()
    for part in islice(parts, _MOST_PARTS):
        if outer.isdisjoint(part.iterancestors()):
            outer.add(part)
            shapes: dict[Shape, list[Element]] = defaultdict(list)
            for element in part.iterdescendants(*_HOLDERS):
                shapes[shape(element)].append(element)
            yield from sorted(shapes.values(), key=_length, reverse=True)


def dated_sets(root: Element) -> Iterator[list[Element]]:
    """Elements of one shape with one date each, below running text; those with most to say first."""
    text = next((block.element for block in tree.blocks(root) if _is_text(block)), None)
    if text is None:
        return
    below: dict[Element, int] = defaultdict(int)
    for element in islice(_dating(root, text), _MOST_DATES):
        for up in islice(_upwards(element), _MOST_ABOVE):
            below[up] += 1
    around = set(_upwards(text))
    shapes: dict[Shape, list[Element]] = defaultdict(list)
    for element, times in below.items():
        if times == 1 and element.tag in _HOLDERS and element not in around:
            shapes[shape(element)].append(element)
    repeated = [found for found in shapes.values() if len(found) >= _FEWEST]
    yield from (found for found in sorted(repeated, key=_length, reverse=True) if not _in_furniture(found[0]))


def are_comments(
    found: Sequence[Element], says: Callable[[Element], tuple[str, str]], *, signed: bool
) -> bool:
    """True if most of the elements are comments; ``says`` gives the author and the text of each.

    ``signed``: each must have an author; what is no item of a list or table must always: paragraphs repeat.
    """
    signed = signed or found[0].tag not in _ITEMS
    some = found[:_LOOKED_AT]
    good = sum(_is_comment(element, *says(element), signed=signed) for element in some)
    return len(found) >= _FEWEST and good >= len(some) * _GOOD


def shape(element: Element) -> Shape:
    """Tag and classes, without numbers and what tells neighbours apart; of one without any, where it is."""
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
    texts = (islice(element.itertext(), _MOST_TEXTS) for element in found[:_LOOKED_AT])
    length = sum(len(text) for below in texts for text in below) * len(found) // len(found[:_LOOKED_AT])
    return length, sum(1 for _ in found[0].iterancestors())


def _dating(root: Element, after: Element) -> Iterator[Element]:
    """The elements below another that state a date between two tags, or as ``time``."""
    for element in dropwhile(lambda one: one is not after, root.iter()):
        texts = (element.text, *(child.tail for child in element)) if isinstance(element.tag, str) else ()
        if element.tag == "time" or any(map(_is_date, texts)):
            yield element


def _is_date(text: str | None) -> bool:
    if not text or len(text) > _LONGEST_DATE * 2 or text.isspace():
        return False
    plain = tree.plain(text)
    return len(plain) <= _LONGEST_DATE and looks_like_date(plain)


def _upwards(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _in_furniture(element: Element) -> bool:
    return any(
        up.tag in _FURNITURE or _FURNITURE_NAMES & set(_WORDS.findall(tree.named(up)))
        for up in _upwards(element)
        if up.tag not in ("html", "body")
    )


def _is_text(block: Block) -> bool:
    return block.element is not None and has_paragraph(block.text)


def _is_comment(element: Element, author: str, text: str, *, signed: bool) -> bool:
    links = [tree.text_of(link) for link in element.iter("a")]
    if any(len(link.split()) > _HEADLINE_WORDS for link in links):
        return False
    if sum(map(len, links)) > _MOST_LINKED * max(1, len(text)) + len(author):
        return False
    if any(True for _ in element.iter("form", "input", "textarea", "select")):
        return False
    named = len(author.split()) <= _LONGEST_NAME and sum(map(str.isalpha, author)) > 1
    return bool(text) and (not signed or (named and len(text.split()) >= _FEWEST_WORDS))
