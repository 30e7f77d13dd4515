"""Matches counted by the values of a keyword, exactly, on however many shards."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kashshaf.index.engines.opensearch.schema import fold_name
from kashshaf.index.limits import deadline
from kashshaf.index.schema import keyword_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kashshaf.index.engines.opensearch.moment import Moment
    from kashshaf.index.engines.opensearch.queries import Query

AT_ONCE = 10_000
"""Values that one answer may have; where there are more, all are walked through in pages of so many."""
SHARED = "shared"


def facets(moment: Moment, query: Query, sizes: Mapping[str, int], fold: str) -> dict[str, dict[str, int]]:
    """Count the matches by keywords, of each so many values, the commonest first, ties by value.

    With ``fold``, of the matches that share a value of it as well, one counts.
    """
    counted = _values(moment, query, [*sizes])
    if fold:
        for keyword, counts in counted.items():
            counts.subtract(_hidden(moment, query, keyword, fold))
    return {keyword: _commonest(counted[keyword], size) for keyword, size in sizes.items()}


def values(moment: Moment, query: Query, keyword: str) -> Counter[str]:
    """Count the matches by every value of a keyword."""
    return _values(moment, query, [keyword])[keyword]


def repeats(keyword: str) -> dict[str, Any]:
    """The part of a search that tells which matches share a value to be folded by, for :func:`hidden`."""
    return {SHARED: {"terms": {"field": fold_name(keyword), "min_doc_count": 2, "size": AT_ONCE}}}


def hidden(moment: Moment, query: Query, keyword: str, answer: Mapping[str, Any]) -> int:
    """The matches that a folded search hides: of those that share a value all but one."""
    told = answer["aggregations"][SHARED]
    if len(told["buckets"]) < AT_ONCE and not told["doc_count_error_upper_bound"]:
        return sum(bucket["doc_count"] - 1 for bucket in told["buckets"])
    return sum(bucket["doc_count"] - 1 for bucket in every_bucket(moment, query, [fold_name(keyword)]))


def every_bucket(
    moment: Moment, query: Query, fields: Sequence[str], inside: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Every combination of values of fields that matches have, in pages; ``inside`` is asked of each."""
    sources = [{field: {"terms": {"field": field}}} for field in fields]
    composite: dict[str, Any] = {"size": AT_ONCE, "sources": sources}
    while True:
        deadline.check()
        asked = {"every": {"composite": composite, **({"aggs": inside} if inside else {})}}
        told = moment.search({"query": query, "size": 0, "aggs": asked})["aggregations"]["every"]
        yield from told["buckets"]
        if len(told["buckets"]) < AT_ONCE:
            return
        composite = {**composite, "after": told["after_key"]}


def _values(moment: Moment, query: Query, keywords: Sequence[str]) -> dict[str, Counter[str]]:
    asked = {keyword: {"terms": {"field": keyword_name(keyword), "size": AT_ONCE}} for keyword in keywords}
    told = moment.search({"query": query, "size": 0, "aggs": asked})["aggregations"] if asked else {}
    return {keyword: _whole(moment, query, keyword, told[keyword]) for keyword in keywords}


def _whole(moment: Moment, query: Query, keyword: str, told: Mapping[str, Any]) -> Counter[str]:
    """The values of a keyword: those told, or all, where these are not all."""
    if not told["sum_other_doc_count"]:
        return Counter({bucket["key"]: bucket["doc_count"] for bucket in told["buckets"]})
    name = keyword_name(keyword)
    return Counter(
        {bucket["key"][name]: bucket["doc_count"] for bucket in every_bucket(moment, query, [name])}
    )


def _hidden(moment: Moment, query: Query, keyword: str, fold: str) -> Counter[str]:
    """The matches of each value that share a value of ``fold`` with another of it."""
    names = keyword_name(keyword), keyword_name(fold)
    found = Counter[str]()
    for bucket in every_bucket(moment, query, names):
        found[bucket["key"][names[0]]] += bucket["doc_count"] - 1
    return found


def _commonest(counts: Counter[str], size: int) -> dict[str, int]:
    ranked = sorted((+counts).items(), key=lambda row: (-row[1], row[0]))
    return dict(ranked[:size])
