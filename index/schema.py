"""The schema of the two indexes: zones, levels, fields and keywords, as every engine has them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from analyzers.arabic import EXACT, FOLDED, ROOT, STEM

IndexName = Literal["articles", "comments"]


INDEXES: tuple[IndexName, ...] = ("articles", "comments")


class Field(NamedTuple):
    """One zone at one level: what an engine keeps apart, with frequencies and lengths of its own."""

    zone: str
    level: str


TITLE, HEADINGS, LEAD, OPENING, TEXT, COMMENTS = ("title", "headings", "lead", "opening", "text", "comments")
"""Zones of an article. ``text`` is all the article itself says, title and headings included: what matches
in any zone matches there or in ``comments``; the other zones only rank. A comment has ``text`` alone."""


GRAMS = "grams"
"""Three letters in a row, in place of words: a level that only ``opening`` has, since it is large."""


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
"""The levels at which phrases are looked for."""


STORY = "story"
"""The keyword that an article shares with its re-publications; it has none where there are none."""


KEYWORDS: dict[IndexName, tuple[str, ...]] = {
    "articles": ("id", STORY, "source", "section", "author", "tag"),
    "comments": ("id", "article", "comment", "source", "section", "author", "tag"),
}


GROUPED: dict[IndexName, tuple[str, ...]] = {"articles": (STORY,), "comments": ("article",)}
"""The keywords that matches are grouped by, or folded: a document has one value of each at most."""
