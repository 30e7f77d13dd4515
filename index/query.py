"""The query model: a small tree of values that never change, and that speaks no engine's language.

Terms and weighted clauses, of which a query has dozens, are tuples: quicker to make and to look up. The
others are not, since tuples of one content are equal, whatever their class.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Order = Literal["relevance", "newest", "oldest", "likes"]


class Term(NamedTuple):
    """Matches the documents that have ``text`` as a term of this zone at this level."""

    zone: str
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Matches where the slots follow each other at neighbouring positions of one zone.

    Each slot holds the terms that may stand there. A phrase of one slot is any of its terms.
    """

    zone: str
    level: str
    slots: tuple[tuple[str, ...], ...]

    def terms(self) -> list[Term]:
        """The terms of a phrase that has one in each slot."""
        return [Term(self.zone, self.level, text) for (text,) in self.slots]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Matches the documents that match at least one part; none at all where there are no parts."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Matches the documents that match every part; every document where there are no parts."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Matches the documents that match ``count`` of the parts or more; a part that stands twice counts twice.

    With a count of 0 it matches every document, with more than there are parts none.
    """

    count: int
    parts: tuple[Clause, ...]


Clause = Term | Phrase | AnyOf | AllOf | AtLeast
EVERYTHING = AllOf(())
NOTHING = AnyOf(())


class Weighted(NamedTuple):
    """Adds ``weight`` times the BM25 of ``clause`` to the score of a document that matches it.

    A phrase has one term in each slot here; it is as frequent as it occurs, and its idf is that of its terms
    together, as Lucene and Tantivy have it.
    """

    clause: Term | Phrase
    weight: float


@dataclass(frozen=True, slots=True)
class Filters:
    """The conditions on a document beside its words.

    ``keywords``: for each field named, one of its values. ``without``: none of these values. ``start`` and
    ``end`` (Unix seconds, both included) must overlap the document's own span; an undated document overlaps
    nothing.
    """

    keywords: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without: tuple[tuple[str, tuple[str, ...]], ...] = ()
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A whole search.

    A document matches that matches ``required`` and not ``excluded``; ``scoring`` only ranks the matches.
    ``offset`` and ``limit`` cut the page out of the ranked list; the total is of all matches, and with a
    ``limit`` of 0 it is all that is worked out.

    ``fold`` names a keyword of which a document has one value at most: of the matches that share a value only
    the best is a match, those without a value all are.
    """

    required: Clause = EVERYTHING
    scoring: tuple[Weighted, ...] = ()
    filters: Filters = Filters()
    order: Order = "relevance"
    offset: int = 0
    limit: int = 10
    fold: str = ""
    excluded: Clause = NOTHING


class Ask(NamedTuple):
    """A question to a reader: one of its methods, and arguments; what is a list there is a tuple here."""

    method: Literal["search", "groups", "having", "facets", "frequencies"]
    arguments: tuple[Any, ...]
