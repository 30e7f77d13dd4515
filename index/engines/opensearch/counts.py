"""Matches counted by the values of a keyword, exactly, on however many shards."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kashshaf.index.engines.opensearch.schema import fold_name
from kashshaf.index.limits import deadline
from kashshaf.index.schema import keyword_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kashshaf.index.engines.opensearch.moment import Steps
    from kashshaf.index.engines.opensearch.queries import Query

AT_ONCE = 10_000
"""Values that one answer may have; where there are more, all are walked through in pages of so many."""
SHARED = "shared"


def facets(query: Query, sizes: Mapping[str, int], fold: str) -> Steps[dict[str, dict[str, int]]]:
    """Count the matches by keywords, of each so many values, the commonest first, ties by value.

    With ``fold``, of the matches that share a value of it as well, one counts.
    """
    counted = yield from _values(query, [*sizes])
    if fold:
        for keyword, counts in counted.items():
            counts.subtract((yield from _hidden(query, keyword, fold)))
    return {keyword: _commonest(counted[keyword], size) for keyword, size in sizes.items()}


def values(query: Query, keyword: str) -> Steps[Counter[str]]:
    """Count the matches by every value of a keyword."""
    return (yield from _values(query, [keyword]))[keyword]


def repeats(keyword: str) -> dict[str, Any]:
    """The part of a search that tells which matches share a value to be folded by, for :func:`hidden`."""
    return {SHARED: {"terms": {"field": fold_name(keyword), "min_doc_count": 2, "size": AT_ONCE}}}


def hidden(query: Query, keyword: str, answer: Mapping[str, Any]) -> Steps[int]:
    """The matches that a folded search hides: of those that share a value all but one."""
    # Where the number was known, it was not asked for; it may have been forgotten while the answer came.
    told = answer.get("aggregations", {}).get(SHARED)
    if told and len(told["buckets"]) < AT_ONCE and not told["doc_count_error_upper_bound"]:
        return sum(bucket["doc_count"] - 1 for bucket in told["buckets"])
    every = yield from every_bucket(query, [fold_name(keyword)])
    return sum(bucket["doc_count"] - 1 for bucket in every)


def every_bucket(
    query: Query, fields: Sequence[str], inside: Mapping[str, Any] | None = None
) -> Steps[list[dict[str, Any]]]:
    """Every combination of values of fields that matches have, in pages; ``inside`` is asked of each."""
    sources = [{field: {"terms": {"field": field}}} for field in fields]
    composite: dict[str, Any] = {"size": AT_ONCE, "sources": sources}
    found: list[dict[str, Any]] = []
    while True:
        deadline.check()
        asked = {"every": {"composite": composite, **({"aggs": inside} if inside else {})}}
        told = (yield {"query": query, "size": 0, "aggs": asked})["aggregations"]["every"]
        found += told["buckets"]
        if len(told["buckets"]) < AT_ONCE:
            return found
        composite = {**composite, "after": told["after_key"]}


def _values(query: Query, keywords: Sequence[str]) -> Steps[dict[str, Counter[str]]]:
    asked = {keyword: {"terms": {"field": keyword_name(keyword), "size": AT_ONCE}} for keyword in keywords}
    told = (yield {"query": query, "size": 0, "aggs": asked})["aggregations"] if asked else {}
    found = {}
    for keyword in keywords:
        found[keyword] = yield from _whole(query, keyword, told[keyword])
    return found


def _whole(query: Query, keyword: str, told: Mapping[str, Any]) -> Steps[Counter[str]]:
    """The values of a keyword: those told, or all, where these are not all."""
    if not told["sum_other_doc_count"]:
        return Counter({bucket["key"]: bucket["doc_count"] for bucket in told["buckets"]})
    name = keyword_name(keyword)
    every = yield from every_bucket(query, [name])
    return Counter({bucket["key"][name]: bucket["doc_count"] for bucket in every})


def _hidden(query: Query, keyword: str, fold: str) -> Steps[Counter[str]]:
    """The matches of each value that share a value of ``fold`` with another of it."""
    names = keyword_name(keyword), keyword_name(fold)
    found = Counter[str]()
    for bucket in (yield from every_bucket(query, names)):
        found[bucket["key"][names[0]]] += bucket["doc_count"] - 1
    return found


def _commonest(counts: Counter[str], size: int) -> dict[str, int]:
    ranked = sorted((+counts).items(), key=lambda row: (-row[1], row[0]))
    return dict(ranked[:size])
