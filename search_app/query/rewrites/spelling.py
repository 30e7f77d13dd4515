"""Drafts of a query with misspelt Arabic words, or with spaces too many or too few."""

from __future__ import annotations

from heapq import nsmallest
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.tokenize import Kind
from kashshaf.search_app.query.rewrites.corrections import corrections
from kashshaf.search_app.query.rewrites.typed_text import Draft, TypedWord, replaced, typed_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords

SUSPECTS = 2
"""Words of a query that are corrected: the least supported ones."""
KEPT = 6
_SUPPORTED = 1.0
"""Support from which on a word is not suspected."""
_JOINED = -0.2


class _Change(NamedTuple):
    cost: float
    start: int
    end: int
    text: str


def drafts(text: str, corpus: CorpusWords, is_right: Callable[[], bool] = lambda: False) -> list[Draft]:
    """Texts with misspelt words put right, likeliest first, six at most; none where all words are right.

    ``is_right`` tells whether the text is, whatever its words are; it is asked where one is suspected, before
    the words that may have been meant, which take milliseconds to find.
    """
    words = [word for word in typed_words(text) if word.kind is Kind.ARABIC]
    joined, suspects = list(_joined(words, corpus)), _suspects(words, corpus)
    if not (joined or suspects) or is_right():
        return []
    if joined:
        return [Draft(change.cost, replaced(text, [change[1:]])) for change in joined][:KEPT]
    choices = [found for word in suspects if (found := _changes(word, corpus))]
    combined = (
        Draft(sum(change.cost for change in each), replaced(text, [change[1:] for change in each]))
        for each in product(*choices)
    )
    return nsmallest(KEPT, combined) if choices else []


def _suspects(words: list[TypedWord], corpus: CorpusWords) -> list[TypedWord]:
    """The least supported words."""
    supports = [(corpus.support(word.folded), word) for word in words if not word.stops]
    return [word for _, word in nsmallest(SUSPECTS, (each for each in supports if each[0] < _SUPPORTED))]


def _changes(word: TypedWord, corpus: CorpusWords) -> list[_Change]:
    """Corrections of a word, each at its cost and that of what speaks for the word as typed."""
    support = corpus.support(word.folded)
    return [
        _Change(cost + support, word.start, word.end, text) for cost, text in corrections(word.folded, corpus)
    ]


def _joined(words: list[TypedWord], corpus: CorpusWords) -> Iterator[_Change]:
    """Words of the corpus that stand in the text with a space inside."""
    for first, second in pairwise(words):
        whole = first.folded + second.folded
        if min(corpus.count(first.folded), corpus.count(second.folded)) < corpus.count(whole) > 1:
            yield _Change(_JOINED, first.start, second.end, whole)
