"""Totals of searches: one walk over the matches, which scores nothing, counts them and what folding hides."""

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


def total(searcher: Searcher, asking: QueryBuilder, matching: Query, fold: str) -> Total:
    """The total of the documents that match, folded by a keyword, or by none."""
    deadline.check()
    if not fold:
        return Total(int(searcher.search(matching, 1).count))  # type: ignore[attr-defined] # not in the stub
    try:
        return _folded(searcher, matching, fold)
    except ValueError as error:
        if _BUCKETS not in str(error):
            raise
    repeats = Repeats(searcher, both(matching, asking.grouped(fold)), fold)
    return Total(int(searcher.search(matching, 1).count), repeats.hidden)  # type: ignore[attr-defined]


def _folded(searcher: Searcher, matching: Query, fold: str) -> Total:
    """The total by one aggregation, which names but the values that several matches share."""
    shared = {"field": number_name(fold), "min_doc_count": 2, "size": ALL, "shard_size": ALL}
    found: Any = searcher.aggregate(
        matching, {"all": {"value_count": {"field": LIKED}}, "shared": {"terms": shared}}
    )
    hidden = sum(bucket["doc_count"] - 1 for bucket in found["shared"]["buckets"])
    return Total(int(found["all"]["value"]), hidden)
