"""Arabic words written with Latin letters and digits: names as a passport has them, chat as it is typed.

Letter rules (``analyzers/data/arabizi.tsv``) say what a letter may stand for; the words of the corpus decide.
"""

from __future__ import annotations

import re
from functools import cache
from math import log
from typing import TYPE_CHECKING

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.letters import ALEF, ALEF_MAKSURA, ARTICLE, WAW, YEH
from kashshaf.analyzers.orthography.normalize import fold_case, strip_accents
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.search_app.query.rewrites.trie_search import Edit, Match, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.store.word_trie import WordTrie
    from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords

LONGEST = 24
"""Letters of a word: no name is longer, and each costs time."""
KEPT = 4
"""Candidates of a word."""
_COLUMN = 0.3
_BUDGET = 1.6
_DROPPED = 0.1
"""Cost of a letter that stands for nothing."""
_NO_ARTICLE = 0.1
"""Cost of an article that was not typed."""
_FREQUENCY = 0.12
"""Cost that a word e times as frequent makes up for."""
_STOP_WORD = 1.0
_CLOSED = 0.2
"""Cost of a long vowel where a short one is usual."""
_VOWELS = "aeiouy"
_SHORT_VOWELS = ("a", "e", "o", "u")
_LONG_VOWELS = (ALEF, WAW, YEH)
_LATIN = re.compile("[a-z0-9'-]*[a-z][a-z0-9'-]*")
_POINTS = '"\u00ab\u00bb\u201c\u201d()[]?!,;:=|*~/\u061f\u060c\u061b'
_QUOTES = "\u2019\u2018\u02bc\u02bf`"
_APOSTROPHES = str.maketrans(_QUOTES, "'" * len(_QUOTES))
_JOINED: tuple[tuple[str, str], ...] = (
    (r"[-_.]+", "-"),
    (r"\b[aeiou]([a-z]{1,2})-(?=\1)", "al-"),  # as-sisi, ash-shabab
    (r"\babd[aeou]?l?[ -]?(?:[aeou]l)?[ -]?(?=[a-z]{3})", "abd al-"),  # abdelaziz, abd al aziz
    (r"(?<=[a-z]{3})[ -]?[aeou]l-?lah\b", " al-lah"),  # hezbollah
    (r"(?<=[a-z]{3})[ -]?[aeiou]d-?d(?:ine?|een)\b", " al-din"),  # salaheddine
    (r"\b([aeiou]l)[ -]+", r"\1"),  # el fallouja
)
_RULES = tuple((re.compile(pattern), becomes) for pattern, becomes in _JOINED)


def readings(text: str) -> list[str]:
    """The words of a text with Latin letters, in small letters, each article joined to its noun."""
    text = strip_accents(fold_case(text)).translate(_APOSTROPHES)
    for pattern, becomes in _RULES:
        text = pattern.sub(becomes, text)
    return [word for piece in text.split() if (word := piece.strip(_POINTS))]


def is_latin(word: str) -> bool:
    """Tell whether a word of ``readings`` may stand for an Arabic one: no letter by itself does."""
    return 1 < len(word) <= LONGEST and _LATIN.fullmatch(word) is not None


def arabic_words(word: str, corpus: CorpusWords) -> list[Match]:
    """The words of the corpus that a Latin word may stand for, likeliest first, four at most."""
    letters = word.replace("-", "")
    edits = _edits(letters)
    found: dict[str, float] = {}
    for start, extra in (("", 0.0), (ARTICLE, _NO_ARTICLE)):
        for cost, match in nearest(corpus.trie, edits, _BUDGET, start):
            found[match] = min(found.get(match, cost + extra), cost + extra)
    ranked = sorted(Match(cost + _prior(match, corpus), match) for match, cost in found.items())
    return ranked[:KEPT]


def arabic_beginnings(text: str, trie: WordTrie) -> list[str]:
    """The beginnings of words that a Latin word may go on from, likeliest first."""
    edits = _edits(text.replace("-", ""))
    bare = nearest(trie, edits, _BUDGET, whole=False)
    with_article = nearest(trie, edits, _BUDGET - _NO_ARTICLE, ARTICLE, whole=False)
    ranked = sorted([*bare, *((cost + _NO_ARTICLE, word) for cost, word in with_article)])
    return [word for _, word in ranked]


def _prior(word: str, corpus: CorpusWords) -> float:
    stops = is_stop_word(word) or (word.endswith(YEH) and is_stop_word(word[:-1] + ALEF_MAKSURA))
    return _STOP_WORD * stops - _FREQUENCY * log(corpus.count(word))


def _edits(word: str) -> list[list[Edit]]:
    """The letters that each place of a word may stand for, cheapest first."""
    places = [sorted(_edits_at(word, place)) for place in range(len(word))]
    return [*places, []]


def _edits_at(word: str, place: int) -> Iterator[Edit]:
    for unit in _units(word, place):
        bare = unit.strip("^$")
        doubled = word.startswith(bare * 2, place) and bare not in "aeiou"
        closed = _CLOSED * (bare in _SHORT_VOWELS and _is_closed(word, place + 1))
        for cost, output in _outputs()[unit]:
            drawn_out = closed if output and output in _LONG_VOWELS else 0.0
            yield Edit(cost + drawn_out if output else cost + _DROPPED, len(bare) * (1 + doubled), output)
    if place == 0 and len(word) > 3 and word[0] in "aeiou" and word[1] == word[2]:
        yield Edit(_NO_ARTICLE, 2, ARTICLE)  # ennahda, essebsi


def _is_closed(word: str, place: int) -> bool:
    """Tell whether a doubled consonant follows, or two that end a word of chat: before them a vowel is short.

    Foreign names do not keep to it: trump, twitter.
    """
    after = word[place : place + 2]
    if len(after) < len("ll") or any(letter in _VOWELS for letter in after):
        return False
    ends_chat = len(word) == place + len(after) and any(map(str.isdigit, word))
    return after[0] == after[1] or (ends_chat and after not in _outputs())


def _units(word: str, place: int) -> Iterator[str]:
    """The rules that fit at a place; those bound to start or end of the word before free ones."""
    for length in (1, 2, 3):
        unit = word[place : place + length]
        if len(unit) < length:
            return
        bound = ["^" + unit] * (place == 0) + [unit + "$"] * (place + length == len(word))
        known = [name for name in bound if name in _outputs()] or [unit]
        yield from (name for name in known if name in _outputs())


@cache
def _outputs() -> dict[str, list[tuple[float, str]]]:
    """Each rule's outputs and their costs."""
    return {
        unit: [
            (_COLUMN * column, output.replace("-", ""))
            for column, outputs in enumerate(columns)
            for output in outputs.split()
        ]
        for unit, *columns in load_rows("arabizi.tsv")
    }
