"""The cost of each slip of an Arabic writer: letters alike in sound or shape, long vowels, nearby keys."""

from __future__ import annotations

from functools import cache
from itertools import permutations

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.letters import ALEF, ARTICLE, HAMZA, WAW, YEH
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.search_app.query.rewrites.layouts import neighbours
from kashshaf.search_app.query.rewrites.trie_search import Edit

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


def _edits_at(word: str, place: int) -> list[Edit]:
    first = _FIRST * (place == 0)
    letter, before, after = word[place : place + 1], word[place - 1 : place], word[place + 1 : place + 2]
    edits = [Edit(first + _missing(each, before, letter), 0, each) for each in ALPHABET]
    if letter:
        edits.append(Edit(0, 1, letter))
        edits.append(Edit(first + _superfluous(letter, before, after), 1, ""))
        edits += [Edit(first + cost, 1, each) for each, cost in _substitutions(letter)]
    if after and after != letter:
        swapped = after + letter
        edits.append(Edit(_ARTICLE if swapped == ARTICLE and not place else first + _SWAPPED, 2, swapped))
    return edits


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


@cache
def _substitutions(letter: str) -> tuple[tuple[str, float], ...]:
    """The cost of typing ``letter`` for each other one."""
    close = neighbours(letter)
    return tuple(
        (other, min(_confusions().get((letter, other), _OTHER), _KEY if other in close else _OTHER))
        for other in ALPHABET
        if other != letter
    )


@cache
def _confusions() -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for kind, *letters in load_rows("confusions.tsv"):
        for pair in permutations(letters, 2):
            found[pair] = min(found.get(pair, _OTHER), _CONFUSION[kind])
    return found
