"""The schema of the two indexes: zones, levels, fields and keywords, as every engine has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from kashshaf.analyzers.arabic import EXACT, FOLDED, ROOT, STEM

if TYPE_CHECKING:
    from collections.abc import Iterable

IndexName = Literal["articles", "comments"]

INDEXES: tuple[IndexName, ...] = ("articles", "comments")


class Field(NamedTuple):
    """A zone at a level. An engine keeps frequencies and lengths of each field apart."""

    zone: str
    level: str


TITLE, HEADINGS, LEAD, OPENING, TEXT, COMMENTS = ("title", "headings", "lead", "opening", "text", "comments")
"""Zones of an article. ``text`` holds the whole article, title and headings included: every match is in it or
in ``comments``; the other zones only rank. A comment has ``text`` alone."""

GRAMS = "grams"
"""The level of letter trigrams. It is large, so only ``opening`` has it."""

FIELDS: dict[IndexName, tuple[Field, ...]] = {
    "articles": (
        Field(TITLE, STEM),
        Field(HEADINGS, STEM),
        Field(LEAD, STEM),
        Field(OPENING, GRAMS),
        Field(TEXT, EXACT),
        Field(TEXT, FOLDED),
        Field(TEXT, STEM),
        Field(TEXT, ROOT),
        Field(COMMENTS, EXACT),
        Field(COMMENTS, FOLDED),
        Field(COMMENTS, STEM),
    ),
    "comments": (Field(TEXT, EXACT), Field(TEXT, FOLDED), Field(TEXT, STEM), Field(TEXT, ROOT)),
}

MATCHED: dict[IndexName, tuple[str, ...]] = {"articles": (TEXT, COMMENTS), "comments": (TEXT,)}
"""The zones that together hold every word of a record."""

POSITIONED = (EXACT, FOLDED)
"""The levels with positions, so with phrases."""

STORY = "story"
"""The keyword that an article shares with its re-publications; an article without any has no value."""

NAMES = ("source", "section", "author", "tag")
"""The keywords that hold names as they were written."""

FOLDED_NAMES = {name: f"{name}_folded" for name in NAMES}
"""The keywords that hold these names folded (``index/names.py``): filters and facets go by them."""

YEAR, MONTH = ("year", "month")
"""The years (``2016``) and months (``2016-05``) that a document's span overlaps, in the site's time zone."""

FACETS = (*FOLDED_NAMES.values(), YEAR, MONTH)
"""The keywords by whose values matches are counted."""

KEYWORDS: dict[IndexName, tuple[str, ...]] = {
    "articles": ("id", STORY, *NAMES, *FACETS),
    "comments": ("id", "article", "comment", *NAMES, *FACETS),
}

GROUPED: dict[IndexName, tuple[str, ...]] = {"articles": (STORY,), "comments": ("article",)}
"""The keywords that matches are grouped by, or folded: a document has one value of each at most."""

FOLDED_FACETS: dict[IndexName, tuple[str, ...]] = {"articles": (STORY,), "comments": ()}
"""The keywords by which matches may be folded when they are counted by facets."""


def field_name(field: Field) -> str:
    """Name a field in the schema of an engine's library: its zone and its level."""
    return f"{field.zone}_{field.level}"


def keyword_name(keyword: str) -> str:
    """Name a keyword in the schema of an engine's library."""
    return f"k_{keyword}"


def require_grouped(index: IndexName, keyword: str) -> None:
    """Raise ValueError unless matches of the index can be grouped, or folded, by ``keyword``."""
    if keyword not in GROUPED[index]:
        known = ", ".join(GROUPED[index])
        raise ValueError(f"{index} cannot be grouped by {keyword!r}; they can be by: {known}")


def require_facets(index: IndexName, keywords: Iterable[str], fold: str) -> None:
    """Raise ValueError unless matches of the index can be counted by ``keywords``, folded by ``fold``."""
    for keyword in keywords:
        if keyword not in FACETS:
            raise ValueError(f"matches cannot be counted by {keyword!r}; they can be by: {', '.join(FACETS)}")
    if fold and fold not in FOLDED_FACETS[index]:
        raise ValueError(f"facets of {index} cannot be folded by {fold!r}")
