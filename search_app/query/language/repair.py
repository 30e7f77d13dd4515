"""Repair of terminals in any order to what the grammar accepts: brackets in pairs, operands for operators.

``PREFIXES`` stand before an operand, ``JOINS`` between two. One that lacks its operand is left out, and said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lark import Token

from kashshaf.search_app.query.language import notes
from kashshaf.search_app.query.language.lexer import VALUES

if TYPE_CHECKING:
    from collections.abc import Iterable

FIELDS = frozenset(("TITLE", "TEXT", "COMMENT", "SOURCE", "SECTION", "AUTHOR", "TAG", "FROM", "TO"))
JOINS = frozenset(("_OR", "_AND"))
NEGATIONS = frozenset(("_HYPHEN", "_WITHOUT"))
PREFIXES = FIELDS | NEGATIONS | {"ROOT"}
BRACKETS = frozenset(("_OPEN", "_CLOSE"))
_KEYWORDS = JOINS | {"_WITHOUT"}


def repair(tokens: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """The terminals that the grammar accepts, and notes on the others.

    Where nothing is left, the operators that are words («أو») are what was searched for.
    """
    repairer = _Repairer()
    repairer.take_all(tokens)
    if repairer.accepted:
        return repairer.accepted, tuple(dict.fromkeys(repairer.notes))
    words = [Token("WORD", each) for each in tokens if each.type in _KEYWORDS and each != "|"]
    return words, () if words else tuple(dict.fromkeys(repairer.notes))


class _Repairer:
    """Takes terminals one by one; ``accepted`` is always the beginning of a text of the grammar."""

    def __init__(self) -> None:
        self.accepted: list[Token] = []
        self.notes: list[str] = []
        self._depth = 0

    def take_all(self, tokens: Iterable[Token]) -> None:
        """Take terminals to the end of the text, where every bracket closes."""
        for token in tokens:
            self._take(token)
        if self._depth:
            self.notes.append(notes.UNCLOSED_BRACKET)
        while self._depth:
            self._close()
        self._drop_last(PREFIXES | JOINS)

    def _take(self, token: Token) -> None:
        if token.type in JOINS:
            self._join(token)
        elif token.type in PREFIXES:
            self._prefix(token)
        elif token.type == "_CLOSE":
            self._close()
        elif token.type == "LONE_QUOTE":
            self.notes.append(notes.LONE_QUOTE)
        else:
            self._operand(token)

    def _join(self, token: Token) -> None:
        self._drop_last(PREFIXES)
        if self._last() in {"", "_OPEN", *JOINS}:
            self._drop(token)
        else:
            self.accepted.append(token)

    def _prefix(self, token: Token) -> None:
        self._drop_last({"ROOT"})
        if token.type in NEGATIONS:
            self._negation(token)
            return
        if token.type in FIELDS:
            self._drop_last(FIELDS)
        self.accepted.append(token)

    def _negation(self, token: Token) -> None:
        """Put it before a field. «بدون» excludes from what stands before it; without that it is left out."""
        field = [self.accepted.pop()] if self._last() in FIELDS else []
        lacks_before = token.type == "_WITHOUT" and self._last() in {"", "_OPEN"}
        if lacks_before or self._last() in NEGATIONS:
            self._drop(token)
        else:
            self.accepted.append(token)
        self.accepted += field

    def _operand(self, token: Token) -> None:
        if token.type != "WORD":
            self._drop_last({"ROOT"})
        self._depth += token.type not in VALUES
        self.accepted.append(token)

    def _close(self) -> None:
        if not self._depth:
            self.notes.append(notes.UNOPENED_BRACKET)
            return
        self._drop_last(PREFIXES | JOINS)
        self._depth -= 1
        if self._last() == "_OPEN":
            self.accepted.pop()
        else:
            self.accepted.append(Token("_CLOSE", ")"))

    def _last(self) -> str:
        return self.accepted[-1].type if self.accepted else ""

    def _drop_last(self, types: Iterable[str]) -> None:
        while self._last() in types:
            self._drop(self.accepted.pop())

    def _drop(self, token: Token) -> None:
        self.notes.append(notes.without_operand(token.rstrip(" :")))
