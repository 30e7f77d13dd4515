"""Fallbacks of a query that cannot be answered as it stands: sentences that are nowhere, too many words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.arabic import FOLDED, STEM
from kashshaf.index.query import Search, Term
from kashshaf.index.schema import TEXT
from kashshaf.search_app.query.clauses import anywhere
from kashshaf.search_app.query.parsed_query import PhraseQuery, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.analyzers.arabic import Token
    from kashshaf.index.engine import Reader
    from kashshaf.index.schema import IndexName
    from kashshaf.search_app.query.parsed_query import Group, ParsedQuery

MAX_WORDS = 64
"""Words of one query: each costs a look-up in every field."""
SENTENCE = 4
"""Words of a phrase that make it a sentence: of one that is nowhere people want what says nearly the same;
two or three words in quotes are a name, and where it is nowhere that is the answer."""


class Fitted(NamedTuple):
    """A query that can be answered, and what was done to it: a sentence read as words, words left out."""

    query: ParsedQuery
    notes: tuple[str, ...]


def fitted(asked: ParsedQuery, reader: Reader, index: IndexName) -> Fitted:
    """The query with sentences that are nowhere read as loose words, cut to its ``MAX_WORDS`` best words."""
    nowhere = [quoted for quoted in asked.quoted if _is_nowhere(quoted, reader, index)]
    found = _unquoted(asked, nowhere) if nowhere else asked
    notes = ["unquoted"] if nowhere else []
    if _length(found) > MAX_WORDS:
        found = _cut(_unquoted(found, [*_too_long(found.wholes())]), reader)
        notes.append("cut")
    return Fitted(found, tuple(notes))


def _is_nowhere(quoted: PhraseQuery, reader: Reader, index: IndexName) -> bool:
    if quoted.level != FOLDED or len(quoted.tokens) < SENTENCE:
        return False
    return not reader.search(Search(anywhere(quoted, index), limit=0)).total


def _unquoted(asked: ParsedQuery, wholes: Sequence[PhraseQuery | Group]) -> ParsedQuery:
    """The query with the words of some of its wholes among the loose ones, beside none of these."""
    words = [*asked.words]
    for whole in wholes:
        place = max((token.position for token in words), default=-2) + 2
        offset = max((token.end for token in words), default=-1) + 1
        words += [
            token._replace(
                start=token.start + offset, end=token.end + offset, position=token.position + place
            )
            for token in whole.tokens
        ]
    return replace(
        asked,
        words=tuple(words),
        quoted=tuple(each for each in asked.quoted if each not in wholes),
        groups=tuple(each for each in asked.groups if each not in wholes),
        spellings=(),
    )


def _length(asked: ParsedQuery) -> int:
    return len(written(asked.words)) + sum(len(each.tokens) for each in asked.wholes())


def _too_long(wholes: Iterable[PhraseQuery | Group]) -> Iterator[PhraseQuery | Group]:
    """The wholes for which those before leave no room."""
    room = MAX_WORDS
    for whole in wholes:
        if len(whole.tokens) > room:
            yield whole
        else:
            room -= len(whole.tokens)


def _cut(asked: ParsedQuery, reader: Reader) -> ParsedQuery:
    """The query with the rarest of its loose words, as many as fit beside its wholes."""
    room = MAX_WORDS - sum(len(each.tokens) for each in asked.wholes())
    ranked = sorted(written(asked.words), key=lambda token: _commonness(token, reader))
    kept = {*ranked[:room]}
    words = (token for token in asked.words if token in kept or not token.forms.exact)
    return replace(asked, words=tuple(words), spellings=())


def _commonness(token: Token, reader: Reader) -> tuple[bool, bool, int]:
    """The order in which words are kept: known ones by their documents, then unknown ones and stop words."""
    frequencies = reader.frequencies([Term(TEXT, STEM, text) for text in token.forms.stem])
    documents = min(frequencies, default=0)
    return not token.forms.stem, not documents, documents
