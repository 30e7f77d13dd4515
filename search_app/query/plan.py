"""A parsed query made into what an engine is asked.

    words          a document has all of them to match fully, one that carries the query to match partially
    "a phrase"     these words side by side, hamza and marks aside; also «…» and “…”; it counts as a word does
    =word ="…"     exactly these letters, without which nothing matches

Anything else, a leading hyphen or a lone quote included, only parts words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzers.arabic import EXACT, FOLDED, STEM, Token
from analyzers.stemming.joining import set_phrases
from index.query import NOTHING, AllOf, AnyOf, AtLeast, Clause, Phrase, Search, Term
from index.ranking import FEW_MATCHES, LONG_QUESTION, least_words, selective_words
from index.schema import MATCHED, IndexName
from search_app.query.parser import ParsedQuery, PhraseQuery, written
from search_app.query.scoring import scoring

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.engine import Reader
    from index.query import Weighted


@dataclass(frozen=True, slots=True)
class Part:
    """A word, a number or a phrase that a document has or lacks; ``typed`` as the query has it."""

    typed: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Plan:
    """The clauses of a query: ``full`` for its full matches, ``partial`` for these and the partial ones.

    Both are equal where no document can match partially. ``parts`` are what a document may lack, ``aside``
    the words that decide nothing.
    """

    full: Clause
    partial: Clause
    scoring: tuple[Weighted, ...]
    parts: tuple[Part, ...]
    aside: tuple[Token, ...]


def plan(asked: ParsedQuery, reader: Reader, index: IndexName) -> Plan:
    """The plan of a query on an index.

    A quoted phrase counts as a whole. Alone it must match; among other words it is one of them, since people
    paste headlines, and headlines quote. The words in it rank like any other.
    """
    tokens = asked.tokens()
    level = STEM if any(token.forms.stem for token in tokens) else FOLDED
    scored = [token for token in tokens if getattr(token.forms, level)]
    loose = [token for token in dict.fromkeys(asked.words) if getattr(token.forms, level)]
    clauses = {token: _anywhere_at(token, level, index) for token in loose}
    kept = _carrying(clauses, level, reader, index)
    runs = [written(kept), *(quoted.tokens for quoted in asked.quoted)]
    words = [*_words(clauses)]
    phrases = [_part(quoted, index) for quoted in asked.quoted if quoted.level != EXACT]
    to_the_letter = [_part(quoted, index) for quoted in asked.quoted if quoted.level == EXACT]
    partial = _partial([clauses[token] for token in kept], phrases, to_the_letter)
    whole_sentence = asked.is_question() and len(words) > LONG_QUESTION
    return Plan(
        partial if whole_sentence else _full([*words, *phrases], to_the_letter),
        partial,
        scoring(scored, runs, asked.spellings, level, reader, index),
        (*words, *phrases),
        tuple(token for token in written(asked.words) if token not in clauses),
    )


def every_word(asked: ParsedQuery, index: IndexName) -> Clause:
    """All loose words that are no stop words; where there are none, no document has them."""
    words = {token: _anywhere_at(token, STEM, index) for token in asked.words if token.forms.stem}
    return _all(part.clause for part in _words(words)) if words else NOTHING


def _full(parts: Sequence[Part], to_the_letter: Sequence[Part]) -> Clause:
    """All parts, but for those that a match of a long query may lack."""
    clauses = tuple(dict.fromkeys(part.clause for part in parts))
    letters = [part.clause for part in to_the_letter]
    least = least_words(len(clauses))
    return _all([*letters, *(clauses if least == len(clauses) else (AtLeast(least, clauses),))])


def _partial(carrying: Sequence[Clause], phrases: Sequence[Part], to_the_letter: Sequence[Part]) -> Clause:
    """One of what carries the query; all that is asked to the letter."""
    quoted = [part.clause for part in phrases]
    if to_the_letter:
        return _all([*(part.clause for part in to_the_letter), *quoted])
    if carrying:
        return _any([*carrying, *quoted])
    return _all(quoted) if quoted else AnyOf(())


def _carrying(clauses: dict[Token, Clause], level: str, reader: Reader, index: IndexName) -> list[Token]:
    """The words that carry the query: the selective ones; all of them where these find few documents."""
    tokens = [*clauses]
    frequencies = _frequencies(tokens, level, reader, index)
    places = {*selective_words(frequencies, reader.count())}
    # What a number in words amounts to always carries: in a small index it could be set aside for its words.
    kept = [token for place, token in enumerate(tokens) if place in places or not token.forms.exact]
    if len(kept) == len(tokens) or max((frequencies[place] for place in places), default=0) >= FEW_MATCHES:
        return kept
    found = reader.search(Search(_any([clauses[token] for token in kept]), limit=0)).total
    known = [token for token, documents in zip(tokens, frequencies, strict=True) if documents]
    return kept if found >= FEW_MATCHES else known


def _words(clauses: dict[Token, Clause]) -> Iterator[Part]:
    """A part for each loose word; the words of a number are one part with what they amount to."""
    numbers = [token for token in clauses if not token.forms.exact]
    inside = {
        number: [token for token in clauses if token.forms.exact and _is_within(token, number)]
        for number in numbers
    }
    among = {token: number for number, tokens in inside.items() for token in tokens}
    for token, clause in clauses.items():
        if token in inside:
            words = _all([clauses[each] for each in inside[token]])
            yield Part(token.surface, _any([clause, words]))
        elif token not in among:
            yield Part(token.surface, clause)


def _is_within(token: Token, number: Token) -> bool:
    return number.start <= token.start and token.end <= number.end


def _anywhere_at(token: Token, level: str, index: IndexName) -> Clause:
    """A word wherever it can stand in a record; of one that is two with no space between, both."""
    if token.forms.folded and (written_as := set_phrases().get(token.forms.folded[0])):
        slots = [tuple((word,) for word in way) for way in written_as]
        return _any(Phrase(zone, FOLDED, way) for way in slots for zone in MATCHED[index])
    return _all([AnyOf(tuple(zones)) for zones in _terms(token, level, index)])


def _terms(token: Token, level: str, index: IndexName) -> list[list[Term]]:
    """The terms of a word, each in every zone where it can stand."""
    return [[Term(zone, level, text) for zone in MATCHED[index]] for text in getattr(token.forms, level)]


def _part(quoted: PhraseQuery, index: IndexName) -> Part:
    return Part(quoted.typed(), anywhere(quoted, index))


def anywhere(quoted: PhraseQuery, index: IndexName) -> Clause:
    """A phrase wherever it can stand in a record."""
    return AnyOf(
        tuple(Phrase(zone, quoted.level, slots) for slots in quoted.ways() for zone in MATCHED[index])
    )


def _frequencies(tokens: Sequence[Token], level: str, reader: Reader, index: IndexName) -> list[int]:
    """The documents that each word occurs in: in the zone where it occurs most."""
    return [min(max(reader.frequencies(zones)) for zones in _terms(token, level, index)) for token in tokens]


def _any(clauses: Iterable[Clause]) -> Clause:
    found = tuple(dict.fromkeys(clauses))
    return found[0] if len(found) == 1 else AnyOf(found)


def _all(clauses: Iterable[Clause]) -> Clause:
    found = tuple(dict.fromkeys(clauses))
    return found[0] if len(found) == 1 else AllOf(found)
