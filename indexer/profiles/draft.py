"""Drafts a profile from pages of a site: selectors of their parts that hold on most pages.

Each page is first read by the rules that know no site. Where that finds something, selectors are made for it,
and one is kept if it finds the same on most pages: so what most pages tell corrects the few read wrong.
Texts that stand on many pages are furniture, and are kept out of the text of articles.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.dates.parser import looks_like_date
from kashshaf.indexer.profiles import selectors
from kashshaf.indexer.profiles.selectors import Target
from kashshaf.indexer.sources.html import article_text, tree
from kashshaf.indexer.sources.html.byline import read_byline, title_element
from kashshaf.indexer.sources.html.comments import comment_elements, parts_of, repeated_lines
from kashshaf.indexer.sources.html.metadata import read_metadata
from kashshaf.indexer.sources.html.title import find_title
from kashshaf.indexer.sources.lines import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kashshaf.indexer.sources.html.comments import Parts
    from kashshaf.indexer.sources.html.tree import Block, Element

Value = str | list[str] | dict[str, str]
"""The value of a key in a profile."""

FEWEST = 3
"""The fewest pages of a site that a profile is drafted from."""
_FURNITURE_SHARE, _MOST_FURNITURE = 0.1, 500
_LONGEST_FURNITURE = 300
_MOST_ITEMS = 300
_SOURCE = 5_000
_ENOUGH = 0.9
"""Share of the text that the element must hold which is taken for the article."""
_SAME_TEXT = 0.8
_IN_COMMENTS = 0.5
"""Share of a site's comments that a line stands in which is none of any reader's own."""
_WRONG, _TEXT_WRONG = 0.15, 0.4
_TEXTS = tree.HEADINGS | {"p", "li", "blockquote"}
_SHOWN = ("kicker", "author", "section")
_PARTS = ("author", "date", "text", "likes")
_HELP = """\
# Drafted by kashshaf from {pages} pages{of}. Check it with: kashshaf extract --profile FILE PAGE...
# What a key does is in docs/sources.md. In a profile of your own, take out «drafted» and «furniture»: what it
# then states is final, and what it leaves out is found without it.
"""


@dataclass(slots=True)
class Sample:
    """A page of a site as the rules read it that know no site. ``source``: the beginning of its markup."""

    root: Element
    source: str
    url: str
    title: str
    blocks: list[Block]
    text: list[str]
    items: list[Element]
    shown: dict[str, str] = field(default_factory=dict)


def sample_page(text: str) -> Sample:
    """A page as a sample. Raises UnfitError for what is no HTML at all."""
    text = tree.bounded(text)
    root = tree.parse(text)
    facts = read_metadata(root).facts
    title = find_title(root, facts.title)
    byline = read_byline(root, title)
    return Sample(
        root=root,
        source=text[:_SOURCE],
        url=facts.url,
        title=title,
        blocks=list(tree.blocks(root)),
        text=[
            key(block.text)
            for block in article_text.of_article(article_text.visible_blocks(root, text), title)
        ],
        items=comment_elements(root),
        shown={name: getattr(byline, name) for name in _SHOWN},
    )


def draft_profile(samples: Sequence[Sample], host: str) -> str:
    """The profile as TOML; empty where the pages share nothing that could be stated.

    Of fewer pages than ``FEWEST`` it says what holds on more than half of them.
    """
    fewest = min(FEWEST, len(samples) // 2 + 1)
    furniture = _furniture(samples)
    article = {"title": _headings(samples, fewest), "text": _texts(samples, frozenset(furniture), fewest)}
    article |= {name: _short(samples, name, fewest) for name in _SHOWN}
    rows = {name: _value(found) for name, found in article.items() if found}
    comments = _comments(samples, fewest)
    if not rows and not comments:
        return ""
    head = _HELP.format(pages=len(samples), of=f" of {host}" if host else "")
    top = [f"hosts = {_toml([host])}"] if host else []
    top += ["drafted = true"] + ([f"furniture = {_toml(furniture)}"] if furniture else [])
    return "\n".join([head, *top, *_table("article", rows), *_table("comments", comments)]) + "\n"


def _value(found: list[str]) -> Value:
    return found[0] if len(found) == 1 else found


def _table(name: str, rows: Mapping[str, Value]) -> list[str]:
    return ["", f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in rows.items())] if rows else []


def _toml(value: Value) -> str:
    """A value as TOML, which has texts as JSON has them."""
    if isinstance(value, str):
        return orjson.dumps(value).decode()
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_toml(one)}' for key, one in value.items())} }}"
    return f"[{', '.join(map(_toml, value))}]"


def _headings(samples: Sequence[Sample], fewest: int) -> list[str]:
    pages = [
        Target(one.root, (element,))
        for one in samples
        if (element := title_element(one.root, key(one.title))) is not None
    ]
    return selectors.chosen(pages, _first_is_target, fewest=fewest, most_wrong=_WRONG)


def _first_is_target(page: Target, found: Sequence[Element]) -> bool:
    return found[0] in page.elements


def _are_targets(page: Target, found: Sequence[Element]) -> bool:
    return list(page.elements) == list(found)


def _texts(samples: Sequence[Sample], furniture: frozenset[str], fewest: int) -> list[str]:
    pages = []
    texts: dict[Element, Counter[str]] = {}
    for one in samples:
        own = frozenset(one.text) - furniture
        element = _article_element(one, own)
        if element is not None:
            pages.append(Target(one.root, (element,)))
            texts[one.root] = _characters(own)

    texts_in: dict[Element, frozenset[str]] = {}

    def is_right(page: Target, found: Sequence[Element]) -> bool:
        for each in found[:_MOST_ITEMS]:
            if each not in texts_in:
                texts_in[each] = frozenset(key(block.text) for block in article_text.blocks_of(each))
        known = _characters(frozenset().union(*(texts_in[each] for each in found[:_MOST_ITEMS])) - furniture)
        right = texts[page.root]
        same = 2 * (known & right).total()
        return same >= _SAME_TEXT * (known.total() + right.total())

    return selectors.chosen(pages, is_right, fewest=fewest, most_wrong=_TEXT_WRONG)


def _characters(keys: Iterable[str]) -> Counter[str]:
    return Counter({text: len(text) for text in keys if text})


def _article_element(one: Sample, wanted: frozenset[str]) -> Element | None:
    """The innermost element with nearly all of the text; None where the page's tree has it nowhere."""
    below: Counter[Element] = Counter()
    total = 0
    for block in one.blocks:
        if block.element is not None and key(block.text) in wanted:
            total += len(block.text)
            below[block.element] += len(block.text)
            for up in block.element.iterancestors():
                below[up] += len(block.text)
    holding = [element for element, length in below.items() if length >= _ENOUGH * total]
    inmost = max(holding, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
    while inmost is not None and inmost.tag in _TEXTS:
        inmost = inmost.getparent()  # the article is what holds its paragraphs, be there only one
    return inmost if inmost is not None and inmost.tag not in ("html", "body") else None


def _short(samples: Sequence[Sample], name: str, fewest: int) -> list[str]:
    """Selectors of a short part, where it stands alone in an element."""
    pages = []
    for one in samples:
        value = key(one.shown[name])
        alone = [
            block.element
            for block in one.blocks
            if block.element is not None
            and key(block.text) == value
            and key(tree.text_of(block.element)) == value
        ]
        if alone or not value:
            pages.append(Target(one.root, tuple(alone) if value else ()))
    if sum(bool(page.elements) for page in pages) < fewest:
        return []
    return selectors.chosen(pages, _first_text_is_target, fewest=fewest, most_wrong=_WRONG)


def _first_text_is_target(page: Target, found: Sequence[Element]) -> bool:
    """True if the first element with a text is a target; on a page without that part, if none has a text."""
    first = next((element for element in found if tree.text_of(element)), None)
    return first in page.elements if first is not None else not page.elements


def _furniture(samples: Sequence[Sample]) -> list[str]:
    """The texts in articles that stand on a tenth of the pages and on three at least."""
    pages = Counter(text for one in samples for text in {key(block.text) for block in one.blocks} if text)
    inside = {text for one in samples for text in one.text}
    fewest = max(FEWEST, len(samples) * _FURNITURE_SHARE)
    found = [text for text, count in pages.most_common() if count >= fewest and text in inside]
    return sorted(text for text in found if len(text) <= _LONGEST_FURNITURE)[:_MOST_FURNITURE]


def _comments(samples: Sequence[Sample], fewest: int) -> dict[str, Value]:
    pages = [Target(one.root, tuple(one.items)) for one in samples if one.items]
    items = selectors.chosen(pages, _are_targets, fewest=min(fewest, max(1, len(pages))), most_wrong=_WRONG)
    if not items:
        return {}
    parts = [(item, parts_of(item, frozenset(page.elements))) for page in pages for item in page.elements][
        :_MOST_ITEMS
    ]
    furniture = repeated_lines([each.text for _, each in parts], _IN_COMMENTS)
    rows: dict[str, Value] = {"item": _value(items)}
    rows |= {name: found for name in _PARTS if (found := _part(parts, name))}
    return rows | ({"furniture": sorted(furniture)[:_MOST_FURNITURE]} if furniture else {})


def _part(parts: Sequence[tuple[Element, Parts]], name: str) -> Value:
    """A selector of a part of a comment, inside its element; of a date's machine form, if it is there."""
    targets = [
        Target(item, (element,))
        for item, each in parts
        if (element := getattr(each, f"{name}_in")) is not None and element is not item
    ]
    if name == "date":
        targets = [
            one for one in targets if one.elements[0].get("datetime") or _says_date_alone(one.elements[0])
        ]
    if len(targets) * 2 < len(parts):
        return []
    found = selectors.chosen(targets, _first_is_target, fewest=len(targets) // 2 + 1, most_wrong=_WRONG)
    if name == "date" and found and all(one.elements[0].get("datetime") for one in targets):
        return {"select": found[0], "attribute": "datetime"}
    return _value(found)


def _says_date_alone(element: Element) -> bool:
    return looks_like_date(tree.text_of(element))
