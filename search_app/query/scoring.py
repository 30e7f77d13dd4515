"""The weighted clauses that rank matches: words by field, their letters, neighbours, the form typed."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from analyzers.arabic import EXACT, FOLDED
from index.query import Phrase, Term, Weighted
from index.ranking import ADJACENT, COMMON_GRAM, FORM_TYPED, LONG, SIDE_BY_SIDE, WEIGHTS, idf
from index.records import gram_terms
from index.schema import GRAMS, TEXT, Field, IndexName
from search_app.query.parsed_query import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from analyzers.arabic import Token
    from index.engine import Reader

    Clause = Term | Phrase


def scoring(
    tokens: Sequence[Token],
    selective: Iterable[Sequence[Token]],
    spellings: Sequence[str],
    level: str,
    reader: Reader,
    index: IndexName,
) -> tuple[Weighted, ...]:
    """The weighted clauses of a query's ``tokens``; stop words count only at ``level``.

    ``selective``: the words that carry the query, in runs as they stand side by side. ``spellings``: the form
    typed of a query that is one word, with and without clitics, at the folded level.
    """
    weights: dict[Clause, float] = defaultdict(float)
    for field, weight in WEIGHTS[index].items():
        said = [term for token in tokens for term in _said(token, field, level)]
        for term in _rare(said, reader) if field.level == GRAMS else said:
            weights[term] += weight
    for run in selective:
        for pair in _pairs(run):
            weights[pair] += ADJACENT
    for phrase in _side_by_side(tokens):
        weights[phrase] += SIDE_BY_SIDE
    for term, weight in _form_typed(spellings, reader):
        weights[term] += weight
    return tuple(Weighted(clause, weight) for clause, weight in weights.items())


def _form_typed(spellings: Sequence[str], reader: Reader) -> Iterator[tuple[Term, float]]:
    """The spellings of the form typed, weighted so that rare ones count no more than common ones."""
    terms = [Term(TEXT, FOLDED, text) for text in spellings]
    frequencies = reader.frequencies(terms)
    documents = reader.count()
    common = idf(documents, min(documents, sum(frequencies)))
    for term, found in zip(terms, frequencies, strict=True):
        if found:
            yield term, FORM_TYPED * common / idf(documents, min(documents, found))


def _said(token: Token, field: Field, level: str) -> Iterator[Term]:
    """The terms of a word in a field that say something there."""
    if not token.forms.stem and field.level != level:
        return
    if field.level == EXACT and token.forms.exact == token.forms.folded:
        return  # the folded ones say the same
    texts = gram_terms(token.forms) if field.level == GRAMS else getattr(token.forms, field.level)
    yield from (Term(field.zone, field.level, text) for text in texts)


def _rare(terms: Sequence[Term], reader: Reader) -> Iterator[Term]:
    """The terms that are not in too many documents."""
    distinct = list(dict.fromkeys(terms))
    frequencies = dict(zip(distinct, reader.frequencies(distinct), strict=True))
    most = COMMON_GRAM * reader.count()
    return (term for term in terms if frequencies[term] <= most)


def _side_by_side(tokens: Sequence[Token]) -> Iterator[Phrase]:
    """All words of a short query as one phrase, where they stand in a row; two are a pair already."""
    words = written(tokens)
    if len(words) in range(3, LONG + 1) and words[-1].position - words[0].position == len(words) - 1:
        yield Phrase(TEXT, FOLDED, tuple(word.forms.folded for word in words))


def _pairs(run: Sequence[Token]) -> Iterator[Phrase]:
    """Each word with the one after it."""
    for first, second in pairwise(run):
        if second.position == first.position + 1:
            yield Phrase(TEXT, FOLDED, (first.forms.folded, second.forms.folded))
