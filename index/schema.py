"""The schema of the two indexes: zones, levels, fields and keywords, as every engine has them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from analyzers.arabic import EXACT, FOLDED, ROOT, STEM

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

KEYWORDS: dict[IndexName, tuple[str, ...]] = {
    "articles": ("id", STORY, "source", "section", "author", "tag"),
    "comments": ("id", "article", "comment", "source", "section", "author", "tag"),
}

GROUPED: dict[IndexName, tuple[str, ...]] = {"articles": (STORY,), "comments": ("article",)}
"""The keywords that matches are grouped by, or folded: a document has one value of each at most."""


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
