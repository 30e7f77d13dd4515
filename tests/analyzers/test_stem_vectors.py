"""Stem vectors: a piece for each of a text, and no word missed."""

from __future__ import annotations

import pytest
from hypothesis import given

from kashshaf.analyzers import stem_vectors
from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.arabic import EXACT, FOLDED, STEM
from kashshaf.analyzers.encoded_terms import TermEncoder
from kashshaf.analyzers.stem_vectors import (
    NO_STEM,
    UNKNOWN,
    StemVectors,
    from_bytes,
    hash_of,
    possible_hashes,
    to_bytes,
)
from tests.analyzers.texts import ANY_TEXT, unhurried

ANALYZER = Analyzer()
VECTORS = StemVectors(TermEncoder(ANALYZER))


@given(ANY_TEXT)
@unhurried
def test_a_vector_never_misses_a_stem(text: str) -> None:
    pieces, vector = text.split(), VECTORS.of(text)
    assert len(pieces) == len(vector)
    for piece, found in zip(pieces, vector, strict=True):
        stems = ANALYZER.terms(STEM)[piece]
        assert found == UNKNOWN or {found} == ({*map(hash_of, stems)} or {NO_STEM})


def hides(piece: str) -> bool:
    """Tell whether the vector has a hash that is not possible for a term of the piece."""
    (found,) = VECTORS.of(piece)
    terms = [(term, level) for level in (EXACT, FOLDED) for term in ANALYZER.terms(level)[piece]]
    possible = [possible_hashes(*term, ANALYZER) for term in terms]
    return found != UNKNOWN and not all(found in hashes for hashes in possible if hashes)


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
    vector = VECTORS.of(text)
    assert from_bytes(to_bytes(vector)) == vector


@pytest.mark.parametrize("piece", ["عبدالله", "ثلاثة", "2016", "الوزير/الرئيس"])
def test_what_is_more_than_one_word_has_to_be_looked_at(piece: str) -> None:
    assert [*VECTORS.of(piece)] == [UNKNOWN]


def test_a_known_word_has_the_hash_of_its_stem() -> None:
    assert [*VECTORS.of("المدرسة، في")] == [hash_of(*ANALYZER.terms(STEM)["مدرسة"]), NO_STEM]


def test_a_text_that_is_too_long_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stem_vectors, "LONGEST", 3)
    assert not VECTORS.of("أربع كلمات لا غير")
