"""The title of a page: its heading that the window's title repeats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kashshaf.indexer.sources.html import tree
from kashshaf.indexer.sources.lines import key

if TYPE_CHECKING:
    from kashshaf.indexer.sources.html.tree import Element

_SITE_MARKS = re.compile(r"\s+(?:[-–—:|»«•·]|::)\s+|\s*\|\s*")


def find_title(root: Element, stated: str) -> str:
    """The title by the rules that know no site; ``stated``: the headline that stands there for machines."""
    return _heading(root) or stated or _name_in_window(root)


def window_title(root: Element) -> str:
    """The text of the ``title`` element, on one line."""
    return " ".join(tree.plain(root.findtext(".//title")).split())


def _heading(root: Element) -> str:
    """The heading that the window's title repeats: h1 before h2 before h3, the longest of a kind.

    One that repeats only the lesser part of it is the site's name.
    """
    window = f" {key(window_title(root))} "
    for tag in ("h1", "h2", "h3"):
        texts = [tree.text_of(element) for element in root.iter(tag)]
        inside = [text for text in texts if (own := key(text)) and f" {own} " in window]
        best = max(inside, key=len, default="")
        if len(key(best)) * 2 >= len(key(_name_in_window(root))) and best:
            return best
    alone = [text for element in root.iter("h1") if (text := tree.text_of(element))]
    return alone[0] if len(alone) == 1 and f" {key(alone[0])} " not in window else ""


def _name_in_window(root: Element) -> str:
    """The longest part of the window's title between bars, colons and dashes: the rest names the site."""
    return max(_SITE_MARKS.split(window_title(root)), key=len).strip()
