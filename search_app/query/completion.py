"""Completions of the last word of a text, from the words of the corpus."""

from __future__ import annotations

from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING

from analyzers.letters import ALEF_MAKSURA, YEH
from analyzers.stopwords import is_stop_word
from search_app.query.rewrites.typed_text import replaced, typed_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.store.word_trie import WordTrie

MOST = 8
"""Completions of a text."""
MAX_WORDS = 4_000
"""Words with one beginning that are compared; where there are more, only the commonest of the corpus are."""


def completions(text: str, words: WordTrie) -> list[str]:
    """The text with its last word completed, by the documents of each word, eight at most.

    None where the text ends with a space or a sign. The completed word is folded, as the corpus's words are.
    """
    last = next(reversed(typed_words(text)), None)
    if last is None or last.end != len(text):
        return []
    found = nlargest(MOST, _candidates(last.folded, words), key=words.count)
    return [replaced(text, [(last.start, last.end, word)]) for word in found]


def _candidates(prefix: str, words: WordTrie) -> Iterator[str]:
    """The words to choose from."""
    some = list(islice(words.words(prefix), MAX_WORDS))
    if len(some) == MAX_WORDS:
        some = [word for word in words.frequent if word.startswith(prefix)]
    return (word for word in some if word != prefix and not _stops(word))


def _stops(word: str) -> bool:
    return is_stop_word(word) or (word.endswith(YEH) and is_stop_word(word[:-1] + ALEF_MAKSURA))
