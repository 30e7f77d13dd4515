"""Matches that share a value of the keyword to fold by: of each value one counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kashshaf.index.engines.tantivy.schema import number_name
from kashshaf.index.limits import deadline

if TYPE_CHECKING:
    from tantivy import DocAddress, Query, Searcher

FETCHED = 1_000
"""Matches fetched at first."""


class Repeats:
    """The documents of a query that have a value of ``keyword``; ``numbers``, of the values, are parallel.

    ``hidden`` of them do not count, since another one has the same value.
    """

    def __init__(self, searcher: Searcher, query: Query, keyword: str) -> None:
        self.addresses = _all(searcher, query)
        self.numbers: list[Any] = searcher.fast_field_values(number_name(keyword), self.addresses)
        self.hidden = len(self.numbers) - len(set(self.numbers))


def _all(searcher: Searcher, query: Query) -> list[DocAddress]:
    found: Any = searcher.search(query, max(1, min(FETCHED, searcher.num_docs)))
    hits = found.hits
    if len(hits) < found.count:
        deadline.check()
        hits = searcher.search(query, found.count, count=False).hits
    return [address for _, address in hits]
