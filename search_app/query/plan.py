"""A parsed query made into what an engine is asked.

words          a document has all of them to match fully, one that carries the query to match partially
"a phrase"     these words side by side, hamza and marks aside; it counts as a word does; so do a group
               of words tied by operators or in a field, and what word* and word~ stand for
=word ="…"     exactly these letters, without which nothing matches
-word          no match has it
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import EXACT, FOLDED, STEM, Token
from kashshaf.analyzers.lexicon import Readings
from kashshaf.index.query import EVERYTHING, NOTHING, AtLeast, Clause, Search
from kashshaf.index.ranking import FEW_MATCHES, LONG_QUESTION, least_words, selective_words
from kashshaf.index.schema import MATCHED, IndexName
from kashshaf.search_app.query import clauses
from kashshaf.search_app.query.clauses import all_of, any_of
from kashshaf.search_app.query.parsed_query import ParsedQuery, written
from kashshaf.search_app.query.scoring import scoring

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.index.engine import Reader
    from kashshaf.index.query import Weighted
    from kashshaf.search_app.query.parsed_query import Synonym


@dataclass(frozen=True, slots=True)
class Part:
    """A word, a number, a phrase or a group that a document has or lacks; ``typed`` as the query has it."""

    typed: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Plan:
    """The clauses of a query: ``full`` for its full matches, ``partial`` for these and the partial ones.

    Both are equal where no document can match partially. No match matches ``excluded``. ``parts`` are what a
    document may lack.
    """

    full: Clause
    partial: Clause
    scoring: tuple[Weighted, ...]
    parts: tuple[Part, ...]
    excluded: Clause = NOTHING


def plan(asked: ParsedQuery, reader: Reader, index: IndexName) -> Plan:
    """The plan of a query on an index.

    A quoted phrase counts as a whole. Alone it must match; among other words it is one of them, since people
    paste headlines, and headlines quote. The words in it rank like any other.
    """
    tokens = asked.tokens()
    level = STEM if any(token.forms.stem for token in tokens) else FOLDED
    scored = [token for token in tokens if getattr(token.forms, level)]
    loose = [token for token in dict.fromkeys(asked.words) if getattr(token.forms, level)]
    found = {token: _meaning(token, level, asked, index, MATCHED[index]) for token in loose}
    kept = _carrying(found, _frequencies(loose, level, asked, reader, index), reader)
    runs = [written(kept), *(quoted.tokens for quoted in asked.phrases())]
    words = [*_words(found)]
    wholes = [
        *(Part(each.typed(), clauses.anywhere(each, index)) for each in asked.quoted if each.level != EXACT),
        *(Part(each.typed(), clauses.group(each, index)) for each in asked.groups),
    ]
    to_the_letter = [clauses.anywhere(each, index) for each in asked.quoted if each.level == EXACT]
    partial = _partial([found[token] for token in kept], wholes, to_the_letter)
    whole_sentence = asked.is_question() and len(words) > LONG_QUESTION
    return Plan(
        partial if whole_sentence else _full([*words, *wholes], to_the_letter),
        partial,
        scoring(scored, runs, asked, level, reader, index),
        (*words, *wholes),
        _excluded(asked, index),
    )


def listing(asked: ParsedQuery, index: IndexName) -> Plan:
    """The plan of a query that looks for no word: every document matches but those it excludes."""
    return Plan(EVERYTHING, EVERYTHING, (), (), _excluded(asked, index))


def _excluded(asked: ParsedQuery, index: IndexName) -> Clause:
    return any_of(clauses.group(each, index) for each in asked.excluded)


def every_word(asked: ParsedQuery, index: IndexName) -> Clause:
    """All loose words that are no stop words; where there are none, no document has them."""
    words = words_in(asked, index, MATCHED[index])
    return all_of(words) if words else NOTHING


def words_in(asked: ParsedQuery, index: IndexName, zones: Sequence[str]) -> tuple[Clause, ...]:
    """Each loose word that is no stop word, in some zones."""
    said = [token for token in asked.words if token.forms.stem]
    words = {token: _meaning(token, STEM, asked, index, zones) for token in said}
    return tuple(part.clause for part in _words(words))


def _meaning(token: Token, level: str, asked: ParsedQuery, index: IndexName, zones: Sequence[str]) -> Clause:
    return clauses.meaning(token, level, zones, asked.synonyms.get(token, ()), index)


def _full(parts: Sequence[Part], to_the_letter: Sequence[Clause]) -> Clause:
    """All parts, but for those that a match of a long query may lack."""
    if not parts and not to_the_letter:
        return NOTHING
    found = tuple(dict.fromkeys(part.clause for part in parts))
    least = least_words(len(found))
    return all_of([*to_the_letter, *(found if least == len(found) else (AtLeast(least, found),))])


def _partial(carrying: Sequence[Clause], wholes: Sequence[Part], to_the_letter: Sequence[Clause]) -> Clause:
    """One of what carries the query; all that is asked to the letter."""
    quoted = [part.clause for part in wholes]
    if to_the_letter:
        return all_of([*to_the_letter, *quoted])
    if carrying:
        return any_of([*carrying, *quoted])
    return all_of(quoted) if quoted else NOTHING


def _carrying(found: dict[Token, Clause], frequencies: Sequence[int], reader: Reader) -> list[Token]:
    """The words that carry the query: the selective ones; all of them where these find few documents."""
    tokens = [*found]
    places = {*selective_words(frequencies, reader.count())}
    # What a number in words amounts to always carries: in a small index it could be set aside for its words.
    kept = [token for place, token in enumerate(tokens) if place in places or not token.forms.exact]
    if len(kept) == len(tokens) or max((frequencies[place] for place in places), default=0) >= FEW_MATCHES:
        return kept
    total = reader.search(Search(any_of([found[token] for token in kept]), limit=0)).total
    known = [token for token, documents in zip(tokens, frequencies, strict=True) if documents]
    return kept if total >= FEW_MATCHES else known


def _words(found: dict[Token, Clause]) -> Iterator[Part]:
    """A part for each loose word; the words of a number are one part with what they amount to."""
    numbers = [token for token in found if not token.forms.exact]
    inside = {
        number: [token for token in found if token.forms.exact and _is_within(token, number)]
        for number in numbers
    }
    among = {token: number for number, tokens in inside.items() for token in tokens}
    for token, clause in found.items():
        if token in inside:
            words = all_of([found[each] for each in inside[token]])
            yield Part(token.surface, any_of([clause, words]))
        elif token not in among:
            yield Part(token.surface, clause)


def _is_within(token: Token, number: Token) -> bool:
    return number.start <= token.start and token.end <= number.end


def _frequencies(
    tokens: Sequence[Token], level: str, asked: ParsedQuery, reader: Reader, index: IndexName
) -> list[int]:
    """The documents that each word occurs in: in the zone where it occurs most; if in none, its synonyms."""
    return [
        found or _of_synonyms(asked.synonyms.get(token, ()), reader, index)
        for token, found in zip(tokens, _of_words(tokens, level, reader, index), strict=True)
    ]


def _of_synonyms(synonyms: Sequence[Synonym], reader: Reader, index: IndexName) -> int:
    """The documents that the commonest synonym occurs in; of several words, its rarest word."""
    found = [min(_of_words(synonym.phrase.tokens, FOLDED, reader, index)) for synonym in synonyms]
    return max(found, default=0)


def _of_words(tokens: Sequence[Token], level: str, reader: Reader, index: IndexName) -> list[int]:
    """The documents that each word occurs in, in the zone where it occurs most; the reader is asked once."""
    terms = [clauses.terms(token, level, MATCHED[index]) for token in tokens]
    found = iter(reader.frequencies([term for texts in terms for zones in texts for term in zones]))
    by_text = [[max(islice(found, len(zones))) for zones in texts] for texts in terms]
    return [
        (max if isinstance(getattr(token.forms, level), Readings) else min)(each)
        for token, each in zip(tokens, by_text, strict=True)
    ]
