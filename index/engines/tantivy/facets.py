"""Matches counted by the values of keywords.

Tantivy counts documents by value; what folding hides of them is taken off here. It is found among the few
documents that may be folded, which carry a number for each combination of values.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from index.engines.tantivy.query_builder import both
from index.engines.tantivy.repeats import Repeats
from index.engines.tantivy.schema import number_name
from index.schema import keyword_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tantivy import Query, Searcher

    from index.engines.tantivy.documents import Documents
    from index.engines.tantivy.query_builder import QueryBuilder
    from index.query import Search

WIDER = 4
"""Factor by which more values are fetched where those hidden may have changed their order."""


class Facets:
    """The facets of one search."""

    def __init__(
        self, searcher: Searcher, asking: QueryBuilder, documents: Documents, search: Search
    ) -> None:
        self._searcher = searcher
        self._documents = documents
        self._matching = asking.matching(search)
        self._repeats = self._repeated(asking.grouped(search.fold), search.fold) if search.fold else None

    def counts(self, sizes: Mapping[str, int]) -> dict[str, dict[str, int]]:
        """The commonest values of each keyword, at most so many."""
        return {keyword: self._commonest(keyword, size) for keyword, size in sizes.items()}

    def _repeated(self, grouped: Query, fold: str) -> Repeats:
        return Repeats(self._searcher, both(self._matching, grouped), fold)

    def _commonest(self, keyword: str, size: int) -> dict[str, int]:
        """Fetches more until no other value can be among the commonest."""
        hidden = self._hidden(keyword)
        wanted = size
        while True:
            found = self._searcher.terms_with_prefix(keyword_name(keyword), "", self._matching, limit=wanted)
            left = _by_count((value, count - hidden[value]) for value, count in found if count)
            if len(found) < wanted or not hidden or left[size - 1][1] > found[-1][1]:
                return dict(left[:size])
            wanted *= WIDER

    def _hidden(self, keyword: str) -> Counter[str]:
        """How many documents of each value do not count."""
        if self._repeats is None:
            return Counter()
        numbers: list[Any] = self._searcher.fast_field_values(number_name(keyword), self._repeats.addresses)
        pairs = Counter(zip(self._repeats.numbers, numbers, strict=True))
        return _repeated(pairs, self._documents.combinations(keyword))


def _repeated(pairs: Counter[tuple[Any, Any]], combinations: Mapping[int, tuple[str, ...]]) -> Counter[str]:
    """How often each value stands beside a story once more, for pairs of stories and combinations."""
    hidden: Counter[str] = Counter()
    if all(len(combinations.get(number, ())) <= 1 for number in {number for _, number in pairs}):
        for (_, number), count in pairs.items():
            if count > 1 and number is not None:
                hidden[combinations[number][0]] += count - 1
        return hidden
    stories: Counter[tuple[Any, str]] = Counter()
    for (story, number), count in pairs.items():
        for value in combinations.get(number, ()):
            stories[story, value] += count
    for (_, value), count in stories.items():
        if count > 1:
            hidden[value] += count - 1
    return hidden


def _by_count(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(rows, key=lambda row: (-row[1], row[0]))
