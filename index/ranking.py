"""The one ranking: BM25 summed over zones and levels, with the same numbers on every engine.

idf is ln(1 + (N - n + .5) / (n + .5)), lengths are rounded to Lucene's one byte (as Tantivy and OpenSearch
store them), averages are taken over all documents of the index. Ties: score rounded, then the newer, then
the id.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING

from kashshaf.analyzers.arabic import EXACT, FOLDED, ROOT, STEM
from kashshaf.index.schema import COMMENTS, GRAMS, HEADINGS, LEAD, OPENING, TEXT, TITLE, Field, IndexName

if TYPE_CHECKING:
    from collections.abc import Sequence

K1 = 1.2
B = 0.75
"""Measured better than .9 and .4 on questions, headlines and classical text alike."""

ROUNDED = 4
"""Decimals of a score that count; engines that compute in single precision agree on those."""

WEIGHTS: dict[IndexName, dict[Field, float]] = {
    "articles": {
        Field(TEXT, STEM): 1.0,
        Field(TEXT, ROOT): 1.1,
        Field(TEXT, FOLDED): 0.2,
        Field(TEXT, EXACT): 0.1,
        Field(TITLE, STEM): 0.75,
        Field(HEADINGS, STEM): 0.2,
        Field(LEAD, STEM): 0.35,
        Field(OPENING, GRAMS): 0.25,
        Field(COMMENTS, STEM): 0.2,
    },
    "comments": {
        Field(TEXT, STEM): 1.0,
        Field(TEXT, ROOT): 1.1,
        Field(TEXT, FOLDED): 0.2,
        Field(TEXT, EXACT): 0.1,
    },
}
"""Weight of a word in each field, times its BM25 there. ``exact`` counts only where the letters typed say
more than the folded ones do. Stem, root, folded, title, lead and grams were chosen on the even queries of
three sets and read on the odd ones, the last choice among near equals on all: docs/quality.md. The others
were not measured."""

ADJACENT = 0.15
"""Weight of two neighbouring words of a query that stand so in the text, times the BM25 of the pair.
Common words are left out: their positions take long to read."""

COMMON_GRAM = 0.2
"""The share of documents from which on a gram says too little to be worth reading where it stands: measured
to change nothing but the time."""

IGNORED_IDF_SHARE = 0.3
"""The share of a query's summed idf that its commonest words may have and still not decide what matches:
totals shrink five-fold, quality stays."""
FEW_MATCHES = 100
"""Documents: where the words that carry a query find fewer, all of its words carry it."""

LONG, LONG_QUESTION = 5, 3
"""Words up to which a full match has every one; beyond, people paste headlines or ask in whole sentences.
Measured: every word asked of longer ones too costs .019 on headlines and .005 on questions."""

FORM_TYPED = 2.0
"""Weight of the form typed, of a query that is one word, beside the other forms of its stem: measured from .3
to 1,000 on short_news, whose ten best hold fewest wrong ones from 2 on; two words and more lose by it."""

SIDE_BY_SIDE = 3.0
"""Weight of a query of three words to ``LONG`` that stands whole in the text, times the BM25 of the phrase: a
name («محمد بن سلمان») comes before texts that have its words apart. From 0 to 4 short_news changes by .0003,
and from 2 on its ten best hold fewer wrong ones."""
SYNONYM, DIALECT = 0.6, 0.3
"""Weight of a word's synonym, and of a dialect's word for it, beside the word itself."""


def least_words(words: int) -> int:
    """Words of a query that a full match has at least: all of a short one's, a third of a long one's."""
    return words if words <= LONG else -(-words // 3)


def _byte_lengths() -> tuple[int, ...]:
    """The length each byte stands for: exact up to 40, then with four significant bits."""
    lengths = list(range(24))
    for byte in range(232):
        mantissa, shift = byte & 7, (byte >> 3) - 1
        lengths.append(24 + (mantissa if shift < 0 else (mantissa | 8) << shift))
    return tuple(lengths)


LENGTHS = _byte_lengths()
"""Length in terms that each of the 256 bytes stands for, rising."""


def length_byte(length: int) -> int:
    """The byte of a length: of the lengths a byte can stand for the greatest that is not greater."""
    return bisect_right(LENGTHS, length) - 1


def idf(documents: int, frequency: int) -> float:
    """Inverse document frequency of a term that ``frequency`` of ``documents`` have."""
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def norms(average: float) -> tuple[float, ...]:
    """For each length byte, what is added to a term's frequency below the fraction bar of BM25."""
    if average <= 0:
        return (K1,) * len(LENGTHS)
    return tuple(K1 * (1 - B + B * length / average) for length in LENGTHS)


def selective_words(frequencies: Sequence[int], documents: int) -> list[int]:
    """The places in ``frequencies`` (documents each word occurs in) of the words that carry a query.

    The commonest are set aside as long as together they hold no more than ``IGNORED_IDF_SHARE`` of the
    summed idf. Words that occur nowhere can carry nothing and take no part.
    """
    known = [
        # Removed documents may still count in a frequency: no word is in more documents than there are.
        (idf(documents, min(found, documents)), place)
        for place, found in enumerate(frequencies)
        if found
    ]
    allowed = IGNORED_IDF_SHARE * sum(weight for weight, _ in known)
    kept = []
    for weight, place in sorted(known):
        allowed -= weight
        if allowed < 0:
            kept.append(place)
    return sorted(kept)


def rounded(score: float) -> float:
    """A score as it is compared and shown."""
    return round(score, ROUNDED)
