"""The facets of the page: values to tick, commonest first, those beyond a few folded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.index.names import folded_name
from kashshaf.search_app.query.filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kashshaf.search_app.query.parameters import SearchRequest

    Counted = Mapping[str, Sequence[Mapping[str, object]]]
    """The facets of a response."""

TICKED = tuple(each.parameter for each in FILTERS if each.repeats)
"""The facets with boxes to tick, in the order of the page."""
ASKED = (*TICKED, "year", "month", "type")
"""The facets that the page asks for."""
OPEN = 6
MAX_VALUES = 40
"""Values of a facet on the page; the search knows more."""
LABELS = {each.parameter: each.label for each in FILTERS}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet; ``count`` is None where the search did not count it."""

    value: str
    count: int | None
    chosen: bool


class Facet(NamedTuple):
    """A facet with the values that are seen at once, and those that are folded."""

    name: str
    label: str
    values: list[Value]
    more: list[Value]


def counts(facets: Counted, name: str) -> dict[str, int]:
    """The counts of a facet by value; empty where it was not counted."""
    return {str(row["value"]): int(str(row["count"])) for row in facets.get(name, ())}


def ticked(request: SearchRequest, facets: Counted) -> list[Facet]:
    """The facets with boxes; one that has a single value, which is not chosen, would change nothing."""
    found = []
    for name in TICKED:
        chosen = request.filters.get(name, ())
        values = _values(counts(facets, name), chosen)
        if len(values) > 1 or chosen:
            first = max(OPEN, len(chosen))
            found.append(Facet(name, LABELS[name], values[:first], values[first:]))
    return found


def _values(known: Mapping[str, int], chosen: Sequence[str]) -> list[Value]:
    """The chosen values, then the others that are not empty."""
    counted = {folded_name(value): many for value, many in known.items()}
    mine = [Value(value, counted.get(folded_name(value)), chosen=True) for value in dict.fromkeys(chosen)]
    taken = {folded_name(value) for value in chosen}
    others = [
        Value(value, many, chosen=False)
        for value, many in known.items()
        if value and many and folded_name(value) not in taken
    ]
    return mine + others[:MAX_VALUES]
