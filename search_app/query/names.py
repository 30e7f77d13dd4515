"""Names in the fields of a query: «كاتب:سالم» finds what «سالم الخوري» wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kashshaf.index.names import folded_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from kashshaf.search_app.query.language.tree import KeywordFilter, Query

MOST_NAMES = 500
"""Names that one typed name may stand for: «كاتب:محمد» could be half of those who comment."""


def with_whole_names(query: Query, known: Callable[[str], Collection[str]]) -> Query:
    """Replace each name typed in a field by the whole names that it stands for.

    ``known`` gives the names of a keyword of the index. A name that is one of them stands for itself alone,
    another for those that have its words in a row; where there is none, for itself.
    """
    if not query.filters:
        return query
    return replace(query, filters=tuple(_whole(each, known(each.keyword)) for each in query.filters))


def _whole(typed: KeywordFilter, known: Collection[str]) -> KeywordFilter:
    folded = {folded_name(name): name for name in known}
    values = (name for value in typed.values for name in _names(value, folded))
    return replace(typed, values=tuple(dict.fromkeys(values)))


def _names(typed: str, known: dict[str, str]) -> Iterator[str]:
    words = folded_name(typed)
    if words in known:
        yield typed
        return
    longer = [name for folded, name in known.items() if f" {words} " in f" {folded} "]
    yield from longer[:MOST_NAMES] or [typed]
