"""Other readings of a beginning from which nothing goes on: other keys, letters or spelling."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from kashshaf.search_app.query.rewrites.arabizi import names_beginning
from kashshaf.search_app.query.rewrites.corrections import SHORTEST
from kashshaf.search_app.query.rewrites.edit_costs import edits_of
from kashshaf.search_app.query.rewrites.keyboard import is_pronounceable
from kashshaf.search_app.query.rewrites.layouts import as_arabic, as_latin, has_keys
from kashshaf.search_app.query.rewrites.transliteration import LONGEST, arabic_beginnings, is_latin, readings
from kashshaf.search_app.query.rewrites.trie_search import nearest
from kashshaf.search_app.query.rewrites.typed_text import has_latin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.store.word_trie import WordTrie
    from kashshaf.search_app.query.completion.typed_beginning import Beginning

MOST = 4
"""Readings of a text that are tried."""
_SLIP = 0.8
"""Cost of one likely slip."""


def meant(typed: Beginning, words: WordTrie) -> Iterator[str]:
    """Other texts that may have been begun, likeliest first, ``MOST`` of them at most."""
    found = _of_latin(typed.text, words) if has_latin(typed.text) else _of_arabic(typed, words)
    return islice(dict.fromkeys(found), MOST)


def _of_latin(text: str, words: WordTrie) -> Iterator[str]:
    """The keys first where the letters cannot be spoken."""
    keys = [draft for draft in as_arabic(text) if not has_keys(draft)]
    spoken = is_pronounceable(text)
    return chain(() if spoken else keys, _spoken(text, words), keys)


def _spoken(text: str, words: WordTrie) -> Iterator[str]:
    """The text with each Latin word in Arabic letters, the last one as a beginning."""
    read = readings(text)
    yield from names_beginning(" ".join(read))
    if len(read) == 1 and is_latin(read[0]):
        yield from islice(arabic_beginnings(read[0], words), MOST // 2)


def _of_arabic(typed: Beginning, words: WordTrie) -> Iterator[str]:
    """Another spelling of the last word, or the Latin letters of the keys."""
    head, word = typed.text[: typed.start], typed.word
    if SHORTEST < len(word) <= LONGEST:
        for match in nearest(words, edits_of(word), _SLIP, whole=False):
            yield head + match.word
    for latin in as_latin(typed.text):
        if is_pronounceable(latin):
            yield from _spoken(latin, words)
