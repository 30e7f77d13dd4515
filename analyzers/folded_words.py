"""The folded words in pieces of text, remembered: for whoever needs no more of words than that."""

from __future__ import annotations

from itertools import chain

from kashshaf.analyzers.analyzer import MEMO_SIZE
from kashshaf.analyzers.arabic import written
from kashshaf.analyzers.memo import Memo
from kashshaf.analyzers.tokenize import kind_of, surfaces


class FoldedWords(Memo[tuple[str, ...]]):
    """The folded words in a piece of text without spaces. Nothing is stemmed, so no lexicon is needed."""

    def __init__(self) -> None:
        super().__init__(MEMO_SIZE)

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = self.find(piece)
        if found is None:
            found = self.keep(piece, tuple([written(word, kind_of(word))[1] for word in surfaces(piece)]))
        return found

    def words(self, text: str) -> tuple[str, ...]:
        """The folded words of a text, in order."""
        return tuple(chain.from_iterable(map(self.__getitem__, text.split())))
