"""The words that rewrites are made of: those of the corpus, and what is known of words beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzers.lexicon import Lexicon
    from index.store.word_trie import WordTrie

FAMILIAR = 2
"""Documents, or occurrences in ten million words of the base list, that make a word a right one."""


class CorpusWords:
    """Counts of folded words in the corpus and in the language. Safe to share between threads."""

    def __init__(self, trie: WordTrie, lexicon: Lexicon) -> None:
        self.trie = trie
        self._lexicon = lexicon
        self.count = trie.count

    def attested(self, word: str) -> int:
        """Occurrences of a folded word, in the corpus and in the base list."""
        return max(self._lexicon.count(word), self.count(word))

    def stems(self, word: str) -> tuple[str, ...]:
        """The stems of a folded word."""
        return self._lexicon.analysed(word).stems

    def is_right(self, word: str) -> bool:
        """Tell whether a folded word, or what it is a form of, is attested often enough to be no mistake."""
        forms = (word, *self.stems(word))
        return any(self.attested(form) >= FAMILIAR or self._lexicon.lemmas(form) for form in forms)
