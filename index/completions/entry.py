"""One completion, and the keys by which it is found: its words folded, and these without the article."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from kashshaf.analyzers.arabic import PLAIN, cut
from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.analyzers.letters import ARTICLE
from kashshaf.analyzers.orthography.folding import fold_letters

Kind = Literal["word", "title", "name", "phrase"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_LEAST_BARE = 2
"""Letters that remain of a word without its article."""


class Entry(NamedTuple):
    """A text as written; ``origin``: the article of a title, the keyword of a name.

    The higher score the better.
    """

    text: str
    kind: Kind
    score: int
    origin: str = ""


def folded_key(text: str, words: FoldedWords | None = None) -> str:
    """The folded words of a text with a space between them; ``words`` remembers those of other texts."""
    if PLAIN.fullmatch(text):  # one word, as most texts are where many are asked for
        return fold_letters(cut(text))
    known = FoldedWords() if words is None else words  # an empty one is false
    return " ".join(filter(None, known.words(text)))


def bare_key(folded: str) -> str:
    """A folded key whose words have no article."""
    return " ".join(map(bare, folded.split(" ")))


def bare(word: str, least: int = _LEAST_BARE) -> str:
    """A folded word without its article, if at least so many letters remain."""
    return word[len(ARTICLE) :] if word.startswith(ARTICLE) and len(word) >= len(ARTICLE) + least else word
