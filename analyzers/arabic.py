"""The chain: which rules run on a word, in which order, and what each level holds.

Levels, each computed from the one before, so that two words that meet at a level meet at all later ones
(stop words aside, which are known by their exact form):

- ``exact``: the letters as written. Marks and invisible characters go, code points are unified.
- ``folded``: what readers do not tell apart when they type: hamza, alef, teh marbuta, alef maksura.
- ``stem``: the word without its clitics and endings, as the lexicon proves them. Stop words have none.
- ``root``: what related words share; coarse, for ranking alone. Stop words have none.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from analyzers import letters as ar
from analyzers.folding import fold_letters
from analyzers.lexicon import Lexicon
from analyzers.memo import Memo
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
from analyzers.tokenize import Kind, kind_of, surfaces, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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

PLAIN = re.compile(f"[{ar.HAMZA}-\u063a\u0641-{ar.YEH}]+")
"""The letters of Arabic as most words have them: such a word is at the exact level as it is written, and
``fold_letters`` does to it in one pass what the steps of the folded level do. A test holds the two equal."""

MEMO_SIZE = 1 << 18
"""Surfaces, or whole pieces between spaces, in a generation of a memo, of which there are two."""
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

    def __init__(self, lexicon: Lexicon | None = None, remembered: int | None = None) -> None:
        self.lexicon = Lexicon.base() if lexicon is None else lexicon
        self.remembered = remembered or MEMO_SIZE
        """Pieces in a generation of a memo. Where several work side by side, each has to do with fewer."""
        self._memo = _Pieces(self.lexicon, self.remembered)
        self._terms = {level: _Terms(self, at) for at, level in enumerate(LEVELS)}

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of ``text`` in order; linear in its length, never raises."""
        memo = self._memo
        position = 0
        phrase = _Phrase(text)
        held = phrase.tokens
        for surface, start, end, _ in words(text):
            found = memo[surface]
            if isinstance(found, Numeric) and found.part:
                token = Token(surface, start, end, position, found[0])
                position += 1
                if held and not phrase.takes(token, found.part):
                    yield from phrase.taken()
                if not held:
                    phrase.begin(token, found.part)
                continue
            for forms in found:
                if held:
                    yield from phrase.taken()
                yield Token(surface, start, end, position, forms)
                position += 1
        if held:
            yield from phrase.taken()

    def piece(self, piece: str) -> tuple[Forms, ...]:
        """The terms of the words in a piece of text without spaces, whatever stands around it."""
        return self._memo[piece]

    def terms(self, level: str) -> Mapping[str, tuple[str, ...]]:
        """The terms at a level of all words in pieces of text without spaces, by the piece; remembered."""
        return self._terms[level]

    def words(self, piece: str) -> tuple[Forms, ...]:
        """The same, not remembered: for those who keep what they make of it."""
        return self._memo.read(piece)


def by_position(tokens: Iterator[Token]) -> list[Forms]:
    """The terms of tokens, those of a number together with those of its first word."""
    found: list[Forms] = []
    for token in tokens:
        if token.forms.exact:
            found.append(token.forms)
        else:
            found[-1] = found[-1].with_terms(token.forms)
    return found


class Numeric(tuple[Forms, ...]):  # noqa: SLOT001 # a tuple may have no slots
    """The forms of a piece with a part of a number in it; ``part`` where the piece is one."""

    part: Part | None = None


class NumberWord(Numeric):
    """One with a word: digits alone, however many stand side by side, make no phrase."""


class _Pieces(Memo[tuple[Forms, ...]]):
    """The forms of the words in a piece of text without spaces, computed when first asked for."""

    def __init__(self, lexicon: Lexicon, size: int) -> None:
        super().__init__(size)
        self._lexicon = lexicon

    def __missing__(self, piece: str) -> tuple[Forms, ...]:
        found = self.find(piece)
        return self.keep(piece, self.read(piece)) if found is None else found

    def read(self, piece: str) -> tuple[Forms, ...]:
        """The same, anew."""
        if PLAIN.fullmatch(piece):  # most words: nothing in them has to be looked at more closely
            return self._word(piece, Kind.ARABIC)
        found = surfaces(piece)
        if found == [piece]:
            return self._word(piece, kind_of(piece))
        parts = [self[surface] for surface in found]
        kinds = set(map(type, parts))
        made = next((kind for kind in (NumberWord, Numeric) if kind in kinds), tuple)
        return made(chain.from_iterable(parts))

    def _word(self, surface: str, kind: Kind) -> tuple[Forms, ...]:
        forms = forms_of(surface, kind, self._lexicon)
        if not forms.exact:
            return ()
        part = _part(forms, kind)
        if part is None:
            return (forms,)
        found = (Numeric if kind is Kind.NUMBER else NumberWord)((forms,))
        found.part = part
        return found


class _Terms(Memo[tuple[str, ...]]):
    """The terms of pieces of text at one level."""

    def __init__(self, analyzer: Analyzer, level: int) -> None:
        super().__init__(analyzer.remembered)
        self._analyzer = analyzer
        self._level = level

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = self.find(piece)
        if found is None:
            words = self._analyzer.words(piece)
            level = self._level
            terms = (
                words[0][level]  # the words of a lexicon share it
                if len(words) == 1
                else tuple(chain.from_iterable(word[level] for word in words))
            )
            found = self.keep(piece, terms)
        return found


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
    exact, folded = written(surface, kind)
    if not exact:
        return NOTHING
    as_written = (exact,)
    as_folded = as_written if folded == exact else (folded,)  # one object for both saves a third of a memo
    if kind is not Kind.NUMBER and is_stop_word(exact):
        return Forms(as_written, as_folded, (), ())
    if kind is Kind.ARABIC:
        return Forms(as_written, as_folded, *lexicon.analysed(folded))
    stem = (run(CHAINS[kind][2], folded),)
    return Forms(as_written, as_folded, stem, stem)


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
