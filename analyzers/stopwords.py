"""The stop words: dropped where words are matched by their stem, kept for exact words and phrases."""

from __future__ import annotations

from functools import cache

from kashshaf.analyzers.data import load_words
from kashshaf.analyzers.letters import ALEF_MAKSURA, YEH
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.orthography.normalize import fold_alef


@cache
def stop_words() -> frozenset[str]:
    """The shipped list as written, as typed without the hamza of an alef, and as Egypt prints a last yeh.

    The words of a text are not folded for the look-up: that would drop the name Ali with the preposition
    "on", and "imam" with "before".
    """
    written = load_words("stopwords.txt")
    typed = {form for word in written for form in (word, fold_alef(word))}
    return frozenset(typed | {word[:-1] + ALEF_MAKSURA for word in typed if word.endswith(YEH)})


def is_stop_word(exact: str) -> bool:
    """Whether a word at the exact level is a stop word."""
    return exact in stop_words()


@cache
def folded_stop_words() -> frozenset[str]:
    """The stop words at the folded level, where words that are none may be written like them."""
    return frozenset(map(fold_letters, stop_words()))
