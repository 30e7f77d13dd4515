"""Misspelt words: the right one first, by the costs of slips and the counts of the corpus."""

from __future__ import annotations

import pytest

from kashshaf.search_app.query.rewrites.corrections import LONGEST, corrections
from kashshaf.search_app.query.rewrites.edit_costs import ALPHABET, edits_of
from kashshaf.search_app.query.rewrites.trie_search import MAX_FOUND, nearest
from tests.search_app.query.rewrites.corpora import base_corpus, corpus_of

CORPUS = corpus_of({"مدرسه": 90, "المدارس": 40, "ظروف": 30, "حرف": 5, "وزاره": 60, "التربيه": 50, "دستور": 9})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ضروف", "ظروف"),  # sound
        ("مدرصه", "مدرسه"),
        ("دستةر", "دستور"),  # a key beside
        ("مردسه", "مدرسه"),  # swapped
        ("مدررسه", "مدرسه"),  # doubled
        ("دستر", "دستور"),  # long vowel
        ("لامدارس", "المدارس"),  # the article turned round
        ("وزارهالتربيه", "وزاره التربيه"),  # no space
        ("ودستوور", "ودستور"),  # after a clitic
    ],
)
def test_the_right_word_comes_first(typed: str, meant: str) -> None:
    assert corrections(typed, CORPUS)[0].word == meant


@pytest.mark.parametrize("typed", ["", "م", "مد", "م" * (LONGEST + 1), "ظظظظظظ"])
def test_what_is_short_long_or_like_nothing_has_no_correction(typed: str) -> None:
    assert corrections(typed, CORPUS) == []


def test_a_word_is_no_correction_of_itself() -> None:
    assert "مدرسه" not in [match.word for match in corrections("مدرسه", CORPUS)]


def test_the_commoner_word_comes_before_one_as_near() -> None:
    corpus = corpus_of({"سلام": 500, "سلاح": 2})
    costs = {match.word: match.cost for match in corrections("سلاب", corpus)}
    assert costs["سلام"] < costs["سلاح"]


def test_matches_are_within_budget_cheapest_first_and_bounded() -> None:
    found = nearest(base_corpus().trie, edits_of("المدرسه"), 1.3)
    assert found[0] == (0, "المدرسه")
    costs = [match.cost for match in found]
    assert costs == sorted(costs)
    assert costs[-1] <= 1.3
    assert 1 < len(found) <= MAX_FOUND


def test_the_alphabet_is_that_of_folded_words() -> None:
    assert len(ALPHABET) == 29
    assert not set(ALPHABET) & set("أإآؤئىة")
