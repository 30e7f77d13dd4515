"""Totals of searches: the matches, and what folding hides of them; walks that score nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kashshaf.index.engines.tantivy.folding.repeats import Repeats
from kashshaf.index.engines.tantivy.query_builder import both
from kashshaf.index.engines.tantivy.schema import LIKED, number_name
from kashshaf.index.limits import deadline

if TYPE_CHECKING:
    from tantivy import Query, Searcher

    from kashshaf.index.engines.tantivy.query_builder import QueryBuilder

ALL = 1 << 31
"""Values that Tantivy takes over from each segment: with fewer its counts would be estimates."""
_BUCKETS = "bucket limit"
"""Said by Tantivy where more values than it lists are shared."""


class Total(NamedTuple):
    """The number of matches, and of those among them that share a value with a better one."""

    matches: int
    hidden: int = 0


def total(searcher: Searcher, asking: QueryBuilder, matching: Query, fold: str, matches: int | None) -> Total:
    """The total of the documents that match, folded by a keyword, or by none; they are counted if need be."""
    deadline.check()
    if fold and matches != 0:
        try:
            return _folded_at_once(searcher, matching, fold, matches)
        except ValueError as error:
            if _BUCKETS not in str(error):
                raise
    if matches is None:
        matches = int(searcher.search(matching, 1).count)  # type: ignore[attr-defined] # not in the stub
    if not fold or not matches:
        return Total(matches)
    return Total(matches, Repeats(searcher, both(matching, asking.grouped(fold)), fold).hidden)


def _folded_at_once(searcher: Searcher, matching: Query, fold: str, matches: int | None) -> Total:
    """The same by one walk, which names but the values that several matches share; raises ValueError."""
    asked: dict[str, Any] = {
        "shared": {"terms": {"field": number_name(fold), "min_doc_count": 2, "size": ALL, "shard_size": ALL}}
    }
    if matches is None:
        asked["all"] = {"value_count": {"field": LIKED}}  # each document has one
    found: Any = searcher.aggregate(matching, asked)
    hidden = sum(bucket["doc_count"] - 1 for bucket in found["shared"]["buckets"])
    return Total(int(found["all"]["value"]) if matches is None else matches, hidden)
