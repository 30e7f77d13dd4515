"""The reader: any typed text to a query.

text → terminals (lexer) → accepted terminals (repair) → nodes (grammar, builder); plain words at once (plain)
     → without keywords and dates (restrictions) → without words of time (time_words) → Query
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kashshaf.search_app.query.language import notes
from kashshaf.search_app.query.language.combine import is_taller
from kashshaf.search_app.query.language.plain import plain_words
from kashshaf.search_app.query.language.restrictions import Restrictions
from kashshaf.search_app.query.language.time_words import take_time
from kashshaf.search_app.query.language.tree import Query, Word

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from kashshaf.search_app.query.language.tree import Node

_MAX_HEIGHT = 12
"""Nodes within nodes: nobody nests deeper, and everything that walks a tree may recurse."""


def parse(text: str, today: date) -> Query:
    """The query in ``text``. Any text is one: never raises; time and space grow with the length of the text.

    ``today`` is what «أمس» and «آخر 3 أيام» are counted from.
    """
    nodes, found = _tree(text)
    restrictions = Restrictions(nodes, today)
    dates = restrictions.dates()
    parts = tuple(restrictions.nodes)
    if dates is None:
        parts, dates = take_time(parts, today)
    return Query(parts, restrictions.filters(), dates, (*found, *dict.fromkeys(restrictions.notes)))


def parse_now(text: str, zone: tzinfo) -> Query:
    """The query in ``text`` on the present day of ``zone``."""
    return parse(text, datetime.now(zone).date())


def _tree(text: str) -> tuple[list[Node], tuple[str, ...]]:
    """The nodes side by side, and notes."""
    words = plain_words(text)
    if words is None:
        return _with_signs(text)
    return [*map(Word, words)], ()


def _with_signs(text: str) -> tuple[list[Node], tuple[str, ...]]:
    """The nodes of a text that needs the grammar, without any brackets where these are nested too deep."""
    # Few texts do, and the first waits for its tables.
    from kashshaf.search_app.query.language.grammar import build  # noqa: PLC0415
    from kashshaf.search_app.query.language.lexer import lex  # noqa: PLC0415
    from kashshaf.search_app.query.language.repair import BRACKETS, repair  # noqa: PLC0415

    tokens = lex(text)
    accepted, found = repair(tokens)
    nodes = build(accepted)
    if not any(is_taller(node, _MAX_HEIGHT) for node in nodes):
        return nodes, found
    accepted, found = repair([token for token in tokens if token.type not in BRACKETS])
    return build(accepted), (notes.DEEP_BRACKETS, *found)
