"""The desk's page as data: what is missing with what could be a synonym of it, and the lengths of bars."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.tokenize import words
from kashshaf.search_app.query.parameters import SearchRequest
from kashshaf.search_app.query.synonyms.synonym_file import MOST_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.usage.shapes import Group

SUGGESTED = 20
"""Groups for which near words are looked up; each takes milliseconds."""


class Gap(NamedTuple):
    """Queries without results: a name for all of them, words near to it, and whether it finds some by now."""

    group: Group
    name: str
    near: list[str]
    is_closed: bool


def gaps(groups: Sequence[Group], service: SearchService) -> Iterator[Gap]:
    """The groups, the first of them with words near to theirs."""
    for number, group in enumerate(groups):
        name = name_of(group["queries"][0]["query"])
        looked_up = bool(name) and number < SUGGESTED
        closed = looked_up and service.total(SearchRequest(text=name, size=1, correct=False)) > 0
        near = service.near(name) if looked_up and not closed else []
        yield Gap(group, name, near, closed)


def name_of(query: str) -> str:
    """The words of a query without quotes and operators, eight at most; empty where it has none."""
    return " ".join(word[0] for word in islice(words(query), MOST_WORDS))


def share(times: int, most: int) -> str:
    """The length of a bar, as an attribute of SVG."""
    return f"{max(1, round(100 * times / most)) if most else 0}%"
