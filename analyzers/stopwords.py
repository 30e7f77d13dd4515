"""The stop words: dropped where words are matched by their stem, kept for exact words and phrases."""

from __future__ import annotations

from functools import cache

from analyzers.data import load_words
from analyzers.normalize import fold_alef


@cache
def stop_words() -> frozenset[str]:
    """The shipped list as written, and each word as it is typed without the hamza of its alef.

    The words of a text are not folded for the look-up: that would drop the name Ali with the preposition
    "on", and "imam" with "before".
    """
    written = load_words("stopwords.txt")
    return frozenset(written) | frozenset(fold_alef(word) for word in written)


def is_stop_word(exact: str) -> bool:
    """Whether a word at the exact level is a stop word."""
    return exact in stop_words()
