"""The words that rewrites are made of: those of the corpus, and what is known of words beyond it."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashshaf.analyzers.lexicon import Lexicon
    from kashshaf.index.store.word_trie import WordTrie

FAMILIAR = 5
"""Documents, or occurrences in ten million words of the base list, that make a word a right one."""
_ATTESTED = 0.25
_IN_TABLE = 0.3


class CorpusWords:
    """Folded words of the corpus and of the language. Safe to share between threads."""

    def __init__(self, trie: WordTrie, lexicon: Lexicon) -> None:
        self.trie = trie
        self._lexicon = lexicon

    def count(self, word: str) -> int:
        """Documents of the corpus that a folded word occurs in."""
        return self.trie.count(word)

    def known(self, word: str) -> int:
        """Documents of a folded word, or of the word that it is a form of."""
        return max(map(self.count, (word, *self._lexicon.analysed(word).stems)))

    def support(self, word: str) -> float:
        """The evidence that a folded word is right as it is, from 0, in the unit of edit costs."""
        attested = max(self._lexicon.count(word), self.count(word))
        return _ATTESTED * log(1 + attested) + _IN_TABLE * bool(self._lexicon.lemmas(word))

    def is_right(self, word: str) -> bool:
        """Tell whether a folded word, or what it is a form of, is attested often enough to be no mistake."""
        forms = (word, *self._lexicon.analysed(word).stems)
        return any(self._lexicon.count(form) >= FAMILIAR for form in forms)
