"""Rewrites of whole queries: which are offered, in which order, and within which bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.search_app.query.rewrites import proposals
from kashshaf.search_app.query.rewrites.proposals import propose
from tests.search_app.query.rewrites.corpora import base_corpus, corpus_of, counting

if TYPE_CHECKING:
    from collections.abc import Sequence

CORPUS = corpus_of(
    {
        "الفلوجه": 40, "المدارس": 90,
        "مدرسه": 80, "والمدارس": 4, "سعر": 50, "الذهب": 30, "اليوم": 400, "ترامب": 60,
        "وزير": 80, "الخارجيه": 70, "حلب": 30, "محمد": 200, "صلاح": 20, "صالح": 40, "من": 900,
    }
)  # fmt: skip
COUNT = counting(CORPUS)

OFFERED = {
    "hgtg,[m": ("keyboard", "الفلوجة"),
    "HGTG,[M": ("keyboard", "الفلوجة"),
    "falluja": ("arabizi", "الفلوجه"),
    "el fallouja": ("arabizi", "الفلوجه"),
    "7alab": ("arabizi", "حلب"),
    "فقعةح": ("keyboard", "ترامب"),
    "المدارص": ("spelling", "المدارس"),
    "والمدارص": ("spelling", "والمدارس"),
    "المدا رس": ("spelling", "المدارس"),
    "سعر الذهب اليوك": ("spelling", "سعر الذهب اليوم"),
    "وزير الخارحيه": ("spelling", "وزير الخارجيه"),
    "محمد salah": ("arabizi", "محمد صلاح"),
}


@pytest.mark.parametrize(("typed", "expected"), OFFERED.items())
def test_the_first_rewrite(typed: str, expected: tuple[str, str]) -> None:
    first = propose(typed, CORPUS, COUNT)[0]
    assert (first.kind, first.text) == expected
    assert first.found >= 1
    assert first.reason == proposals.REASONS[first.kind]


@pytest.mark.parametrize(
    "typed", ["", "  ", "المدارس", "سعر الذهب اليوم", "2016", "؟!", "ظظظظظ", "xqzxqz", "من"]
)
def test_what_is_right_or_like_nothing_has_no_rewrite(typed: str) -> None:
    assert propose(typed, CORPUS, COUNT) == []


def test_a_lone_word_is_corrected_in_a_corpus_of_a_few_documents() -> None:
    few = corpus_of({"المدارس": 2, "في": 20})
    assert [each.text for each in propose("المدارص", few, counting(few))] == ["المدارس"]


def test_a_long_word_is_corrected_sooner_than_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = corpus_of({"الارهابي": 50, "في": 9_000})
    assert [each.text for each in propose("الارهاربي", corpus, counting(corpus))] == ["الارهابي"]
    monkeypatch.setattr(proposals, "_LONG", len("الارهاربي") + 1)
    assert propose("الارهاربي", corpus, counting(corpus)) == []


def test_a_rewrite_that_finds_nothing_is_not_offered() -> None:
    assert propose("المدارص", CORPUS, lambda _: 0) == []


def test_a_rewrite_must_find_clearly_more_than_what_was_typed() -> None:
    found = {"trump": 10, "ترامب": 60}
    assert propose("trump", CORPUS, lambda words: found.get(words[0], 0)) == []
    found["trump"] = 5
    assert [each.text for each in propose("trump", CORPUS, lambda words: found.get(words[0], 0))] == ["ترامب"]


def test_the_index_is_asked_a_bounded_number_of_times() -> None:
    asked: list[Sequence[str]] = []

    def count(words: Sequence[str]) -> int:
        asked.append(words)
        return 0

    propose("mohamed salah ali omar", base_corpus(), count)
    assert 1 < len(asked) <= 1 + proposals.MAX_CHECKED


def test_long_texts_are_left_alone() -> None:
    assert propose("المدارص " * (proposals.MAX_WORDS + 1), CORPUS, COUNT) == []
    assert propose("م" * (proposals.MAX_TEXT + 1), CORPUS, COUNT) == []


def test_quotes_around_a_corrected_word_stay() -> None:
    assert propose('"سعر الذهب" اليوك', CORPUS, COUNT)[0].text == '"سعر الذهب" اليوم'


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert len(propose(text, CORPUS, COUNT)) <= proposals.KEPT


@given(st.text("abdhiklmnosu23579'- ", max_size=40))
def test_any_latin_text_is_read(text: str) -> None:
    assert all(each.found for each in propose(text, CORPUS, COUNT))


@given(st.text("ابتلمنويهسص ", max_size=40))
def test_any_arabic_text_is_read(text: str) -> None:
    assert all(each.text != text for each in propose(text, CORPUS, COUNT))
