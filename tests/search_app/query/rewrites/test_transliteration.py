"""Latin letters read as Arabic words of the corpus."""

from __future__ import annotations

import pytest

from kashshaf.search_app.query.rewrites.transliteration import (
    LONGEST,
    arabic_beginnings,
    arabic_words,
    is_latin,
    readings,
)
from tests.search_app.query.rewrites.corpora import corpus_of

CORPUS = corpus_of(
    {
        "الفلوجه": 9,
        "حلب": 20,
        "عرب": 30,
        "قال": 500,
        "النهضه": 40,
        "ترامب": 60,
        "خالد": 30,
        "الشباب": 9,
        "الي": 900,
    }
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("falluja", "الفلوجه"),
        ("elfallouja", "الفلوجه"),
        ("7alab", "حلب"),
        ("3arab", "عرب"),
        ("2al", "قال"),
        ("ennahdha", "النهضه"),
        ("trump", "ترامب"),
        ("5aled", "خالد"),
        ("khaled", "خالد"),
    ],
)
def test_a_word_of_the_corpus_is_read(typed: str, meant: str) -> None:
    assert arabic_words(typed, CORPUS)[0].word == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7ajj", "حج"),
        ("3adl", "عدل"),
        ("mo3allem", "معلم"),
        ("7aj", "حاج"),  # as common as it is
        ("twitter", "تويتر"),  # no word of chat
    ],
)
def test_before_two_consonants_a_vowel_is_short(typed: str, meant: str) -> None:
    words = corpus_of(
        {"حج": 9, "حاج": 12, "عدل": 9, "عادل": 12, "معلم": 9, "معالم": 12, "تويتر": 9, "توتر": 12}
    )
    assert arabic_words(typed, words)[0].word == meant


def test_beginnings_go_on_with_and_without_the_article() -> None:
    assert "الفل" in arabic_beginnings("fal", CORPUS.trie)
    assert "حل" in arabic_beginnings("7al", CORPUS.trie)
    assert arabic_beginnings("xqzxqz", CORPUS.trie) == []


def test_one_letter_is_no_word() -> None:
    assert [is_latin(word) for word in ("m", "ma")] == [False, True]


def test_letters_like_nothing_are_not_read() -> None:
    assert arabic_words("xqzxqz", CORPUS) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("El Fallouja", ["elfallouja"]),
        ("ash-shabab", ["alshabab"]),
        ("abdelaziz", ["abd", "alaziz"]),
        ("Hezbollah", ["hezb", "allah"]),
        ("salah eddine", ["salah", "aldin"]),
        ("«café», \u20193arab!", ["cafe", "'3arab"]),
        ("وزير 7alab", ["وزير", "7alab"]),
    ],
)
def test_articles_are_joined_to_their_nouns(text: str, words: list[str]) -> None:
    assert readings(text) == words


def test_words_that_may_stand_for_arabic_ones() -> None:
    assert [is_latin(word) for word in ("7alab", "2016", "حلب", "a" * (LONGEST + 1), "a.b")] == [
        True,
        False,
        False,
        False,
        False,
    ]
