"""Misspelt Arabic words: the words of the corpus that a writer may have meant."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from kashshaf.analyzers.letters import ARTICLE, BEH, FEH, KAF, LAM, WAW
from kashshaf.search_app.query.rewrites.edit_costs import BUDGET, edits_of
from kashshaf.search_app.query.rewrites.trie_search import Match, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords

SHORTEST = 3
LONGEST = 24
KEPT = 3
_FREQUENCY = 0.1
ENOUGH_DOCUMENTS = 5_000
"""Documents of a corpus in which a word's own tell how common it is."""
_FORM = 0.1
_SPACE = 0.7
_CLITIC = 0.2
_NEAR = 0.7
_CLITICS = tuple(
    sorted(
        (
            *(first + ARTICLE for first in ("", WAW, FEH, BEH, KAF, WAW + BEH)),
            LAM + LAM,
            WAW + LAM + LAM,
            WAW,
            FEH,
            BEH,
            LAM,
            KAF,
        ),
        key=len,
        reverse=True,
    )
)


def corrections(word: str, corpus: CorpusWords) -> list[Match]:
    """What a misspelt folded word may have been, likeliest first, three at most: a word, or two in one."""
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    found = {match.word: match.cost for match in nearest(corpus.trie, edits_of(word), BUDGET)}
    for cost, text in (*_with_clitic(word, corpus, found), *_split(word, corpus)):
        found[text] = min(found.get(text, cost), cost)
    found.pop(word, None)
    ranked = sorted(Match(cost - _FREQUENCY * _frequency(text, corpus), text) for text, cost in found.items())
    return ranked[:KEPT]


def _with_clitic(word: str, corpus: CorpusWords, found: dict[str, float]) -> Iterator[Match]:
    """Corrections of what follows a clitic, where the corpus has nothing very near to the whole."""
    clitic = next((each for each in _CLITICS if word.startswith(each)), "")
    if min(found.values(), default=BUDGET) <= _NEAR or not clitic or len(word) < len(clitic) + SHORTEST:
        return
    for cost, host in nearest(corpus.trie, edits_of(word[len(clitic) :]), BUDGET - _CLITIC):
        yield Match(cost + _CLITIC, clitic + host)


def _split(word: str, corpus: CorpusWords) -> Iterator[Match]:
    """Two words of the corpus with no space between them."""
    for place in range(2, len(word) - 1):
        first, second = word[:place], word[place:]
        if corpus.count(first) and corpus.count(second):
            yield Match(_SPACE, f"{first} {second}")


def _frequency(text: str, corpus: CorpusWords) -> float:
    """The logarithm of the documents of a word; of two, of those expected to have both by chance.

    A form of a common word counts as having some of its documents: its clitics could be on any.
    """
    first, *second = text.split()
    count = log(max(1, corpus.count(first), _FORM * corpus.known(first))) + _few(corpus)
    return count + log(corpus.count(second[0]) / corpus.trie.most) if second else count


def _few(corpus: CorpusWords) -> float:
    """The logarithm of the square root of how often a corpus would go into one that has documents enough.

    In a corpus of a tenth, of the documents that a word would have a tenth are there, and of the words that
    another could be taken for not nearly all.
    """
    return log(max(1, ENOUGH_DOCUMENTS / max(1, corpus.trie.most))) / 2
