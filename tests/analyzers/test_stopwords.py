"""Stop words: every one of the list is found in a text, and no word that carries meaning is."""

from __future__ import annotations

import pytest

from kashshaf.analyzers.data import load_words
from kashshaf.analyzers.orthography.normalize import fold_alef
from kashshaf.analyzers.stopwords import is_stop_word, stop_words
from tests.analyzers.texts import forms

WRITTEN = load_words("stopwords.txt")

# Names and nouns that are a letter or a hamza away from a function word.
NAMES_AND_NOUNS = """
علي إمام امام أم ام أمم آية اية بان فان آن دول دولة أمل امل إياد أنس لمى لمياء منى منال
مها مهنا هند هدى ليلى بهاء وفاء ولاء ضياء بيان نهى كنعان معن معين منذر مثنى عبير كمال كامل
وليد ليث حنان حنين مناخ مالك مال ماء مي عمان عنان عبد بعث بيت بنك بنت بن ابن أب اب أخ اخ
أهل دين دم فم ثمن ثمار حرب قلب ولي والي وطن وزير يد يوم يأس ذكرى رغد سها عون فهد فهم كندا
كمين لهب لوم ليل مدن نمو نجم هناء وعد وعي قدس قبلة ذهب سوق سواد ضمان عنب غيرة كلام كلب
لندن ندى همة هلال ورد ولاية وحدة حال حل عين لون
"""
CONTENT = tuple(NAMES_AND_NOUNS.split())


@pytest.mark.parametrize("word", sorted(stop_words()))
def test_every_stop_word_is_reached_in_a_text(word: str) -> None:
    found = forms(word)
    assert found.exact == (word,)
    assert found.stem == ()


@pytest.mark.parametrize("word", WRITTEN)
def test_every_stop_word_is_reached_without_the_hamza_of_its_alef(word: str) -> None:
    assert forms(fold_alef(word)).stem == ()


@pytest.mark.parametrize("word", CONTENT)
def test_words_with_a_meaning_are_no_stop_words(word: str) -> None:
    assert not is_stop_word(word)
    assert forms(word).stem


def test_there_are_enough_words_with_a_meaning() -> None:
    assert len(CONTENT) == len(set(CONTENT)) >= 60


def test_hamza_on_other_letters_counts() -> None:
    assert is_stop_word("لئلا")
    assert not is_stop_word("ليلا")


def test_a_word_is_looked_up_as_written() -> None:
    assert is_stop_word("على")
    assert not is_stop_word("علي")
    assert not is_stop_word("")
