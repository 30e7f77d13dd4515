"""The words of a typed query with their places, and a text with some of them replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.arabic import written
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.analyzers.tokenize import Kind, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


class TypedWord(NamedTuple):
    """A word of a text: where it stands, what it is made of, and what it is when folded."""

    start: int
    end: int
    kind: Kind
    folded: str
    stops: bool
    """True for a stop word."""


class Draft(NamedTuple):
    """A text that may have been meant, and what speaks against it: the smaller the cost the likelier."""

    cost: float
    text: str


def typed_words(text: str) -> list[TypedWord]:
    """The words of a text in order."""
    found = []
    for surface, start, end, kind in words(text):
        exact, folded = written(surface, kind)
        if exact:
            found.append(TypedWord(start, end, kind, folded, is_stop_word(exact)))
    return found


def has_latin(text: str) -> bool:
    """Tell whether a text has Latin letters."""
    return _LATIN.search(text) is not None


def replaced(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    """``text`` with what stands between start and end of each change replaced; changes do not overlap."""
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text
