"""Matches that share a value of the keyword to fold by: of each value one counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from index.engines.tantivy.schema import number_name

if TYPE_CHECKING:
    from tantivy import DocAddress, Query, Searcher

FETCHED = 1_000
"""Matches fetched at first."""


class Repeats:
    """The documents of a query that have a value which another one of them has, too.

    ``addresses`` and ``numbers``, those of their values, are parallel.
    """

    def __init__(self, searcher: Searcher, query: Query, keyword: str) -> None:
        found = _all(searcher, query)
        numbers: list[Any] = searcher.fast_field_values(number_name(keyword), found)
        documents = Counter(numbers)
        repeated = [documents[number] > 1 for number in numbers]
        self.addresses = [address for address, kept in zip(found, repeated, strict=True) if kept]
        self.numbers = [number for number, kept in zip(numbers, repeated, strict=True) if kept]
        self.hidden = len(numbers) - len(documents)
        """The documents that do not count."""


def _all(searcher: Searcher, query: Query) -> list[DocAddress]:
    found: Any = searcher.search(query, max(1, min(FETCHED, searcher.num_docs)))
    if len(found.hits) < found.count:
        found = searcher.search(query, found.count)
    return [address for _, address in found.hits]
