"""A query as text in its canonical form, which is read as the same query.

Words stand as they were read, in their order, each tie between them shown; then keywords, then dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.dates.intervals import end_of_month
from kashshaf.search_app.query.language.lexer import is_one
from kashshaf.search_app.query.language.plain import asks
from kashshaf.search_app.query.language.tree import And, Exact, Field, Fuzzy, Not, Or, Phrase, Prefix, Root

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kashshaf.search_app.query.language.tree import DateRange, FieldName, KeywordFilter, Leaf, Node, Query

NAMES: dict[FieldName, str] = {
    "title": "عنوان", "text": "نص", "comments": "تعليق", "source": "مصدر", "section": "قسم",
    "author": "كاتب", "tag": "وسم", "from": "من", "to": "إلى",
}  # fmt: skip
"""The name shown for each field; others can be typed (grammar.lark)."""
_AND, _OR = " و ", " أو "


def canonical(query: Query) -> str:
    """The text that is read as ``query``, whatever was typed; empty for an empty query."""
    dates = _dates(query.dates) if query.dates else ()
    return " ".join([*_parts(query.parts), *map(_filter, query.filters), *dates])


def _parts(parts: tuple[Node, ...]) -> list[str]:
    """The parts as text. One alone needs no brackets, unless it reads as a question, which ties no words."""
    if len(parts) == 1 and not asks(_shown(parts[0]).split()):
        return [_shown(parts[0])]
    return [_bracketed(part) for part in parts]


def _shown(node: Node) -> str:
    match node:
        case And(parts):
            return _AND.join(map(_bracketed, parts))
        case Or(parts):
            return _OR.join(map(_bracketed, parts))
        case Not(inner):
            return "-" + _bracketed(inner)
        case Field(name, inner):
            return f"{NAMES[name]}:{_bracketed(inner)}"
        case _:
            return _leaf(node)


def _bracketed(node: Node) -> str:
    return f"({_shown(node)})" if isinstance(node, And | Or) else _shown(node)


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Phrase(text):
            return f'"{text}"'
        case Exact(text):
            return f"={text}" if is_one("EXACT", f"={text}") else f'="{text}"'
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text):
            return f"{text}~"
        case Root(text):
            return f"جذر:{text}"
        case _:
            return leaf.text


def _value(text: str) -> str:
    return text if is_one("WORD", text) else f'"{text}"'


def _filter(found: KeywordFilter) -> str:
    values = _OR.join(map(_value, found.values))
    inside = f"({values})" if len(found.values) > 1 else values
    return f"{'-' if found.excluded else ''}{NAMES[found.keyword]}:{inside}"


def _dates(dates: DateRange) -> Iterable[str]:
    if dates.first:
        yield f"{NAMES['from']}:{_first(dates.first)}"
    if dates.last:
        yield f"{NAMES['to']}:{_last(dates.last)}"


def _first(day: date) -> str:
    """A year or a month alone where ``day`` is its first."""
    if day.day > 1:
        return day.isoformat()
    return day.isoformat()[: 4 if day.month == 1 else 7]


def _last(day: date) -> str:
    """A year or a month alone where ``day`` is its last."""
    if day != end_of_month(day):
        return day.isoformat()
    return day.isoformat()[: 4 if day.month == 12 else 7]
