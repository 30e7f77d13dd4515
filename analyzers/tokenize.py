"""Text to words with their place in the text: Arabic words, words of other scripts, numbers.

The raw text is split, unchanged, so that offsets are those of the text as written; what is inside a word
but not a letter (marks, tatweel, zero-width and bidi characters) stays part of it. Letters with full stops
between them are one word: C.I.A; two Arabic ones are not, since they mostly stand for two words.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers import letters as ar

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(StrEnum):
    """What a word is made of."""

    ARABIC = "arabic"
    NUMBER = "number"
    OTHER = "other"


class Word(NamedTuple):
    """A word of the text: ``text[start:end] == surface``, offsets in code points."""

    surface: str
    start: int
    end: int
    kind: Kind


_INSIDE = ar.MARKS + ar.PRESENTED_MARKS + ar.INVISIBLE + ar.TATWEEL
_ARABIC = f"[{ar.LETTERS}{ar.PRESENTED}][{ar.LETTERS}{ar.PRESENTED}{_INSIDE}]*"
_THOUSANDS = rf"\d{{1,3}}(?:[,{ar.ARABIC_THOUSANDS}]\d{{3}})+(?:[.{ar.ARABIC_DECIMAL}]\d+)?(?!\d)"
_POINT = f"[.{ar.ARABIC_DECIMAL}]"
_NUMBER = rf"{_THOUSANDS}|(?<!\d{_POINT})\d+{_POINT}\d+(?!{_POINT}?\d)|\d+"
_NOT_ARABIC = f"(?![{ar.LETTERS}{ar.ARABIC_FORMS}{ar.TATWEEL}])"
_OTHER = rf"{_NOT_ARABIC}[^\W\d_](?:{_NOT_ARABIC}[^\W_]|[{ar.LATIN_MARKS}\u00ad\u200b-\u200d])*"
_WITHIN = f"[{ar.LETTERS}{ar.PRESENTED}{_INSIDE}]"
_UNSEEN = f"[{ar.INVISIBLE}]*"
_ARTICLE = f"{ar.ARTICLE}{_UNSEEN}(?:{ar.TATWEEL}+{_UNSEEN}(?!{_WITHIN})|(?=[0-9A-Za-z]))"
"""The article by itself, before a numeral, a word of Latin letters, a quotation: no word, so that a phrase
does not see it."""
_LETTER = f"[{ar.LETTERS}]"
_DOTTED_ARABIC = rf"{_LETTER}(?:\.{_LETTER}){{2,}}(?!\.?{_WITHIN})"
_DOTTED = rf"{_NOT_ARABIC}[^\W\d_](?:\.{_NOT_ARABIC}[^\W\d_])+(?!\.?\w)"
_WORD = re.compile(
    f"{_ARTICLE}|(?P<{Kind.ARABIC}>{_DOTTED_ARABIC}|{_ARABIC})|(?P<{Kind.NUMBER}>{_NUMBER})"
    f"|(?P<{Kind.OTHER}>{_DOTTED}|{_OTHER})"
)
_DASHES_AND_QUOTES = "".join(map(chr, (0xAB, 0xBB, *range(0x2010, 0x2016), 0x2018, 0x2019, 0x201C, 0x201D)))
EDGES = ".,:;!?\"'()[]{}<>/|*%&#@+=^~`-\u2022\u2026\u061b\u061f" + ar.COMMA + _DASHES_AND_QUOTES
"""Signs that are part of no word where a piece of text begins or ends, and change none of those inside."""
_KINDS: dict[str | None, Kind] = {kind.value: kind for kind in Kind}
"""``Kind(name)`` takes as long as matching a word."""


def words(text: str) -> Iterator[Word]:
    """The words of ``text`` in order. Linear in its length; never raises."""
    for match in _WORD.finditer(text):
        if match.lastgroup:
            start, end = match.span()
            yield Word(match[0], start, end, _KINDS[match.lastgroup])


def surfaces(text: str) -> list[str]:
    """The surfaces of ``words(text)``."""
    return [match[0] for match in _WORD.finditer(text) if match.lastgroup]


def kind_of(surface: str) -> Kind:
    """The kind of a word that ``words`` found."""
    return next(words(surface)).kind
