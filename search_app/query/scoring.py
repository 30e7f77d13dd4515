"""The weighted clauses that rank matches: words by field, their letters, neighbours, the form typed."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import EXACT, FOLDED, STEM
from kashshaf.index.query import Phrase, Term, Weighted
from kashshaf.index.ranking import (
    ADJACENT,
    COMMON_GRAM,
    DIALECT,
    FORM_TYPED,
    LONG,
    SIDE_BY_SIDE,
    SYNONYM,
    WEIGHTS,
    idf,
)
from kashshaf.index.records import gram_terms
from kashshaf.index.schema import GRAMS, TEXT, Field, IndexName
from kashshaf.search_app.query.parsed_query import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.analyzers.arabic import Token
    from kashshaf.index.engine import Reader
    from kashshaf.search_app.query.parsed_query import ParsedQuery, Synonym

    Clause = Term | Phrase

MOST_POSTINGS = 40_000_000
"""Postings that a ranking reads, a third of a second's: what more is asked than so much tells least."""
MOST_WAYS = 4
"""Ways to write a synonym of several words that rank: positions take long to read."""


def scoring(
    tokens: Sequence[Token],
    selective: Iterable[Sequence[Token]],
    asked: ParsedQuery,
    level: str,
    reader: Reader,
    index: IndexName,
) -> tuple[Weighted, ...]:
    """The weighted clauses of a query's ``tokens``; stop words count only at ``level``.

    ``selective``: the words that carry the query, in runs as they stand side by side. ``asked`` has the form
    typed of a query that is one word, with and without clitics, and the synonyms.
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
    for term, weight in _form_typed(asked.spellings, reader):
        weights[term] += weight
    own = {*weights}
    for clause, weight in _synonyms(asked, reader, index):
        if clause not in own:  # «الولايات المتحدة الأمريكية» has its synonym beside it
            weights[clause] += weight
    return _affordable([Weighted(clause, weight) for clause, weight in weights.items()], reader)


def _affordable(weighted: Sequence[Weighted], reader: Reader) -> tuple[Weighted, ...]:
    """The clauses to rank by, without the commonest where all together have too many postings.

    An engine may not be able to end a query that runs, so it is not begun larger than can be answered.
    """
    if len(weighted) * reader.count() <= MOST_POSTINGS:
        return tuple(weighted)
    costs = [sum(reader.frequencies(_terms(each.clause))) for each in weighted]
    ranked = sorted(range(len(costs)), key=costs.__getitem__)
    together = accumulate(costs[place] for place in ranked)
    kept = {place for place, cost in zip(ranked, together, strict=True) if cost <= MOST_POSTINGS}
    return tuple(each for place, each in enumerate(weighted) if place in kept)


def _terms(clause: Clause) -> list[Term]:
    return clause.terms() if isinstance(clause, Phrase) else [clause]


def _form_typed(spellings: Sequence[str], reader: Reader) -> Iterator[tuple[Term, float]]:
    """The spellings of the form typed, weighted so that rare ones count no more than common ones."""
    terms = [Term(TEXT, FOLDED, text) for text in spellings]
    frequencies = reader.frequencies(terms)
    documents = reader.count()
    common = idf(documents, min(documents, sum(frequencies)))
    for term, found in zip(terms, frequencies, strict=True):
        if found:
            yield term, FORM_TYPED * common / idf(documents, min(documents, found))


def _synonyms(asked: ParsedQuery, reader: Reader, index: IndexName) -> Iterator[tuple[Clause, float]]:
    """The synonyms with their weights: a rare one counts no more than the words that it stands beside."""
    every = asked.every_synonym().values()
    for synonym in dict.fromkeys(chain.from_iterable(every)):
        most = sum(_idf(_first_terms(token), reader) for token in synonym.beside)
        share = DIALECT if synonym.dialect else SYNONYM
        for clause, weight in _of_synonym(synonym, reader, index) if most else ():
            found = _idf(_terms(clause), reader)
            yield clause, weight * share * min(1.0, most / found)


def _of_synonym(synonym: Synonym, reader: Reader, index: IndexName) -> Iterator[tuple[Clause, float]]:
    """The clauses of a synonym: a word in each zone at its level, a phrase in the text."""
    if synonym.dialect and index == "articles":
        return  # comments say it, and count little for an article
    tokens = synonym.phrase.tokens
    if synonym.is_word() or (len(tokens) == 1 and tokens[0].forms.stem):
        for field, weight in WEIGHTS[index].items():
            if field.level == STEM:
                yield from ((Term(field.zone, STEM, text), weight) for text in tokens[0].forms.stem)
    elif len(tokens) > 1:
        ways = [Phrase(TEXT, FOLDED, slots) for slots in synonym.phrase.ways()]
        known = [way for way in ways if all(reader.frequencies(way.terms()))]
        yield from ((way, WEIGHTS[index][Field(TEXT, STEM)]) for way in known[:MOST_WAYS])


def _first_terms(token: Token) -> list[Term]:
    return [Term(TEXT, STEM, text) for text in token.forms.stem[:1]]


def _idf(terms: Sequence[Term], reader: Reader) -> float:
    """The idf of terms together; of words that nothing has, the greatest."""
    documents = reader.count()
    return sum(idf(documents, min(documents, found)) for found in reader.frequencies(terms))


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
