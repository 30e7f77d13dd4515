"""Words of the corpus that a beginning (``كلمة*``) or a spelling (``كلمة~``) stands for."""

from __future__ import annotations

from heapq import nlargest
from itertools import islice
from string import ascii_lowercase
from typing import TYPE_CHECKING

from kashshaf.search_app.query.rewrites.edit_costs import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kashshaf.index.store.word_trie import WordTrie

MOST_WORDS = 50
"""Words of the corpus that one word stands for, the commonest: each is a look-up."""
MOST_READ = 10_000
"""Words with one beginning that are compared; a beginning with more says too little."""
_LONGEST = 24
"""Letters of a word whose other spellings are looked for."""


def words_beginning(prefix: str, corpus: WordTrie) -> tuple[str, ...]:
    """The commonest folded words that begin with ``prefix``, itself first; none where too many do."""
    found = list(islice(corpus.words(prefix), MOST_READ + 1))
    return _commonest(prefix, found, corpus) if len(found) <= MOST_READ else ()


def words_near(word: str, corpus: WordTrie) -> tuple[str, ...]:
    """The commonest folded words within one edit, itself first; none where it is too long.

    An edit is a letter more, a letter less, another letter, or two exchanged.
    """
    if len(word) > _LONGEST:
        return ()
    return _commonest(word, {each for each in _edited(word) if corpus.count(each)}, corpus)


def _commonest(word: str, others: Iterable[str], corpus: WordTrie) -> tuple[str, ...]:
    ranked = nlargest(MOST_WORDS, sorted(others), key=corpus.count)
    return tuple(dict.fromkeys((word, *ranked)))


def _edited(word: str) -> Iterator[str]:
    letters = ALPHABET if any(letter in ALPHABET for letter in word) else ascii_lowercase
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
            yield before + after[1:2] + after[:1] + after[2:]
