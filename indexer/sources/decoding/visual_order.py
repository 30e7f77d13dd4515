"""Arabic as old readers of PDF copy it: presentation forms, each line from left to right: «ﺔﺣﻮﻟ» is «لوحة».

The forms show the order: in a word that is written from its beginning no letter joins one before the first or
one after the last, and two neighbours join each other or do not. A line is read back when that holds from its
end and not from its beginning; what was left to right in it, numbers and Latin words, stays so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import MARKS, PRESENTED, TATWEEL

if TYPE_CHECKING:
    from collections.abc import Callable

READ_BACK = "presentation forms in visual order were read back"
_PIECE = re.compile(r"[^\n<>]+")
_WORD = re.compile(f"[{PRESENTED}{MARKS}{TATWEEL}]+")
_PRESENTED = re.compile(f"[{PRESENTED}]")
_NOT_LETTERS = re.compile(f"[{MARKS}{TATWEEL}]")
_LEFT_TO_RIGHT = re.compile(
    r"(&#?\w{1,30};|[A-Za-z][\w.'&@+-]*(?: +[A-Za-z][\w.'&@+-]*)*|\d+(?:[.,:/\u066b\u066c-]\d+)*)"
)
"""An entity, words in Latin letters, a number: with its signs, as in a date or an hour."""
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_FEWEST = 2
"""Places of a text that must contradict its order; one may be a slip."""
Joins = tuple[bool, bool]
"""For a form: whether it joins the letter before it, and the one after."""
_JOINS: dict[str, Joins] = {
    "<initial>": (False, True),
    "<medial>": (True, True),
    "<final>": (True, False),
    "<isolated>": (False, False),
}


def mend(text: str, say: Callable[[str], None]) -> str:
    """The text with its lines in visual order read back; ``say`` is told if there are any.

    Once lines of a text have shown it, lines of the same forms that could be either are read back too.
    """
    if not _PRESENTED.search(text):
        return text
    faults = [_faults(piece) for piece in _PIECE.findall(text)]
    forwards, backwards = (sum(each) for each in zip(*faults, strict=True))
    if forwards < _FEWEST or backwards * _FEWEST > forwards:
        return text
    say(READ_BACK)
    return _PIECE.sub(lambda piece: _turned(piece[0]), text)


def _turned(piece: str) -> str:
    """The piece from its beginning, in plain letters; itself where its own forms contradict that."""
    forwards, backwards = _faults(piece)
    if not _PRESENTED.search(piece) or forwards < backwards:
        return piece
    parts = _LEFT_TO_RIGHT.split(piece)
    turned = (part if at % 2 else part[::-1].translate(_MIRRORED) for at, part in enumerate(parts))
    return unicodedata.normalize("NFKC", "".join(reversed(list(turned))))


def _faults(piece: str) -> tuple[int, int]:
    """The places in which the forms contradict an order from the beginning, and one from the end."""
    words = [list(map(_joins, _NOT_LETTERS.sub("", word))) for word in _WORD.findall(piece)]
    return sum(map(_against, words)), sum(_against(word[::-1]) for word in words)


def _against(word: list[Joins]) -> int:
    """The places in a word where a letter joins none beside it, or is not joined by one that it joins."""
    edges = [(False, False), *word, (False, False)]
    return sum(left[1] != right[0] for left, right in pairwise(edges))


@cache
def _joins(letter: str) -> Joins:
    return _JOINS.get(unicodedata.decomposition(letter).partition(" ")[0], (False, False))
