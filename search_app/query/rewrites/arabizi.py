"""Drafts of a query with Latin words: each read as an Arabic word of the corpus, «7alab» as «حلب»."""

from __future__ import annotations

import re
from functools import cache
from heapq import nsmallest
from itertools import product
from typing import TYPE_CHECKING

from kashshaf.analyzers.data import load_rows
from kashshaf.search_app.query.rewrites.transliteration import arabic_words, is_latin, readings
from kashshaf.search_app.query.rewrites.trie_search import Match
from kashshaf.search_app.query.rewrites.typed_text import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords

MAX_WORDS = 6
"""Latin words of a query that are read; each costs a search."""
KEPT = 6
"""Drafts of a query."""
_OF_TWO_WORDS = 2
_LISTED = -1.0
"""Cost of a name of the list, below that of any reading by letters."""
_UNREAD = 0.5
"""Cost of a word that is left as it is."""
_ARTICLE = re.compile("^[aeiou]l")
_LONGEST_NAME = 3
"""Words of a listed name."""


def drafts(text: str, corpus: CorpusWords) -> list[Draft]:
    """Texts with the Latin words of a text in Arabic, likeliest first, six at most."""
    words = readings(text)
    if sum(map(is_latin, words)) > MAX_WORDS:
        return []
    choices = _choices(words, corpus)
    combined = (
        Draft(sum(match.cost for match in each) / len(each), " ".join(match.word for match in each))
        for each in product(*choices)
    )
    typed = " ".join(words)
    return nsmallest(KEPT, (draft for draft in combined if draft.text != typed))


def _choices(words: Sequence[str], corpus: CorpusWords) -> list[list[Match]]:
    """What each word, or name of several words, may be; fewer for each where there are many."""
    found: list[list[Match]] = []
    at = 0
    while at < len(words):
        size, names = _name_at(words, at)
        found.append([Match(_LISTED, name) for name in names] or _readings(words[at], corpus))
        at += size
    kept = KEPT if len(found) <= _OF_TWO_WORDS else _OF_TWO_WORDS
    return [each[:kept] for each in found]


def _readings(word: str, corpus: CorpusWords) -> list[Match]:
    found = arabic_words(word, corpus) if is_latin(word) else []
    return found or [Match(_UNREAD * is_latin(word), word)]


def _name_at(words: Sequence[str], at: int) -> tuple[int, list[str]]:
    """The longest listed name that begins at a word: its number of words and its Arabic forms."""
    for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
        name = " ".join(words[at : at + size]).replace("-", "")
        if names := _names().get(name) or _names().get(_ARTICLE.sub("", name)):
            return size, names
    return 1, []


def names_beginning(text: str) -> list[str]:
    """Arabic forms of listed names whose Latin form begins so."""
    return [names[0] for latin, names in _names().items() if latin.startswith(text)]


@cache
def _names() -> dict[str, list[str]]:
    """Listed names by their Latin form."""
    return {latin: names for latin, *names in load_rows("latin_names.tsv")}
