"""Words of the corpus that a beginning (``كلمة*``) or a spelling (``كلمة~``) stands for."""

from __future__ import annotations

from heapq import nlargest
from string import ascii_lowercase
from typing import TYPE_CHECKING

from search_app.query.rewrites.edit_costs import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.store.word_trie import WordTrie

MOST_WORDS = 50
"""Words of the corpus that one word stands for, the commonest: each is a look-up."""
_LONGEST = 24
"""Letters of a word whose other spellings are looked for."""


def words_beginning(prefix: str, corpus: WordTrie) -> tuple[str, ...]:
    """The commonest folded words that begin with ``prefix``, with itself before them."""
    return _with(prefix, nlargest(MOST_WORDS, corpus.words(prefix), key=corpus.count))


def words_near(word: str, corpus: WordTrie) -> tuple[str, ...]:
    """The commonest folded words within one edit, or two letters exchanged, with itself before them."""
    if len(word) > _LONGEST:
        return (word,)
    near = {each for each in _edited(word) if corpus.count(each)}
    return _with(word, nlargest(MOST_WORDS, sorted(near), key=corpus.count))


def _with(word: str, others: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, *others)))


def _edited(word: str) -> Iterator[str]:
    letters = ALPHABET if any(letter in ALPHABET for letter in word) else ascii_lowercase
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
            yield before + after[1:2] + after[:1] + after[2:]
