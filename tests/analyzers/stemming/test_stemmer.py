"""The table of the letters that steps look at leaves none out that has something to say."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from kashshaf.analyzers.base_list import base_counts
from kashshaf.analyzers.stemming.evidence import Evidence
from kashshaf.analyzers.stemming.stemmer import STEPS, steps_for
from tests.analyzers.texts import ARABIC_WORDS, sample_words, unhurried

ATTESTED = Evidence(lambda word: base_counts().get(word, 0))
ALWAYS = Evidence(lambda word: 100 // len(word))
"""Any word is attested, so rules fire that the shipped list would keep still."""


def assert_others_are_silent(word: str) -> None:
    asked = steps_for(word[0], word[-1])
    for step in STEPS:
        for evidence in (ATTESTED, ALWAYS):
            assert step in asked or step(word, evidence) is None, step.__name__


@given(word=ARABIC_WORDS.filter(lambda word: len(word) > 2))
@example(word="كتابهما")
@unhurried
def test_steps_that_are_not_asked_have_nothing_to_say(word: str) -> None:
    assert_others_are_silent(word)


def test_nor_of_the_words_of_the_samples() -> None:
    for word in sample_words():
        if len(word) > 2:
            assert_others_are_silent(word)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_every_step_is_asked_of_some_words(step: object) -> None:
    assert any(step in steps_for(word[0], word[-1]) for word in sample_words())


def test_they_are_asked_in_their_order() -> None:
    for word in sample_words():
        places = [STEPS.index(step) for step in steps_for(word[0], word[-1])]
        assert places == sorted(places)
