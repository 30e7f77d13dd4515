"""Exclusions taken out of a query's tree: an engine excludes from a search as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kashshaf.search_app.query.language.combine import all_of, any_of, in_field
from kashshaf.search_app.query.language.tree import And, Field, Not, Or

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kashshaf.search_app.query.language.tree import Node

EXCLUDED_INSIDE = "الاستثناء لا يدخل في «أو»، فاستُثني من البحث كلّه."
"""The note on an exclusion inside an Or."""


class Sides(NamedTuple):
    """The trees to look for and those to exclude; neither has a Not. ``inside``: one stood inside an Or."""

    wanted: list[Node]
    excluded: list[Node]
    inside: bool = False


def sides(nodes: Iterable[Node]) -> Sides:
    """The two sides of nodes side by side; an exclusion in what is excluded is left out."""
    every = [_of(node) for node in nodes]
    return Sides(
        [node for each in every for node in each.wanted],
        [node for each in every for node in each.excluded],
        any(each.inside for each in every),
    )


def _of(node: Node) -> Sides:
    match node:
        case Not(inner):
            return Sides([], _of(inner).wanted)
        case And(parts):
            return _combined(all_of, sides(parts))
        case Or(parts):
            found = _combined(any_of, sides(parts))
            return found._replace(inside=found.inside or bool(found.excluded))
        case Field(name, inner):
            found = _of(inner)
            return found._replace(
                wanted=[in_field(name, each) for each in found.wanted],
                excluded=[in_field(name, each) for each in found.excluded],
            )
        case _:
            return Sides([node], [])


def _combined(combine: Callable[[list[Node]], Node], found: Sides) -> Sides:
    return found._replace(wanted=[combine(found.wanted)] if found.wanted else [])
