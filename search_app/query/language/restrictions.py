"""Fields that restrict the whole search, taken out of the tree: keywords (``مصدر:``) and dates (``من:``)."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from kashshaf.analyzers.tokenize import surfaces
from kashshaf.search_app.query.language import notes
from kashshaf.search_app.query.language.combine import all_of, any_of, in_field, negated
from kashshaf.search_app.query.language.lexer import is_one
from kashshaf.search_app.query.language.periods import explicit_days
from kashshaf.search_app.query.language.tree import (
    KEYWORDS,
    And,
    DateRange,
    Field,
    KeywordFilter,
    Not,
    Or,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from kashshaf.index.dates.intervals import Days
    from kashshaf.search_app.query.language.tree import FieldName, Node

_LONGEST_DATE = 4
"""Words after the first one of a date without quotes: ``من:17 كانون الثاني 2016``."""
_TYPED: dict[FieldName, str] = {"from": "من", "to": "إلى"}


class Restrictions:
    """Collects keywords and dates from nodes; ``nodes`` are the rest, to be searched for."""

    def __init__(self, nodes: list[Node], today: date) -> None:
        self.notes: list[str] = []
        self._today = today
        self._values: dict[tuple[FieldName, bool], list[str]] = {}
        self._bounds: dict[FieldName, list[Days]] = {"from": [], "to": []}
        self.nodes = [each for node in self._with_whole_dates(nodes) for each in self._rest(node)]

    def filters(self) -> tuple[KeywordFilter, ...]:
        """A filter for each keyword, one of whose values must be there, and for each that excludes."""
        return tuple(
            KeywordFilter(name, tuple(dict.fromkeys(values)), excluded)
            for (name, excluded), values in self._values.items()
        )

    def dates(self) -> DateRange | None:
        """The days that all bounds leave; bounds in the wrong order are exchanged."""
        starts, ends = self._bounds["from"], self._bounds["to"]
        start, end = max(starts, default=None), min(ends, key=lambda days: days[1], default=None)
        if start and end and start[0] > end[1]:
            self.notes.append(notes.SWAPPED_DATES)
            start, end = end, start
        return DateRange(start and start[0], end and end[1]) if start or end else None

    def _with_whole_dates(self, nodes: list[Node]) -> Iterable[Node]:
        """The nodes, each date of several words (``من:كانون الثاني 2016``) in one field."""
        at = 0
        while at < len(nodes):
            node, length = _with_whole_date(nodes[at : at + 1 + _LONGEST_DATE], self._today)
            yield node
            at += length

    def _rest(self, node: Node) -> list[Node]:
        """The rest of a node: nothing of a restriction, else the node without those inside it."""
        if isinstance(node, Field):
            return self._field(node)
        if isinstance(node, Not):
            return self._excluded(node.node)
        if isinstance(node, And):
            return _some(all_of, [each for part in node.parts for each in self._rest(part)])
        if isinstance(node, Or):
            return self._or(node)
        return [node]

    def _field(self, field: Field) -> list[Node]:
        if field.name in KEYWORDS:
            self._add(field, excluded=False)
            return []
        if field.name in self._bounds:
            return self._bound(field)
        return [in_field(field.name, all_of(rest)) for rest in [self._rest(field.node)] if rest]

    def _excluded(self, node: Node) -> list[Node]:
        if isinstance(node, Field) and node.name in self._bounds:
            self.notes.append(notes.EXCLUDED_DATE)
            return []
        if isinstance(node, Field) and node.name in KEYWORDS:
            self._add(node, excluded=True)
            return []
        return [negated(all_of(rest)) for rest in [self._rest(node)] if rest]

    def _or(self, node: Or) -> list[Node]:
        parts = [self._rest(part) for part in node.parts]
        if not all(parts):
            self.notes.append(notes.INSIDE_OR)
        return _some(any_of, [all_of(part) for part in parts if part])

    def _add(self, field: Field, *, excluded: bool) -> None:
        if values := [*filter(None, map(_text, _alternatives(field.node)))]:
            self._values.setdefault((field.name, excluded), []).extend(values)

    def _bound(self, field: Field) -> list[Node]:
        typed = _texts([field.node])
        if days := explicit_days(typed, self._today):
            self._bounds[field.name].append(days)
            return []
        self.notes.append(notes.unknown_date(typed))
        return [Word(_TYPED[field.name]), *self._rest(field.node)]


def _some(combine: Callable[[list[Node]], Node], nodes: list[Node]) -> list[Node]:
    return [combine(nodes)] if nodes else []


def _with_whole_date(nodes: list[Node], today: date) -> tuple[Node, int]:
    """The first node, and how many nodes it is made of: a bound takes the words of its date."""
    first = nodes[0]
    if isinstance(first, Field) and first.name in _TYPED and isinstance(first.node, Word):
        words = list(takewhile(lambda node: isinstance(node, Word), nodes[1:]))
        for length in range(len(words), 0, -1):
            text = _texts([first, *words[:length]])
            if explicit_days(text, today):
                return Field(first.name, Word(text)), 1 + length
    return first, 1


def _texts(nodes: list[Node]) -> str:
    return _text([leaf for node in nodes for run in _alternatives(node) for leaf in run])


def _text(leaves: list[str]) -> str:
    """One text of several; a plain word alone stays as typed."""
    return (
        leaves[0] if len(leaves) == 1 and is_one("WORD", leaves[0]) else " ".join(surfaces(" ".join(leaves)))
    )


def _alternatives(node: Node) -> list[list[str]]:
    """The words between the «أو» of a node, without excluded ones; «محمد علي أو سعيد» are two names."""
    if isinstance(node, Field):
        return _alternatives(node.node)
    if isinstance(node, Or):
        return [run for part in node.parts for run in _alternatives(part)]
    if isinstance(node, And):
        return _side_by_side([_alternatives(part) for part in node.parts])
    return [[]] if isinstance(node, Not) else [[node.text]]


def _side_by_side(parts: list[list[list[str]]]) -> list[list[str]]:
    """The last words of each part and the first of the next are one run."""
    runs: list[list[str]] = [[]]
    for first, *others in parts:
        runs[-1] = runs[-1] + first
        runs += others
    return runs
