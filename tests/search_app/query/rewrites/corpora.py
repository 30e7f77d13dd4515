"""Corpora for tests of rewrites: the shipped list of words as a corpus, and a handful of words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kashshaf.analyzers.base_list import base_counts
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.index.store.word_trie import WordTrie
from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords
from kashshaf.search_app.query.rewrites.typed_text import typed_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kashshaf.search_app.query.rewrites.proposals import Count


@cache
def base_corpus() -> CorpusWords:
    """The words of the shipped list, each in as many documents as it has occurrences."""
    return CorpusWords(WordTrie.of(base_counts()), Lexicon.base())


def corpus_of(counts: Mapping[str, int]) -> CorpusWords:
    """A corpus of a few words; what the shipped list has beyond them is known as words of the language."""
    return CorpusWords(WordTrie.of(counts), Lexicon.base())


def counting(corpus: CorpusWords) -> Count:
    """As many documents as the rarest of the words has: in this corpus all words stand together."""

    def count(words: Sequence[str]) -> int:
        typed = [word for word in typed_words(" ".join(words)) if not word.stops]
        return min((corpus.known(word.folded) for word in typed), default=0)

    return count
