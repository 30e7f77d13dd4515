"""Names in the fields of a query: «كاتب:سالم» finds what «سالم الخوري» wrote."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from kashshaf.index.names import folded_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kashshaf.search_app.query.language.tree import KeywordFilter, Query

MOST_NAMES = 500
"""Names that one typed name may stand for: «كاتب:محمد» could be half of those who comment."""


def with_whole_names(query: Query, known: Callable[[str], Mapping[str, str]]) -> Query:
    """Replace each name typed in a field by the whole names that it stands for.

    ``known`` gives the names of a keyword of the index by their folded form, the likeliest first. A name that
    is one of them stands for itself alone, another for those that have its words in a row; where there is
    none, for itself.
    """
    if not query.filters:
        return query
    return replace(query, filters=tuple(_whole(each, known(each.keyword)) for each in query.filters))


def _whole(typed: KeywordFilter, known: Mapping[str, str]) -> KeywordFilter:
    longer = _Longer(known)
    values = (name for value in typed.values for name in longer.names(value))
    return replace(typed, values=tuple(dict.fromkeys(values)))


class _Longer:
    """Names that have the words of others in them."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known

    @cached_property
    def _spaced(self) -> list[tuple[str, str]]:
        """Each folded name with a space on both sides, and the name."""
        return [(f" {folded} ", name) for folded, name in self._known.items()]

    def names(self, typed: str) -> Iterator[str]:
        """The whole names that a name typed stands for."""
        words = folded_name(typed)
        if words in self._known:
            yield typed
            return
        wanted = f" {words} "
        longer = (name for folded, name in self._spaced if wanted in folded)
        yield from [*islice(longer, MOST_NAMES)] or [typed]
