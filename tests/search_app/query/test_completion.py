"""Completions of the last word: the commonest first, within bounds."""

from __future__ import annotations

import pytest

from index.store import word_trie
from index.store.word_trie import WordTrie
from search_app.query import completion
from search_app.query.completion import completions

WORDS = WordTrie(
    {"مدرسه": 5, "مدرس": 9, "مدينه": 20, "وزير": 3, "وزاره": 8, "علي": 90, "عليها": 70, "عليل": 1}
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("مد", ["مدينه", "مدرس", "مدرسه"]),
        ("مُد", ["مدينه", "مدرس", "مدرسه"]),
        ("مدرسة", []),
        ("وزير المد", []),
        ("وزير مدر", ["وزير مدرس", "وزير مدرسه"]),
        ("عل", ["عليل"]),
        ("و ", []),
        ("", []),
        ("?", []),
        ("قق", []),
    ],
)
def test_completions(typed: str, expected: list[str]) -> None:
    assert completions(typed, WORDS) == expected


def test_there_are_eight_at_most() -> None:
    many = WordTrie({"ب" + chr(0x0628 + at) + "ت": at for at in range(1, 18)})
    assert len(completions("ب", many)) == completion.MOST


def test_of_a_beginning_with_many_words_the_commonest_of_the_corpus_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(completion, "MAX_WORDS", 2)
    monkeypatch.setattr(word_trie, "FREQUENT", 4)
    words = WordTrie({"مدرسه": 5, "مدرس": 9, "مدينه": 20, "وزير": 30, "وزاره": 8})
    assert words.frequent == ["وزير", "مدينه", "مدرس", "وزاره"]
    assert completions("مد", words) == ["مدينه", "مدرس"]
