"""Typed text to the terminals of the grammar; what is no part of a query only parts words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from analyzers.letters import TATWEEL
from analyzers.normalize import bound_marks, strip_invisible
from analyzers.tokenize import surfaces
from search_app.query.language.grammar import grammar

if TYPE_CHECKING:
    from lark import Token

VALUES = ("WORD", "SET", "PHRASE", "EXACT", "PREFIX", "FUZZY")
"""Terminals that hold words."""
LONE_QUOTE = "LONE_QUOTE"
_INNER_TATWEEL = re.compile(rf"{TATWEEL}+(?=[^\W_])")
"""That at the end of a word stays: «هـ»."""


def lex(text: str) -> tuple[list[Token], bool]:
    """The terminals of ``text`` in order, and whether there was a quote without a counterpart. Never raises.

    Invisible characters and the tatweel inside words are taken out first: they must hide no sign and no
    name. Values without a word in them are left out.
    """
    plain = unicodedata.normalize("NFC", bound_marks(_INNER_TATWEEL.sub("", strip_invisible(text))))
    found = list(grammar().lex(plain, dont_ignore=True))
    lone_quote = any(token.type == LONE_QUOTE for token in found)
    return [token for token in found if _says_something(token)], lone_quote


def is_one(terminal: str, text: str) -> bool:
    """Tell whether ``text``, typed alone, is the whole of one ``terminal``."""
    tokens, _ = lex(text)
    return len(tokens) == 1 and tokens[0].type == terminal and tokens[0] == text


def _says_something(token: Token) -> bool:
    if token.type in VALUES:
        return bool(surfaces(token))
    return token.type not in {LONE_QUOTE, "BETWEEN", "OTHER"}
