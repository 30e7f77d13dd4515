"""What people type to what an engine is asked.

    words          ranked; a document needs one of the words that carry the query
    "a phrase"     these words side by side, hamza and marks aside; also «…» and “…”; among other words it is
                   one of those that carry the query
    =word ="…"     exactly these letters

Anything else, a leading hyphen or a lone quote included, only parts words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzers.arabic import EXACT, FOLDED, STEM, Token
from index.query import NOTHING, AllOf, AnyOf, Clause, Phrase, Term
from index.ranking import selective_words
from index.schema import MATCHED, IndexName
from search_app.query.parser import ParsedQuery, PhraseQuery, _written
from search_app.query.scoring import scoring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.engine import Reader
    from index.query import Weighted


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine is asked, and the words that were set aside."""

    required: Clause
    scoring: tuple[Weighted, ...]
    aside: tuple[Token, ...]


def plan(asked: ParsedQuery, reader: Reader, index: IndexName) -> Plan:
    """What to ask an index: one of what carries the query must match, and all that is asked to the letter.

    A quoted phrase carries as a whole. Alone it must match; among other words it is one of them, since people
    paste headlines, and headlines quote. The words in it rank like any other.
    """
    tokens = asked.tokens()
    level = STEM if any(token.forms.stem for token in tokens) else FOLDED
    scored = [token for token in tokens if getattr(token.forms, level)]
    loose = [token for token in dict.fromkeys(asked.words) if getattr(token.forms, level)]
    carried = {loose[at] for at in selective_words(_frequencies(loose, level, reader, index), reader.count())}
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


def _anywhere_at(token: Token, level: str, index: IndexName) -> Clause:
    """A word wherever it can stand in a record; of one that is two with no space between, both."""
    words = tuple(AnyOf(tuple(zones)) for zones in _terms(token, level, index))
    return words[0] if len(words) == 1 else AllOf(words)


def _terms(token: Token, level: str, index: IndexName) -> list[list[Term]]:
    """The terms of a word, each in every zone where it can stand."""
    return [[Term(zone, level, text) for zone in MATCHED[index]] for text in getattr(token.forms, level)]


def _anywhere(quoted: PhraseQuery, index: IndexName) -> Clause:
    return AnyOf(tuple(Phrase(zone, quoted.level, quoted.slots()) for zone in MATCHED[index]))


def _frequencies(tokens: Sequence[Token], level: str, reader: Reader, index: IndexName) -> list[int]:
    """In how many documents each word occurs: in the zone where it occurs most."""
    return [min(max(reader.frequencies(zones)) for zones in _terms(token, level, index)) for token in tokens]
