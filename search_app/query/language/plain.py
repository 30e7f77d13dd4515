"""Plain words: what most queries are made of, read without the grammar, which takes a while to build.

``lexer.py`` reads any text and makes the same of such a one; a test compares both.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import TATWEEL
from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.analyzers.orthography.normalize import bound_marks, strip_invisible
from kashshaf.analyzers.tokenize import surfaces

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = (
    r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    r"\u08ca-\u08e1\u08e3-\u08ff"
)
_WORD = rf"[^\W_][\w{_MARKS}]*+"
"""``_LETTERS`` of the grammar."""
_WORDS = re.compile(rf"\s*(?:{_WORD}(?:\s++|\Z))*+")
_PARTING = str.maketrans(dict.fromkeys("؟?!،؛", " "))
"""Signs that mean nothing in a query and only part words."""
_OPERATORS = frozenset(("أو", "او", "OR", "و", "AND", "بدون", "NOT"))
"""Words that are operators of the grammar."""
_QUESTION_WORDS = (
    "متى", "كم", "ما", "ماذا", "بماذا", "ماهو", "ماهي", "لماذا", "من", "هل", "أين", "كيف", "أي", "أية", "شو",
)  # fmt: skip
_ASKING = frozenset(map(fold_text, _QUESTION_WORDS))
_INNER_TATWEEL = re.compile(rf"{TATWEEL}+(?=[^\W_])")
"""That at the end of a word stays: «هـ»."""


def cleaned(text: str) -> str:
    """The text without invisible characters and the tatweel inside words, which must hide no sign."""
    return unicodedata.normalize("NFC", bound_marks(_INNER_TATWEEL.sub("", strip_invisible(text))))


def plain_words(text: str) -> list[str] | None:
    """The words of a text of plain words; None where the grammar has to tell what it is."""
    plain = cleaned(text).translate(_PARTING)
    if not _WORDS.fullmatch(plain):
        return None
    pieces = plain.split()
    return [piece for piece in pieces if surfaces(piece)] if _OPERATORS.isdisjoint(pieces) else None


def asks(words: Sequence[str]) -> bool:
    """Tell whether the first words of a query make it a question: «متى …», «في أي …»."""
    return any(fold_text(word) in _ASKING for word in words[:2])
