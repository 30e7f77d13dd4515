"""The grammar, compiled: its tables are made once, and a parse keeps its state to itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lark import Lark, Token

from kashshaf.search_app.query.language.builder import Builder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kashshaf.search_app.query.language.tree import Node


def terminals(text: str) -> Iterator[Token]:
    """The terminals of ``text`` in order, but for those that the grammar ignores. Never raises."""
    session = _grammar().parse_interactive(text, start="query")
    found = session.lexer_thread.lex(session.parser_state)  # type: ignore[no-untyped-call] # lark's gap
    return cast("Iterator[Token]", found)


def build(tokens: Iterable[Token]) -> list[Node]:
    """The nodes side by side that accepted terminals make; lark.UnexpectedToken where one is not accepted."""
    parser = _grammar().parse_interactive(start="query")
    for token in tokens:
        parser.feed_token(token)
    return cast("list[Node]", parser.feed_token(Token("$END", "")))


@cache
def _grammar() -> Lark:
    """The compiled grammar; safe to share between threads.

    LALR with the actions run while parsing: no recursion, whatever is nested.
    """
    path = str(Path(__file__).with_name("grammar.lark"))
    starts = ["query", "left_out"]
    return Lark.open(path, parser="lalr", lexer="basic", start=starts, transformer=Builder())
