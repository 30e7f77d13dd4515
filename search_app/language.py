"""What people type to what an engine is asked.

    words          ranked; a document needs one of the words that carry the query
    "a phrase"     these words side by side, hamza and marks aside; between any two double quotation marks,
                   as «…», “…”, „…“; among other words it is one of those that carry the query
    =word ="…"     exactly these letters

Anything else, a leading hyphen or a lone quote included, only parts words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzers.arabic import EXACT, FOLDED, STEM, Token
from analyzers.letters import INVISIBLE
from analyzers.spacing import ways
from analyzers.stemming.evidence import Evidence
from analyzers.stemming.joining import set_phrases
from index.errors import UsageError
from index.query import NOTHING, AllOf, AnyOf, Clause, Phrase, Term
from index.ranking import carrying
from index.records import MATCHED, IndexName
from search_app.scoring import scoring

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzers.analyzer import Analyzer
    from index.engine import Reader
    from index.query import Weighted

MAX_WORDS = 64
"""Words of one query: each costs a look-up in every field."""

_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\uff02'
_UNSEEN = f"[{INVISIBLE}]*"
_OWN = (r'"([^"]*)"', "\u201c([^\u201c\u201d]*)\u201d", "\u00ab([^\u00ab\u00bb]*)\u00bb")
"""Marks in their pairs first: among others these may stand within them."""
_ANY = f"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]"
_QUOTED = re.compile(f"(=?){_UNSEEN}(?:{'|'.join((*_OWN, _ANY))})")
_DEMANDED = re.compile(rf"(?:(?<=\s)|^){_UNSEEN}={_UNSEEN}(\S+)")


@dataclass(frozen=True, slots=True)
class Quoted:
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


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was read: loose words with the numbers in them, and what must be there as quoted."""

    words: tuple[Token, ...]
    quoted: tuple[Quoted, ...]

    def is_empty(self) -> bool:
        """Whether there is no word in it at all."""
        return not self.words and not self.quoted

    def tokens(self) -> tuple[Token, ...]:
        """Every distinct word, quoted ones included, in order of first mention."""
        every = [*self.words, *(token for quoted in self.quoted for token in quoted.tokens)]
        return tuple({token.forms: token for token in every}.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine is asked, and the words that were set aside."""

    required: Clause
    scoring: tuple[Weighted, ...]
    aside: tuple[Token, ...]


def read(text: str, analyzer: Analyzer) -> Asked:
    """The query in ``text``; raises UsageError for more words than anybody types."""
    quoted = [
        _quoted("".join(filter(None, match.groups()[1:])), EXACT if match[1] else FOLDED, analyzer)
        for match in _QUOTED.finditer(text)
    ]
    loose = _QUOTED.sub(" ", text)
    quoted += [Quoted(_words(match[1], analyzer), EXACT) for match in _DEMANDED.finditer(loose)]
    words = tuple(analyzer.tokens(_DEMANDED.sub(" ", loose)))
    asked = Asked(words, tuple(each for each in quoted if each.tokens))
    if len(_written(words)) + sum(len(each.tokens) for each in asked.quoted) > MAX_WORDS:
        raise UsageError(f"the query has more than {MAX_WORDS} words; leave the less important ones out", "q")
    return asked


def _quoted(text: str, level: str, analyzer: Analyzer) -> Quoted:
    """A phrase; one that is not asked for to the letter with every way to space it."""
    words = _words(text, analyzer)
    if level == EXACT or len(words) > MAX_WORDS:
        return Quoted(words, level)
    evidence = Evidence(analyzer.lexicon.count, analyzer.lexicon.lemmas)
    respaced = ways([token.forms.folded[0] for token in words], evidence)
    return Quoted(words, level, tuple(respaced[1:]))


def _words(text: str, analyzer: Analyzer) -> tuple[Token, ...]:
    """The words of ``text`` as they stand side by side."""
    return _written(analyzer.tokens(text))


def _written(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The words among tokens, without the numbers that some of them amount to."""
    return tuple(token for token in tokens if token.forms.exact)


def plan(asked: Asked, reader: Reader, index: IndexName) -> Plan:
    """What to ask an index: one of what carries the query must match, and all that is asked to the letter.

    A quoted phrase carries as a whole. Alone it must match; among other words it is one of them, since people
    paste headlines, and headlines quote. The words in it rank like any other.
    """
    tokens = asked.tokens()
    level = STEM if any(token.forms.stem for token in tokens) else FOLDED
    scored = [token for token in tokens if getattr(token.forms, level)]
    loose = [token for token in dict.fromkeys(asked.words) if getattr(token.forms, level)]
    carried = {loose[at] for at in carrying(_frequencies(loose, level, reader, index), reader.count())}
    # What a number in words amounts to always carries: in a small index it could be set aside for its words.
    kept = [token for token in loose if token in carried or not token.forms.exact]
    runs = [_written(kept), *(quoted.tokens for quoted in asked.quoted)]
    ranked = scoring(scored, runs, level, reader, index)
    words = [_anywhere_at(token, level, index) for token in kept]
    phrases = [_anywhere(quoted, index) for quoted in asked.quoted if quoted.level != EXACT]
    to_the_letter = [_anywhere(quoted, index) for quoted in asked.quoted if quoted.level == EXACT]
    aside = tuple(token for token in _written(asked.words) if token not in kept)
    if to_the_letter:
        return Plan(AllOf((*to_the_letter, *phrases)), ranked, aside)
    if words:
        return Plan(AnyOf((*words, *phrases)), ranked, aside)
    return Plan(AllOf(tuple(phrases)) if phrases else NOTHING, ranked, aside)


def understood(asked: Asked, aside: Iterable[Token]) -> str:
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


def _anywhere_at(token: Token, level: str, index: IndexName) -> Clause:
    """A word wherever it can stand in a record; of one that is two with no space between, both."""
    if token.forms.folded and (ways := set_phrases().get(token.forms.folded[0])):
        slots = [tuple((word,) for word in way) for way in ways]
        return AnyOf(tuple(Phrase(zone, FOLDED, way) for way in slots for zone in MATCHED[index]))
    words = tuple(AnyOf(tuple(zones)) for zones in _terms(token, level, index))
    return words[0] if len(words) == 1 else AllOf(words)


def _terms(token: Token, level: str, index: IndexName) -> list[list[Term]]:
    """The terms of a word, each in every zone where it can stand."""
    return [[Term(zone, level, text) for zone in MATCHED[index]] for text in getattr(token.forms, level)]


def _anywhere(quoted: Quoted, index: IndexName) -> Clause:
    zones = MATCHED[index]
    return AnyOf(tuple(Phrase(zone, quoted.level, slots) for slots in quoted.ways() for zone in zones))


def _frequencies(tokens: Sequence[Token], level: str, reader: Reader, index: IndexName) -> list[int]:
    """In how many documents each word occurs: in the zone where it occurs most."""
    return [min(max(reader.frequencies(zones)) for zones in _terms(token, level, index)) for token in tokens]
