"""Typed text to the terminals of the grammar; what is no part of a query only parts words."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.analyzers.tokenize import surfaces
from kashshaf.search_app.query.language.plain import asks, cleaned, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Token

VALUES = ("WORD", "SET", "PHRASE", "EXACT", "PREFIX", "FUZZY")
"""Terminals that hold words."""
_TIES = frozenset(map(fold_text, ("أو", "و", "بدون")))
"""Words that are operators, but in a question."""
_OPERATORS = frozenset(("_OR", "_AND", "_WITHOUT"))


def lex(text: str) -> list[Token]:
    """The terminals of ``text`` in order. Never raises.

    Invisible characters and the tatweel inside words are taken out first. Values without a word in them are
    left out.
    """
    from kashshaf.search_app.query.language.grammar import terminals  # noqa: PLC0415 - few texts need it

    tokens = [token for token in terminals(cleaned(text)) if token.type not in VALUES or surfaces(token)]
    words = [*takewhile(lambda token: token.type == "WORD", tokens)]
    return _as_words(tokens) if asks(words) else tokens


def is_one(terminal: str, text: str) -> bool:
    """Tell whether ``text``, typed alone, is the whole of one ``terminal``."""
    if terminal == "WORD" and plain_words(text) == [text]:
        return True
    tokens = lex(text)
    return len(tokens) == 1 and tokens[0].type == terminal and tokens[0] == text


def _as_words(tokens: list[Token]) -> list[Token]:
    """The terminals of a question: «متى خرج أحمد و علي» ties words in brackets only, or by ``|``, AND."""
    outside = {at for at, depth in enumerate(_depths(tokens)) if not depth and tokens[at].type in _OPERATORS}
    if any(fold_text(tokens[at]) not in _TIES for at in outside):
        return tokens
    return [token.update(type="WORD") if at in outside else token for at, token in enumerate(tokens)]


def _depths(tokens: list[Token]) -> Iterator[int]:
    """The number of brackets open at each terminal."""
    depth = 0
    for token in tokens:
        depth = max(0, depth + (token.type == "_OPEN") - (token.type == "_CLOSE"))
        yield depth
