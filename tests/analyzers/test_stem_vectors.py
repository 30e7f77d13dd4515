"""Stem vectors: a piece for each of a text, and no word missed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.analyzers import stem_vectors
from kashshaf.analyzers.analyzer import NumberForms
from kashshaf.analyzers.arabic import EXACT, FOLDED, STEM, Forms
from kashshaf.analyzers.stem_vectors import (
    NO_WORD,
    NUMERAL,
    PART,
    SEVERAL,
    from_bytes,
    hash_of,
    hash_of_stop_word,
    possible_hashes,
    to_bytes,
)
from tests.analyzers.texts import ANY_TEXT, unhurried
from tests.analyzers.vectors import ANALYZER, vector

if TYPE_CHECKING:
    from collections.abc import Sequence


def stop_word(words: Sequence[Forms]) -> int:
    return hash_of_stop_word(*words[0].folded) if words else NO_WORD


@given(ANY_TEXT)
@unhurried
def test_a_vector_never_misses_a_stem(text: str) -> None:
    for piece, found in zip(text.split(), vector(text).hashes, strict=True):
        words, stems = ANALYZER.piece(piece), ANALYZER.terms(STEM)[piece]
        if found == NUMERAL:
            assert isinstance(words, NumberForms)
        else:
            assert found == SEVERAL or {found & ~PART} == ({*map(hash_of, stems)} or {stop_word(words)})
        assert not isinstance(words, NumberForms) or found >= PART or found in {SEVERAL, NUMERAL}


@given(st.text(" \n\tابت،", max_size=80) | ANY_TEXT)
@unhurried
def test_a_vector_tells_where_the_pieces_begin(text: str) -> None:
    assert vector(text).starts(text) == [match.start() for match in re.finditer(r"\S+", text)]


def test_pieces_far_from_each_other_are_looked_for() -> None:
    text = f"{'ك' * 300} كلمة{' ' * 300}أخرى"
    assert vector(text).starts(text) == [0, 301, 605]


@pytest.mark.parametrize("other", ["كلمة واحدة أكثر", "كلمة", ""])
def test_of_a_text_of_another_length_it_tells_nothing(other: str) -> None:
    assert vector("كلمة واحدة").starts(other) is None


def test_nor_where_its_columns_are_not_of_one_text() -> None:
    found = vector("كلمة واحدة")
    assert found.starts("كلمة واحدة") == [0, 5]
    assert found._replace(steps=bytes([0, 200])).starts("كلمة واحدة") is None
    assert found._replace(hashes=found.hashes * 2).starts("كلمة واحدة") is None


def test_the_places_of_hashes_are_in_order_and_have_words_of_numbers_too() -> None:
    found = vector("مدرسة في ثلاثة مدارس أو 3 مدارس")
    school, three = (hash_of(*ANALYZER.terms(STEM)[word]) for word in ("مدرسة", "ثلاثة"))
    assert found.places({school, three}) == [(0, school), (2, three), (3, school), (6, school)]
    many = {school, three, *range(10, 10 + stem_vectors.FEW)}
    assert found.places(many) == found.places({school, three})
    assert [*found.parts()] == [2, 5]


def hides(piece: str) -> bool:
    """Tell whether the vector of a piece has none of the hashes that are possible for one of its terms."""
    found = vector(piece)
    terms = [(term, level) for level in (EXACT, FOLDED) for term in ANALYZER.terms(level)[piece]]
    possible = [possible_hashes(*term, ANALYZER) for term in terms]
    return not all(found.places(hashes) for hashes in possible if hashes)


@given(ANY_TEXT)
@unhurried
def test_the_possible_hashes_of_letters_miss_none(text: str) -> None:
    assert [piece for piece in text.split() if hides(piece)] == []


@pytest.mark.parametrize(
    "piece", ["هنأ", "وآن", "لأزمة", "ألسنة", "السنة", "كتابة،", "أثار", "آثار", "علي", "على", "إما"]
)
def test_nor_those_of_a_hamza_that_decides(piece: str) -> None:
    assert not hides(piece)


@given(ANY_TEXT)
@unhurried
def test_a_vector_comes_back_from_its_bytes(text: str) -> None:
    found = vector(text)
    assert from_bytes(to_bytes(found)) == found


@pytest.mark.parametrize("piece", ["عبدالله", "3آلاف", "الوزير/الرئيس"])
def test_what_is_more_than_one_word_is_found_by_each(piece: str) -> None:
    found = vector(f"في {piece}")
    assert found.hashes[1] == SEVERAL
    for stem in ANALYZER.terms(STEM)[piece]:
        assert found.places({hash_of(stem)}) == [(1, PART | hash_of(stem))]


def test_a_known_word_has_the_hash_of_its_stem() -> None:
    assert [*vector("المدرسة، في 2016").hashes] == [
        hash_of(*ANALYZER.terms(STEM)["مدرسة"]),
        hash_of_stop_word("في"),
        NUMERAL,
    ]


def test_a_text_that_is_too_long_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stem_vectors, "LONGEST", 3)
    assert not vector("أربع كلمات لا غير").hashes
