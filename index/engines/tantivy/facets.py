"""Matches counted by the values of keywords.

Tantivy counts documents by value; what folding hides of them is taken off here. It is found among the few
documents that may be folded, which carry a number for each combination of values.
"""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kashshaf.index.engines.tantivy.documents import KEPT_FACETS
from kashshaf.index.engines.tantivy.folding.totals import ALL
from kashshaf.index.engines.tantivy.schema import number_name
from kashshaf.index.limits import deadline
from kashshaf.index.schema import keyword_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tantivy import Query, Searcher

    from kashshaf.index.engines.tantivy.documents import Documents
    from kashshaf.index.engines.tantivy.query_builder import QueryBuilder
    from kashshaf.index.query import Search

_VALUE = itemgetter(1)


def facets(
    searcher: Searcher, asking: QueryBuilder, documents: Documents, search: Search, sizes: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """The facets of a search; those of the last ones are remembered."""
    asked = search.required, search.excluded, search.filters, search.fold, *sizes.items()
    known = documents.facets
    if asked not in known:
        if len(known) >= KEPT_FACETS:
            known.clear()
        known[asked] = _Counting(searcher, documents, search, asking.matching(search)).counts(sizes)
    return known[asked]


class _Counting:
    """The facets of one search, ``matching`` being its matches."""

    def __init__(self, searcher: Searcher, documents: Documents, search: Search, matching: Query) -> None:
        self._searcher = searcher
        self._documents = documents
        self._matching = matching
        self._repeats = documents.repeats(matching, search) if search.fold else None

    def counts(self, sizes: Mapping[str, int]) -> dict[str, dict[str, int]]:
        """The commonest values of each keyword, at most so many.

        As many more are fetched as may have lost their place: whatever is not fetched has no more documents
        than the last one fetched, and ``size`` of these have lost none.
        """
        hidden = {keyword: self._hidden(keyword) for keyword in sizes}
        fetched = self._fetch({keyword: size + len(hidden[keyword]) for keyword, size in sizes.items()})
        return {
            keyword: dict(_left(rows, hidden[keyword])[: sizes[keyword]]) for keyword, rows in fetched.items()
        }

    def _fetch(self, sizes: Mapping[str, int]) -> dict[str, list[tuple[str, int]]]:
        """The values of most matches, ties by value."""
        asked = {
            keyword: {"terms": {"field": keyword_name(keyword), "size": size, "shard_size": ALL}}
            for keyword, size in sizes.items()
        }
        deadline.check()
        found: Any = self._searcher.aggregate(self._matching, asked) if asked else {}
        return {
            keyword: [(row["key"], row["doc_count"]) for row in found[keyword]["buckets"]]
            for keyword in sizes
        }

    def _hidden(self, keyword: str) -> Counter[str]:
        """How many matches of each value do not count."""
        if self._repeats is None:
            return Counter()
        numbers: list[Any] = self._searcher.fast_field_values(number_name(keyword), self._repeats.addresses)
        combinations = self._documents.combinations(keyword)
        pairs: set[tuple[Any, Any]] = set(zip(self._repeats.numbers, numbers, strict=True))
        if max(map(len, combinations.values()), default=0) > 1:
            pairs = {(story, value) for story, number in pairs for value in combinations.get(number, ())}
            return _counted(Counter(numbers), combinations) - Counter(map(_VALUE, pairs))
        return _counted(Counter(numbers) - Counter(map(_VALUE, pairs)), combinations)


def _counted(numbers: Counter[Any], combinations: Mapping[int, tuple[str, ...]]) -> Counter[str]:
    """How often each value stands in combinations of these numbers."""
    found: Counter[str] = Counter()
    for number, count in numbers.items():
        for value in combinations.get(number, ()):
            found[value] += count
    return found


def _left(rows: Iterable[tuple[str, int]], hidden: Counter[str]) -> list[tuple[str, int]]:
    """Values and counts without what is hidden of them, in order."""
    return sorted(
        ((value, count - hidden[value]) for value, count in rows), key=lambda row: (-row[1], row[0])
    )
