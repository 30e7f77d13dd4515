"""The analyzer: a text's tokens in order, what is known of its words remembered within bounds."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import LEVELS, PLAIN, STEM, Forms, Token, forms_of, written
from kashshaf.analyzers.letters import ARTICLE, WAW, YEH
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.analyzers.memo import Memo
from kashshaf.analyzers.names import known
from kashshaf.analyzers.numbers import Part, Sort, linked, numeral_part, part_of, values
from kashshaf.analyzers.tokenize import Kind, kind_of, surfaces, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


MEMO_SIZE = 1 << 18
"""Surfaces, or whole pieces between spaces, in a generation of a memo, of which there are two."""
_STEMMED = LEVELS.index(STEM)
UNKNOWN_WORD = WAW + ARTICLE + 4 * "\N{ARABIC LETTER ZAH}" + YEH
"""In no table, with clitics and an ending, so that each table is asked."""


class Analyzer:
    """Text to tokens. Safe to share between threads; remembers the words it has seen, within bounds.

    Without a lexicon, the shipped list of words is the only evidence.
    """

    def __init__(self, lexicon: Lexicon | None = None, remembered: int | None = None) -> None:
        self.lexicon = Lexicon.base() if lexicon is None else lexicon
        self.remembered = remembered or MEMO_SIZE
        """Pieces in a generation of a memo. Where several work side by side, each has to do with fewer."""
        self._memo = _PieceForms(self.lexicon, self.remembered)
        self._terms = {level: _Terms(self, at) for at, level in enumerate(LEVELS)}

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of ``text`` in order; linear in its length, never raises."""
        memo = self._memo
        position = 0
        phrase = _Phrase(text, self.lexicon)
        held = phrase.tokens
        for surface, start, end, _ in words(text):
            found = memo[surface]
            if isinstance(found, NumberForms) and found.part:
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

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """The stems of the names of several words, each as the one word that stands for it."""
        return frozenset(stem for name in known().values() for stem in self.lexicon.analysed(name).stems)

    def warm_up(self) -> None:
        """Load every table, which takes seconds, by reading ``UNKNOWN_WORD``."""
        for _ in self.tokens(UNKNOWN_WORD):
            pass


def by_position(tokens: Iterator[Token]) -> list[Forms]:
    """The terms of tokens, those of a number together with those of its first word."""
    found: list[Forms] = []
    for token in tokens:
        if token.forms.exact:
            found.append(token.forms)
        else:
            found[-1] = found[-1].with_terms(token.forms)
    return found


class NumberForms(tuple[Forms, ...]):  # noqa: SLOT001 # a tuple may have no slots
    """The forms of a piece with a part of a number in it; ``part`` where the piece is one."""

    part: Part | None = None


class NumberWordForms(NumberForms):
    """One with a word: digits alone, however many stand side by side, make no phrase."""


class _PieceForms(Memo[tuple[Forms, ...]]):
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
        made = next((kind for kind in (NumberWordForms, NumberForms) if kind in kinds), tuple)
        return made(chain.from_iterable(parts))

    def _word(self, surface: str, kind: Kind) -> tuple[Forms, ...]:
        forms = forms_of(surface, kind, self._lexicon)
        if not forms.exact:
            return ()
        part = _part(forms, kind)
        if part is None:
            return (forms,)
        found = (NumberForms if kind is Kind.NUMBER else NumberWordForms)((forms,))
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
            found = self.keep(piece, self._letters(piece) if self._level < _STEMMED else self._terms(piece))
        return found

    def _letters(self, piece: str) -> tuple[str, ...]:
        """The terms of a level for which no word has to be stemmed."""
        forms = (written(word, kind_of(word)) for word in surfaces(piece))
        return tuple([pair[self._level] for pair in forms if pair[0]])

    def _terms(self, piece: str) -> tuple[str, ...]:
        words = self._analyzer.words(piece)
        level = self._level
        if len(words) == 1:
            return words[0][level]  # the words of a lexicon share it
        return tuple(chain.from_iterable(word[level] for word in words))


class _Phrase:
    """Words of a number, held back until it is known what they amount to."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
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
        is_name = self._parts[0].sort is Sort.NAME
        last_two = self._lexicon.analysed(value) if is_name else ((value,), (value,))
        return Token(self._text[start:end], start, end, position, Forms((), (), *last_two))


def _part(forms: Forms, kind: Kind) -> Part | None:
    """A word as part of a number; None for other words."""
    if kind is Kind.NUMBER:
        return numeral_part(forms.exact[0])
    return part_of(forms.exact[0], forms.folded[0]) if kind is Kind.ARABIC and forms.exact else None
