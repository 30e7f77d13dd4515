"""Typed text to the terminals of the grammar; what is no part of a query only parts words."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING

from lark import Token

from kashshaf.analyzers.letters import TATWEEL
from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.analyzers.orthography.normalize import bound_marks, strip_invisible
from kashshaf.analyzers.tokenize import surfaces
from kashshaf.search_app.query.language.grammar import terminals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VALUES = ("WORD", "SET", "PHRASE", "EXACT", "PREFIX", "FUZZY")
"""Terminals that hold words."""
_QUESTION_WORDS = (
    "متى", "كم", "ما", "ماذا", "بماذا", "ماهو", "ماهي", "لماذا", "من", "هل", "أين", "كيف", "أي", "أية", "شو",
)  # fmt: skip
_ASKING = frozenset(map(fold_text, _QUESTION_WORDS))
_TIES = frozenset(map(fold_text, ("أو", "و", "بدون")))
"""Words that are operators, but in a question."""
_OPERATORS = frozenset(("_OR", "_AND", "_WITHOUT"))
_INNER_TATWEEL = re.compile(rf"{TATWEEL}+(?=[^\W_])")
"""That at the end of a word stays: «هـ»."""


def lex(text: str) -> list[Token]:
    """The terminals of ``text`` in order. Never raises.

    Invisible characters and the tatweel inside words are taken out first: they must hide no sign and no
    name. Values without a word in them are left out.
    """
    plain = unicodedata.normalize("NFC", bound_marks(_INNER_TATWEEL.sub("", strip_invisible(text))))
    tokens = [token for token in terminals(plain) if token.type not in VALUES or surfaces(token)]
    words = [*takewhile(lambda token: token.type == "WORD", tokens)]
    return _as_words(tokens) if asks(words) else tokens


def asks(words: Sequence[str]) -> bool:
    """Tell whether the first words of a query make it a question: «متى …», «في أي …»."""
    return any(fold_text(word) in _ASKING for word in words[:2])


def is_one(terminal: str, text: str) -> bool:
    """Tell whether ``text``, typed alone, is the whole of one ``terminal``."""
    tokens = lex(text)
    return len(tokens) == 1 and tokens[0].type == terminal and tokens[0] == text


def _as_words(tokens: list[Token]) -> list[Token]:
    """The terminals of a question: «متى خرج أحمد و علي» ties words in brackets only, or by ``|``, AND."""
    outside = {at for at, depth in enumerate(_depths(tokens)) if not depth and tokens[at].type in _OPERATORS}
    if any(fold_text(tokens[at]) not in _TIES for at in outside):
        return tokens
    return [Token("WORD", token) if at in outside else token for at, token in enumerate(tokens)]


def _depths(tokens: list[Token]) -> Iterator[int]:
    """The number of brackets open at each terminal."""
    depth = 0
    for token in tokens:
        depth = max(0, depth + (token.type == "_OPEN") - (token.type == "_CLOSE"))
        yield depth
