"""Typed text to a parsed query: loose words, quoted phrases, words to the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzers.arabic import EXACT, FOLDED, Token
from index.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzers.analyzer import Analyzer


MAX_WORDS = 64
"""Words of one query: each costs a look-up in every field."""


_QUOTED = re.compile(r'(=?)(?:"([^"]*)"|\u201c([^\u201d]*)\u201d|\u00ab([^\u00bb]*)\u00bb)')


_EXACT_WORD = re.compile(r"(?:(?<=\s)|^)=(\S+)")


@dataclass(frozen=True, slots=True)
class PhraseQuery:
    """Words that must stand side by side at a level; a single word where only one was asked for."""

    tokens: tuple[Token, ...]
    level: str

    def slots(self) -> tuple[tuple[str, ...], ...]:
        """The terms of each place."""
        return tuple(getattr(token.forms, self.level) for token in self.tokens)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was read: loose words with the numbers in them, and what must be there as quoted."""

    words: tuple[Token, ...]
    quoted: tuple[PhraseQuery, ...]

    def is_empty(self) -> bool:
        """Whether there is no word in it at all."""
        return not self.words and not self.quoted

    def tokens(self) -> tuple[Token, ...]:
        """Every distinct word, quoted ones included, in order of first mention."""
        every = [*self.words, *(token for quoted in self.quoted for token in quoted.tokens)]
        return tuple({token.forms: token for token in every}.values())


def read(text: str, analyzer: Analyzer) -> ParsedQuery:
    """The query in ``text``; raises UsageError for more words than anybody types."""
    quoted = [
        PhraseQuery(_words(match[2] or match[3] or match[4] or "", analyzer), EXACT if match[1] else FOLDED)
        for match in _QUOTED.finditer(text)
    ]
    loose = _QUOTED.sub(" ", text)
    quoted += [PhraseQuery(_words(match[1], analyzer), EXACT) for match in _EXACT_WORD.finditer(loose)]
    words = tuple(analyzer.tokens(_EXACT_WORD.sub(" ", loose)))
    asked = ParsedQuery(words, tuple(each for each in quoted if each.tokens))
    if len(_written(words)) + sum(len(each.tokens) for each in asked.quoted) > MAX_WORDS:
        raise UsageError(f"the query has more than {MAX_WORDS} words; leave the less important ones out", "q")
    return asked


def _words(text: str, analyzer: Analyzer) -> tuple[Token, ...]:
    """The words of ``text`` as they stand side by side."""
    return _written(analyzer.tokens(text))


def _written(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The words among tokens, without the numbers that some of them amount to."""
    return tuple(token for token in tokens if token.forms.exact)


def canonical(asked: ParsedQuery, aside: Iterable[Token]) -> str:
    """The query as it was read: words that decide nothing in brackets, quoted ones in quotes."""
    brackets = {token.forms for token in aside}
    words = [
        f"({token.surface})" if token.forms in brackets else token.surface for token in _written(asked.words)
    ]
    quoted = [
        ("=" if each.level == EXACT else "") + '"' + " ".join(token.surface for token in each.tokens) + '"'
        for each in asked.quoted
    ]
    return " ".join([*words, *quoted])
