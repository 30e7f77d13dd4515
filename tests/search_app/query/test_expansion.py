"""Words of the corpus that a beginning or a spelling stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.index.store.word_trie import WordTrie
from kashshaf.search_app.query.expansion import MOST_READ, MOST_WORDS, words_beginning, words_near
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import MOST_EXPANDED, NOT_EXPANDED, read
from tests.search_app.query.language.typed import TODAY

if TYPE_CHECKING:
    from kashshaf.search_app.query.parsed_query import ParsedQuery

ANALYZER = Analyzer()
CORPUS = WordTrie.of(
    {"مدرس": 4, "مدرسه": 9, "مدرسون": 2, "درس": 7, "مدرج": 5, "سوخوي": 3, "iran": 2, "irn": 1}
)


def test_a_beginning_stands_for_the_words_that_have_it_the_commonest_first() -> None:
    assert words_beginning("مدرس", CORPUS) == ("مدرس", "مدرسه", "مدرسون")
    assert words_beginning("غائب", CORPUS) == ("غائب",)


def test_the_words_of_a_beginning_are_bounded() -> None:
    many = WordTrie.of({f"كلمه{number}": number for number in range(1, MOST_READ + 1)})
    assert len(words_beginning("كلمه", many)) == MOST_WORDS + 1
    assert f"كلمه{MOST_READ}" in words_beginning("كلمه", many)
    assert words_beginning("ك", WordTrie.of({f"كلمه{number}": 1 for number in range(MOST_READ + 1)})) == ()


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("سخوي", "سوخوي"),
        ("سووخوي", "سوخوي"),
        ("سوحوي", "سوخوي"),
        ("سوخيو", "سوخوي"),
        ("iram", "iran"),
        ("مدرس", "مدرج"),
    ],
    ids=["missing", "superfluous", "other", "exchanged", "latin", "right"],
)
def test_a_spelling_stands_for_the_words_within_one_edit(typed: str, word: str) -> None:
    found = words_near(typed, CORPUS)
    assert found[0] == typed
    assert word in found


def test_a_spelling_does_not_stand_for_words_two_edits_away() -> None:
    assert "سوخوي" not in words_near("سحوي", CORPUS)
    assert words_near("ا" * 25, CORPUS) == ()


def asked(typed: str, corpus: WordTrie | None) -> ParsedQuery:
    return read(parse(typed, TODAY), ANALYZER, lambda: corpus)


def test_words_with_a_sign_have_the_words_of_the_corpus() -> None:
    (found,) = asked("مُدرّس*", CORPUS).quoted
    assert found.variants == ("مدرس", "مدرسه", "مدرسون")
    assert found.typed() == "مُدرّس*"
    assert asked("مدرس*", CORPUS).notes == ()


def test_without_the_words_of_the_corpus_the_word_stands_for_itself_and_this_is_said() -> None:
    for typed in ("مدرس*", "مدرس~"):
        found = asked(typed, None)
        assert found.quoted[0].variants == ("مدرس",)
        assert found.notes == (NOT_EXPANDED,)


def test_few_words_of_a_query_are_expanded() -> None:
    found = asked("مدرس* " * (MOST_EXPANDED + 1), CORPUS)
    assert [len(each.variants) for each in found.quoted] == [3] * MOST_EXPANDED + [1]
    assert found.notes == (NOT_EXPANDED,)
