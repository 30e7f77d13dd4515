"""The tree of a query: frozen dataclasses that know neither an engine nor a page.

Each node becomes a clause of :mod:`kashshaf.index.query`; ``zones`` are those of the index, or that of a
field around it::

    Word(text)      AnyOf over the zones of Term(zone, STEM, term); a stop word asks for nothing.
                    Neighbouring words of ``Query.parts`` are analysed as one text: they may be a number.
    Phrase(text)    AnyOf over the zones of Phrase(zone, FOLDED, slots)
    Exact(text)     the same at EXACT
    Prefix(text)    AnyOf of the lexicon's words that begin so, as Terms at FOLDED
    Fuzzy(text)     AnyOf of the lexicon's words that are spelt nearly so, as Terms at FOLDED
    Root(text)      AnyOf over the zones that have roots of Term(zone, ROOT, term)
    Field(name, …)  its node, with zones = (name,) in the names of kashshaf.index.schema
    Not(node)       what excludes the documents of that clause
    And(parts)      AllOf
    Or(parts)       AnyOf
    Query.parts     side by side: ranked; one that carries the query must match, an And or Or as a whole,
                    as a quoted phrase does; those of Not only exclude
    Query.filters   Filters.keywords and Filters.without
    Query.dates     Filters.start and Filters.end, by kashshaf.index.dates.intervals.day_span

A zone that lacks a level (kashshaf.index.schema.FIELDS; ``title`` has stems alone) is asked for at STEM.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

FieldName = Literal["title", "text", "comments", "source", "section", "author", "tag", "from", "to"]
"""Zones in the names of kashshaf.index.schema, keywords, and bounds of dates. A whole Query has zones alone
in its tree: keywords and bounds are its ``filters`` and ``dates``."""
KEYWORDS: tuple[FieldName, ...] = ("source", "section", "author", "tag")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed; the analyzer may find several in it (``10:30``), or a set phrase («بدون طيار»)."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, in this order, parted by single spaces."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A word, or words side by side, with exactly these letters."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with ``text``."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words that are spelt nearly like ``text``."""

    text: str


@dataclass(frozen=True, slots=True)
class Root:
    """Words that have the root of ``text``, a root or a word."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A node that must match in one zone; a field inside another overrides it."""

    name: FieldName
    node: Node


@dataclass(frozen=True, slots=True)
class Not:
    """Excludes documents that match ``node``, which is no Not."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts, none of them an And."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of two or more parts, none of them an Or."""

    parts: tuple[Node, ...]


Leaf = Word | Phrase | Exact | Prefix | Fuzzy | Root
Node = Leaf | Field | Not | And | Or


@dataclass(frozen=True, slots=True)
class KeywordFilter:
    """One of ``values`` in a keyword of the document, or none of them where it excludes."""

    keyword: FieldName
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last day, both included; None is open.

    ``surface`` are the words of time it was read from («الأسبوع الماضي»), empty where it was asked for by
    ``من:`` and ``إلى:``. It is no part of what makes two ranges equal.
    """

    first: date | None
    last: date | None
    surface: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query. ``notes`` are Arabic sentences on what was not understood, or otherwise than typed."""

    parts: tuple[Node, ...] = ()
    filters: tuple[KeywordFilter, ...] = ()
    dates: DateRange | None = None
    notes: tuple[str, ...] = field(default=(), compare=False)
