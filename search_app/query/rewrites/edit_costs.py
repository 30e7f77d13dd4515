"""The cost of each slip of an Arabic writer: letters alike in sound or shape, long vowels, nearby keys."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.letters import ALEF, ARTICLE, HAMZA, WAW, YEH
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.search_app.query.rewrites.layouts import neighbours
from kashshaf.search_app.query.rewrites.trie_search import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

BUDGET = 1.3
"""Cost of a whole word: one slip of any kind, or two of the likely ones."""
_CONFUSION = {"hamza": 0.2, "sound": 0.5, "shape": 0.55}
_KEY = 0.6
_BRUSHED = 0.75
"""Cost of a key hit beside the one meant."""
_VOWEL = 0.5
_DOUBLED = 0.5
_SWAPPED = 0.45
_ARTICLE = 0.3
"""Cost of the letters of the article in the wrong order."""
_DROPPED = 0.55
_ADDED = 0.9
_OTHER = 1.2
_FIRST = 0.05
"""Cost beside, at the first letter: people look at what they begin with."""
_VOWELS = ALEF + WAW + YEH
_LETTERS = "".join(map(chr, (*range(0x0627, 0x063B), *range(0x0641, 0x064B))))
ALPHABET = "".join(sorted({*fold_letters(_LETTERS), HAMZA} - {"\u0640"}))
"""The letters of folded words."""


def edits_of(word: str) -> list[list[Edit]]:
    """The edits of each place of a folded word, cheapest first, with those of its end as the last."""
    return [sorted(_edits_at(word, place)) for place in range(len(word) + 1)]


def _edits_at(word: str, place: int) -> Iterator[Edit]:
    first = _FIRST * (place == 0)
    letter, before, after = word[place : place + 1], word[place - 1 : place], word[place + 1 : place + 2]
    yield from _inserted(before, letter, first)
    if letter:
        yield Edit(0, 1, letter)
        yield Edit(first + _superfluous(letter, before, after), 1, "")
        yield from _replaced(letter, first)
    if after and after != letter:
        swapped = after + letter
        yield Edit(_ARTICLE if swapped == ARTICLE and not place else first + _SWAPPED, 2, swapped)


@lru_cache(len(ALPHABET) ** 2)
def _inserted(before: str, after: str, more: float) -> list[Edit]:
    """Each letter that may lack between two others, cheapest first."""
    return sorted(Edit(more + _missing(each, before, after), 0, each) for each in ALPHABET)


@lru_cache(len(ALPHABET))
def _replaced(letter: str, more: float) -> list[Edit]:
    """Each letter that may have been meant by ``letter``, cheapest first."""
    return sorted(Edit(more + cost, 1, each) for each, cost in _substitutions(letter))


def _missing(letter: str, before: str, after: str) -> float:
    """The cost of a letter that was not typed."""
    if letter in (before, after):
        return _DOUBLED
    return _VOWEL if letter in _VOWELS else _DROPPED


def _superfluous(letter: str, before: str, after: str) -> float:
    """The cost of a letter typed without need."""
    if letter in (before, after):
        return _DOUBLED
    if letter in _VOWELS:
        return _VOWEL
    return _BRUSHED if letter in neighbours(before) + neighbours(after) else _ADDED


def _substitutions(letter: str) -> Iterator[tuple[str, float]]:
    """The cost of typing ``letter`` for each other one."""
    close = neighbours(letter)
    for other in ALPHABET:
        if other != letter:
            yield other, min(_confusions().get((letter, other), _OTHER), _KEY if other in close else _OTHER)


@cache
def _confusions() -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for kind, *letters in load_rows("confusions.tsv"):
        for pair in permutations(letters, 2):
            found[pair] = min(found.get(pair, _OTHER), _CONFUSION[kind])
    return found
