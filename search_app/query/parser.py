"""Typed text to a parsed query: loose words, quoted phrases, words to the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzers.arabic import EXACT, FOLDED, Forms, Token
from analyzers.letters import INVISIBLE
from analyzers.spacing import ways
from analyzers.stemming.evidence import Evidence
from search_app.query.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from analyzers.analyzer import Analyzer


_CLOSERS = {
    '"': '"',
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",  # as they look where the direction was lost
    "\u201c": "\u201d\u201c",
    "\u201d": "\u201d\u201c",
    "\u201e": "\u201c\u201d",
    "\u201f": "\u201d\u201c",
    "\uff02": "\uff02",
}
"""The quotation marks, each with those that close it; where these are missing, another one does."""


_QUOTE = re.compile("[" + "".join(_CLOSERS) + "]")


_STRAY = re.compile(r"\w\u00bb")
"""A guillemet that closes a word; where nothing opened before it, it opens nothing either."""


_MOST_RESPACED = 64
"""Words of a phrase that is looked for with a space more or less."""


_UNSEEN = f"[{INVISIBLE}]*"


_EXACT_MARK = re.compile(rf"={_UNSEEN}$")


_EXACT_WORD = re.compile(rf"(?:(?<=\s)|^){_UNSEEN}={_UNSEEN}(\S+)")


_QUESTION_WORDS = frozenset(
    ("ما", "ماذا", "من", "متى", "متي", "أين", "اين", "كم", "كيف", "هل", "لماذا", "لما", "أي", "اي", "أية")
)
"""The stop words that open a question."""


@dataclass(frozen=True, slots=True)
class PhraseQuery:
    """Words that must stand side by side at a level; a single word where only one was asked for."""

    tokens: tuple[Token, ...]
    level: str
    respaced: tuple[tuple[str, ...], ...] = ()
    """The same words with a space more or less, as others may write them."""

    def slots(self) -> tuple[tuple[str, ...], ...]:
        """The terms of each place."""
        return tuple(getattr(token.forms, self.level) for token in self.tokens)

    def ways(self) -> list[tuple[tuple[str, ...], ...]]:
        """The terms of each place, in every way to write the phrase."""
        return [self.slots(), *(tuple((word,) for word in words) for words in self.respaced)]

    def typed(self) -> str:
        """The phrase in quotes, as it was read."""
        return (
            ("=" if self.level == EXACT else "") + '"' + " ".join(each.surface for each in self.tokens) + '"'
        )


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was read: loose words with the numbers in them, and what must be there as quoted.

    ``spellings``: the form typed of a query that is one word, with and without clitics, at the folded level.
    ``ambiguous``: the forms of words that may stand for several.
    """

    words: tuple[Token, ...]
    quoted: tuple[PhraseQuery, ...]
    spellings: tuple[str, ...] = ()
    ambiguous: frozenset[Forms] = frozenset()

    def is_one_of(self, token: Token) -> bool:
        """Tell a word whose terms are of several spellings: a document needs one of them."""
        return token.forms in self.ambiguous

    def is_empty(self) -> bool:
        """True if there is no word in it at all."""
        return not self.words and not self.quoted

    def is_question(self) -> bool:
        """True if the first loose word is one that opens a question."""
        return any(token.forms.exact[0] in _QUESTION_WORDS for token in written(self.words)[:1])

    def tokens(self) -> tuple[Token, ...]:
        """Every distinct word, quoted ones included, in order of first mention."""
        every = [*self.words, *(token for quoted in self.quoted for token in quoted.tokens)]
        return tuple({token.forms: token for token in every}.values())


def read(text: str, analyzer: Analyzer) -> ParsedQuery:
    """The query in ``text``; never raises."""
    quoted = []
    loose = []
    for part, level in _parts(text):
        if level:
            quoted.append(_phrase(part, level, analyzer))
        else:
            loose.append(part)
    rest = " ".join(loose)
    quoted += [PhraseQuery(written(analyzer.tokens(match[1])), EXACT) for match in _EXACT_WORD.finditer(rest)]
    words = tuple(analyzer.tokens(_EXACT_WORD.sub(" ", rest)))
    found = tuple(each for each in quoted if each.tokens)
    typed = spellings(words[0], analyzer) if len(words) == 1 and not found else ()
    return ParsedQuery(words, found, typed, frozenset(_ambiguous(words, analyzer)))


def _ambiguous(words: Iterable[Token], analyzer: Analyzer) -> Iterator[Forms]:
    """The forms of bare words that may stand for several, as «الام» does for «الأم» and «آلام»."""
    for exact, folded, stems, roots in (token.forms for token in words):
        if len(stems) > 1 and exact == folded and analyzer.lexicon.is_ambiguous(folded[0]):
            yield Forms(exact, folded, stems, roots)


def _phrase(text: str, level: str, analyzer: Analyzer) -> PhraseQuery:
    """A phrase; one that is not asked for to the letter with every way to space it."""
    words = written(analyzer.tokens(text))
    if level == EXACT or len(words) > _MOST_RESPACED:
        return PhraseQuery(words, level)
    evidence = Evidence(analyzer.lexicon.count, analyzer.lexicon.lemmas)
    respaced = ways([token.forms.folded[0] for token in words], evidence)
    return PhraseQuery(words, level, tuple(respaced[1:]))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The stretches of a query with their levels: quoted ones, and loose ones at none."""
    start = 0
    while opening := _opening(text, start):
        first, last = opening
        loose = text[start:first]
        exact = _EXACT_MARK.search(loose)
        yield (loose[: exact.start()] if exact else loose), ""
        yield text[first + 1 : last], EXACT if exact else FOLDED
        start = last + 1
    yield text[start:], ""


def _opening(text: str, start: int) -> tuple[int, int] | None:
    """The offsets of the first quotation mark that another closes, and of that one.

    A mark without its own closer takes the next mark, unless that one has a closer of its own.
    """
    marks = [*_QUOTE.finditer(text, start)]
    for place, mark in enumerate(marks):
        if _STRAY.match(text, max(start, mark.start() - 1)):
            continue
        closer = _closer(marks, place)
        if closer is None and place + 1 < len(marks) and _closer(marks, place + 1) is None:
            closer = marks[place + 1]
        if closer is not None:
            return mark.start(), closer.start()
    return None


def _closer(marks: Sequence[re.Match[str]], place: int) -> re.Match[str] | None:
    """The first later mark that closes the one at ``place``."""
    closers = _CLOSERS[marks[place][0]]
    return next((mark for mark in marks[place + 1 :] if mark[0] in closers), None)


def written(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The words among tokens, without the numbers that some of them amount to."""
    return tuple(token for token in tokens if token.forms.exact)


def canonical(asked: ParsedQuery, aside: Iterable[Token]) -> str:
    """The query as it was read: words that decide nothing in brackets, quoted ones in quotes."""
    brackets = {token.forms for token in aside}
    words = [
        f"({token.surface})" if token.forms in brackets else token.surface for token in written(asked.words)
    ]
    return " ".join([*words, *(each.typed() for each in asked.quoted)])
