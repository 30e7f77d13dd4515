"""The folded words in pieces of text, remembered: for whoever needs no more of words than that."""

from __future__ import annotations

from itertools import chain

from kashshaf.analyzers.analyzer import MEMO_SIZE
from kashshaf.analyzers.arabic import PLAIN, cut, written
from kashshaf.analyzers.memo import Memo
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.tokenize import EDGES, words


class FoldedWords(Memo[tuple[str, ...]]):
    """The folded words in a piece of text without spaces. Nothing is stemmed, so no lexicon is needed."""

    def __init__(self, size: int = MEMO_SIZE) -> None:
        super().__init__(size)

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = self.find(piece)
        if found is None:
            bare = piece.strip(EDGES)
            found = self.keep(piece, self._read(piece) if bare == piece else self[bare])
        return found

    def _read(self, piece: str) -> tuple[str, ...]:
        if PLAIN.fullmatch(piece):  # most words: nothing in them has to be looked at more closely
            return (fold_letters(cut(piece)),)
        return tuple([written(word.surface, word.kind)[1] for word in words(piece)])

    def words(self, text: str) -> tuple[str, ...]:
        """The folded words of a text, in order."""
        return tuple(chain.from_iterable(map(self.__getitem__, text.split())))
