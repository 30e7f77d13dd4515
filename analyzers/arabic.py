"""The chain: which rules run on a word, in which order, and what each level holds.

Levels, each computed from the one before, so that two words that meet at a level meet at all later ones
(stop words aside, which are known by their exact form):

- ``exact``: the letters as written. Marks and invisible characters go, code points are unified.
- ``folded``: what readers do not tell apart when they type: hamza, alef, teh marbuta, alef maksura.
- ``stem``: the word without its clitics and endings, as the lexicon proves them. Stop words have none.
- ``root``: what related words share; coarse, for ranking alone. Stop words have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analyzers.lexicon import Lexicon
from analyzers.normalize import (
    bound_marks,
    compose,
    fold_alef,
    fold_alef_maksura,
    fold_borrowed,
    fold_case,
    fold_hamza_seats,
    fold_teh_marbuta,
    plain_number,
    strip_accents,
    strip_invisible,
    strip_leading_zeros,
    strip_marks,
    strip_tatweel,
    unify_letters,
    western_digits,
)
from analyzers.numbers import Part, linked, numeral_part, part_of, values
from analyzers.stem import stem_latin
from analyzers.stopwords import is_stop_word
from analyzers.tokenize import Kind, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEVELS = ("exact", "folded", "stem", "root")
EXACT, FOLDED, STEM, ROOT = LEVELS

# The order within a chain matters; each place has its reason.
_WRITTEN: tuple[Callable[[str], str], ...] = (
    bound_marks,  # first: what follows would take quadratic time on a word of nothing but marks
    compose,  # joins letter and hamza mark before marks are stripped, opens ligatures
    strip_invisible,  # before anything that looks at neighbours or at the length
    unify_letters,  # before the marks go: a Persian yeh takes its hamza mark with it
    strip_marks,
    strip_tatweel,
)
CHAINS: dict[Kind, tuple[tuple[Callable[[str], str], ...], ...]] = {
    Kind.ARABIC: (
        _WRITTEN,
        (
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
        (bound_marks, compose, strip_invisible, western_digits, fold_case),
        (strip_accents,),
        (stem_latin,),
    ),
}

MEMO_SIZE = 1 << 18
"""Distinct surfaces remembered: about 100 MB at most, and more words than a day's pages have."""
MEMO_LONGEST = 64
"""Characters of a remembered surface: longer ones are rare and could be of any size."""
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


class Analyzer:
    """Text to tokens. Safe to share between threads; remembers the words it has seen, within bounds.

    Without a lexicon, the shipped list of words is the only evidence.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = Lexicon.base() if lexicon is None else lexicon
        self._memo: dict[str, Forms] = {}
        self._numbers: dict[str, tuple[Forms, Part | None]] = {}
        """Words of numbers: kept apart, so that other words need no second look."""

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of ``text`` in order; linear in its length, never raises."""
        memo = self._memo
        position = 0
        phrase = _Phrase(text)
        held = phrase.tokens
        for surface, start, end, kind in words(text):
            forms = memo.get(surface)
            if forms is None:
                forms, part = self._numbers.get(surface) or self._remember(surface, kind)
                if part:
                    token = Token(surface, start, end, position, forms)
                    position += 1
                    if held and not phrase.takes(token, part):
                        yield from phrase.taken()
                    if not held:
                        phrase.begin(token, part)
                    continue
                if not forms.exact:
                    continue
            if held:
                yield from phrase.taken()
            yield Token(surface, start, end, position, forms)
            position += 1
        if held:
            yield from phrase.taken()

    def _remember(self, surface: str, kind: Kind) -> tuple[Forms, Part | None]:
        forms = forms_of(surface, kind, self.lexicon)
        part = _part(forms, kind)
        if len(surface) > MEMO_LONGEST:
            return forms, part
        if len(self._memo) + len(self._numbers) >= MEMO_SIZE:
            self._memo.clear()
            self._numbers.clear()
        if part or not forms.exact:
            self._numbers[surface] = forms, part
        else:
            self._memo[surface] = forms
        return forms, part


class _Phrase:
    """Words of a number, held back until it is known what they amount to."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.tokens: list[Token] = []
        self._parts: list[Part] = []

    def begin(self, token: Token, part: Part) -> None:
        """Hold the first word."""
        self.tokens.append(token)
        self._parts.append(part)

    def takes(self, token: Token, part: Part) -> bool:
        """Hold a word that goes on with those held; False where it does not."""
        follower = linked(self._parts, part, self._text[self.tokens[-1].end : token.start])
        if follower:
            self.begin(token, follower)
        return follower is not None

    def taken(self) -> list[Token]:
        """The words held, each number right after its first word; then none is held."""
        found = self.tokens.copy()
        if len(found) > 1:
            for first, last, value in reversed([*values(self._parts)]):
                found.insert(first + 1, self._number(first, last, value))
        elif self._parts[0].alone:
            found.append(self._number(0, 0, self._parts[0].alone))
        self.tokens.clear()
        self._parts.clear()
        return found

    def _number(self, first: int, last: int, value: str) -> Token:
        _, start, _, position, _ = self.tokens[first]
        end = self.tokens[last].end
        return Token(self._text[start:end], start, end, position, Forms((), (), (value,), (value,)))


def _part(forms: Forms, kind: Kind) -> Part | None:
    """A word as part of a number; None for other words."""
    if kind is Kind.NUMBER:
        return numeral_part(forms.exact[0])
    return part_of(forms.exact[0], forms.folded[0]) if kind is Kind.ARABIC and forms.exact else None


def forms_of(surface: str, kind: Kind, lexicon: Lexicon) -> Forms:
    """The terms of one word at every level."""
    to_exact, to_folded, to_stem = CHAINS[kind]
    exact = cut(run(to_exact, surface))
    if not exact:
        return NOTHING
    folded = run(to_folded, exact)
    if kind is not Kind.NUMBER and is_stop_word(exact):
        return Forms((exact,), (folded,), (), ())
    if kind is Kind.ARABIC:
        return Forms((exact,), (folded,), *lexicon.analysed(folded))
    stem = run(to_stem, folded)
    return Forms((exact,), (folded,), (stem,), (stem,))


def cut(word: str) -> str:
    """The first letters of what is too long for a word, as many as a term may have."""
    return word[:MAX_TERM]


def run(steps: tuple[Callable[[str], str], ...], word: str) -> str:
    """``word`` through ``steps``, one after the other."""
    for step in steps:
        word = step(word)
    return word
