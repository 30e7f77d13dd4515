"""The grammar, compiled: its tables are made once, and a parse keeps its state to itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lark import Lark, Token

from search_app.query.language.builder import Builder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_app.query.language.tree import Node


@cache
def grammar() -> Lark:
    """The compiled grammar; safe to share between threads.

    LALR with the actions run while parsing: no recursion, whatever is nested.
    """
    path = Path(__file__).with_name("grammar.lark")
    return Lark.open(str(path), parser="lalr", lexer="basic", start="query", transformer=Builder())


def build(tokens: Iterable[Token]) -> list[Node]:
    """The nodes side by side that accepted terminals make; lark.UnexpectedToken where one is not accepted."""
    parser = grammar().parse_interactive()
    for token in tokens:
        parser.feed_token(token)
    return cast("list[Node]", parser.feed_token(Token("$END", "")))
