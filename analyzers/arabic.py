"""The chain: which rules run on a word, in which order, and what each level holds.

Levels, each computed from the one before, so that two words that meet at a level meet at all later ones. Two
things are known by the exact form: stop words, and the hamza that decides what a word is («ألسنة» is no year,
«لأزمة» not «لازمة»), so words that differ by it alone may meet when folded and part as stems:

- ``exact``: the letters as written. Marks and invisible characters go, code points are unified.
- ``folded``: what readers do not tell apart when they type: hamza, alef, teh marbuta, alef maksura.
- ``stem``: the word without its clitics and endings, as the lexicon proves them. Stop words have none.
- ``root``: what related words share; coarse, for ranking alone. Stop words have none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.orthography.normalize import (
    bound_marks,
    compose,
    fold_alef,
    fold_alef_maksura,
    fold_borrowed,
    fold_case,
    fold_hamza_seats,
    fold_last_hamza,
    fold_teh_marbuta,
    fold_wrong_seat,
    plain_number,
    spell_small_letters,
    strip_accents,
    strip_dots,
    strip_invisible,
    strip_leading_zeros,
    strip_marks,
    strip_tatweel,
    unify_letters,
    western_digits,
)
from kashshaf.analyzers.stemming.hamza import shown
from kashshaf.analyzers.stemming.snowball import stem_latin
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.analyzers.tokenize import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashshaf.analyzers.lexicon import Lexicon

LEVELS = ("exact", "folded", "stem", "root")
EXACT, FOLDED, STEM, ROOT = LEVELS

# The order within a chain matters; each place has its reason.
_WRITTEN: tuple[Callable[[str], str], ...] = (
    bound_marks,  # first: what follows would take quadratic time on a word of nothing but marks
    compose,  # joins letter and hamza mark before marks are stripped, opens ligatures
    strip_invisible,  # before anything that looks at neighbours or at the length
    unify_letters,  # before the marks go: a Persian yeh takes its hamza mark with it
    spell_small_letters,  # before the marks go: it looks at them
    strip_marks,
    strip_tatweel,
    strip_dots,
)
CHAINS: dict[Kind, tuple[tuple[Callable[[str], str], ...], ...]] = {
    Kind.ARABIC: (
        _WRITTEN,
        (
            fold_last_hamza,  # these two see the hamza and its seat, which the others take away
            fold_wrong_seat,
            fold_alef,
            fold_hamza_seats,
            fold_alef_maksura,  # before stemming: snowball treats the two yehs differently
            fold_teh_marbuta,
            fold_borrowed,
        ),
        (),  # the lexicon's part
    ),
    Kind.NUMBER: (
        (compose, western_digits, plain_number),
        (),
        (strip_leading_zeros,),
    ),
    Kind.OTHER: (
        (bound_marks, compose, strip_invisible, western_digits, fold_case, strip_dots),
        (strip_accents,),
        (stem_latin,),
    ),
}

PLAIN = re.compile(f"[{ar.HAMZA}-\u063a\u0641-{ar.YEH}]+")
"""The letters of Arabic as most words have them: such a word is at the exact level as it is written, and
``fold_letters`` does to it in one pass what the steps of the folded level do. A test holds the two equal."""
_LETTERS_AND_NUMBER = re.compile(r"([^\W\d_]+)(\d+)")

MAX_TERM = 100
"""Letters of a term. Longer "words" are noise, and engines bound the length of a term in bytes."""


class Forms(NamedTuple):
    """The terms of one word at each level; a level without terms has an empty tuple."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    stem: tuple[str, ...]
    root: tuple[str, ...]

    def with_terms(self, other: Forms) -> Forms:
        """The terms of both, level by level."""
        return Forms(*(own + others for own, others in zip(self, other, strict=True)))


class Token(NamedTuple):
    """A word of a text: ``text[start:end] == surface`` in code points, counted by ``position`` from 0.

    Or what number words amount to: the whole phrase at the position of its first word, right after that, with
    the value («3000000») as its stem and root. It has no ``exact`` and no ``folded`` term, as every word has.
    """

    surface: str
    start: int
    end: int
    position: int
    forms: Forms


NOTHING = Forms((), (), (), ())


def forms_of(surface: str, kind: Kind, lexicon: Lexicon) -> Forms:
    """The terms of one word at every level."""
    exact, folded = written(surface, kind)
    if not exact:
        return NOTHING
    as_written = (exact,)
    as_folded = as_written if folded == exact else (folded,)  # one object for both saves a third of a memo
    if kind is not Kind.NUMBER and is_stop_word(exact):
        return Forms(as_written, as_folded, (), ())
    if kind is Kind.ARABIC:
        return Forms(as_written, as_folded, *lexicon.analysed(shown(exact, folded)))
    stem = tuple(run(CHAINS[of][2], part) for part, of in parts_of(folded, kind))
    return Forms(as_written, as_folded, stem, stem)


def parts_of(folded: str, kind: Kind) -> tuple[tuple[str, Kind], ...]:
    """Letters and a number that stand together as two words, as they do with a hyphen or a space between.

    >>> f16 -> f 16, covid19 -> covid 19; not h1n1, bbc
    """
    found = _LETTERS_AND_NUMBER.fullmatch(folded) if kind is Kind.OTHER else None
    return ((found[1], Kind.OTHER), (found[2], Kind.NUMBER)) if found else ((folded, kind),)


def written(surface: str, kind: Kind) -> tuple[str, str]:
    """A word at the exact and at the folded level."""
    if PLAIN.fullmatch(surface):
        exact = cut(surface)
        return exact, fold_letters(exact)
    to_exact, to_folded, _ = CHAINS[kind]
    exact = cut(run(to_exact, surface))
    return exact, run(to_folded, exact)


def cut(word: str) -> str:
    """The first letters of what is too long for a word, as many as a term may have."""
    return word[:MAX_TERM]


def run(steps: tuple[Callable[[str], str], ...], word: str) -> str:
    """``word`` through ``steps``, one after the other."""
    for step in steps:
        word = step(word)
    return word
