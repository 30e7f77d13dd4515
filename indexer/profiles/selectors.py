"""CSS selectors for elements of pages: candidates, the simplest first, and a choice of those that hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lxml.cssselect import CSSSelector

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kashshaf.indexer.sources.html.tree import Element

_NAME = re.compile(r"-?[A-Za-z_][A-Za-z_-]*")
"""A class or id that a rule may rest on: one with digits is often one page's own."""
_NUMBERED = re.compile(r"([A-Za-z][A-Za-z_-]{2,})\d+")
_MOST_ABOVE = 6
_PATH = 2
"""Tags above an element that together say where it stands, though none of them has a name."""
_MOST_TRIED = 8
"""Pages whose elements are asked for selectors in one round."""
_MOST_ROUNDS = 4
_COMMON = frozenset(("html", "body"))
_TELLING = frozenset(("h1", "article", "main"))
"""Tags that a page has one of, mostly."""


@dataclass(frozen=True, slots=True)
class Target:
    """The elements that a selector should find below ``root``, a page or a part of one."""

    root: Element
    elements: tuple[Element, ...]


def candidates(elements: Sequence[Element], root: Element) -> list[str]:
    """Selectors that find one of the elements, from its name alone to its path from a named element above.

    A tag alone says enough of where something stands only inside a part of a page, and few say it everywhere.
    """
    names = _names(elements[0], elements)
    is_part = root.getparent() is not None
    above = [up for up in islice(elements[0].iterancestors(), _MOST_ABOVE) if up.tag not in _COMMON]
    if root in above:
        above = above[: above.index(root)]
    found = [name for name in names if name != elements[0].tag or is_part or name in _TELLING]
    path = names[0]
    for level, up in enumerate(above, start=1):
        own = _names(up, [up])
        found += [f"{name} > {path}" for name in own if name != up.tag or level >= _PATH or name in _TELLING]
        path = f"{own[0]} > {path}"
    return list(dict.fromkeys(found))


def _names(element: Element, alike: Sequence[Element]) -> list[str]:
    """Selectors by tag with id, with a shared beginning of ids or classes, with shared classes; tag alone."""
    tag = str(element.tag)
    names = [f"{tag}#{given}"] if _NAME.fullmatch(given := element.get("id") or "") else []
    shared = set.intersection(*(set((one.get("class") or "").split()) for one in alike))
    classes = [
        word for word in (element.get("class") or "").split() if word in shared and _NAME.fullmatch(word)
    ]
    names += [] if names else _begins(alike, "id")
    if classes:
        names.append(tag + "".join(f".{word}" for word in dict.fromkeys(classes)))
        names += [f"{tag}.{word}" for word in dict.fromkeys(classes)]
    else:
        names += _begins(alike, "class")
    marks = (name for name in ("itemprop", "rel") if _NAME.fullmatch(element.get(name) or ""))
    names += [f'{tag}[{name}="{element.get(name)}"]' for name in marks]
    return [*names, tag]


def _begins(alike: Sequence[Element], attribute: str) -> list[str]:
    """A selector by the beginning that all numbered ids or classes share: ``comment-1``, ``comment-2``."""
    first = _NUMBERED.match(alike[0].get(attribute) or "")
    if first is None or not all((one.get(attribute) or "").startswith(first[1]) for one in alike):
        return []
    return [f'{alike[0].tag!s}[{attribute}^="{first[1]}"]']


def chosen(
    pages: Sequence[Target],
    is_right: Callable[[Target, Sequence[Element]], bool],
    *,
    fewest: int,
    most_wrong: float,
) -> list[str]:
    """The selectors that find the targets, the one for most pages first.

    One is taken when it is right on ``fewest`` pages, and wrong on no larger share than ``most_wrong`` of
    those where it finds anything. Each further one is for the pages where those before it find nothing.
    """
    left = list(pages)
    taken: list[str] = []
    while len(left) >= fewest and len(taken) < _MOST_ROUNDS:
        graded = [_graded(one, left, is_right) for one in _tried(left)]
        fit = [
            one for one in graded if one.right >= fewest and one.wrong <= most_wrong * (one.right + one.wrong)
        ]
        if not fit:
            break
        best = max(fit, key=lambda one: one.right - one.wrong)  # of equals the first, which is the simplest
        taken.append(best.selector)
        left = best.left
    return taken


@dataclass(frozen=True, slots=True)
class _Graded:
    selector: str
    right: int
    wrong: int
    left: list[Target]


def _tried(pages: Sequence[Target]) -> list[str]:
    step = max(1, len(pages) // _MOST_TRIED)
    lists = [candidates(page.elements, page.root) for page in pages[::step] if page.elements]
    longest = max(map(len, lists), default=0)
    in_turn = (found[at] for at in range(longest) for found in lists if at < len(found))
    return list(dict.fromkeys(in_turn))


def _graded(
    selector: str, pages: Sequence[Target], is_right: Callable[[Target, Sequence[Element]], bool]
) -> _Graded:
    find = CSSSelector(selector, translator="html")
    right = wrong = 0
    left = []
    for page in pages:
        found = find(page.root)
        if not found:
            left.append(page)
        elif is_right(page, found):
            right += 1
        else:
            wrong += 1
    return _Graded(selector, right, wrong, left)
