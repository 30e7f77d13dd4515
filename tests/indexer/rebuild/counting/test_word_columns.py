"""Words of many texts at once: counted as each would be by itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kashshaf.indexer.rebuild.counting import word_columns
from kashshaf.indexer.rebuild.counting.word_columns import read
from kashshaf.indexer.rebuild.counting.written import PieceWords

if TYPE_CHECKING:
    import pytest

PIECES = ("جسر،", "الجسرُ", "نهر", "أ-ب", "«و»", "2016", "—", "في")
LINE = st.lists(st.sampled_from(PIECES), min_size=1).map(" ".join)
TEXTS = st.lists(st.lists(LINE, max_size=3, unique=True), max_size=5)
KNOWN = PieceWords()


def words(line: str) -> list[str]:
    return [word for piece in line.split() for word in KNOWN[piece].folded]


@given(TEXTS)
def test_each_word_counts_once_a_text(texts: list[list[str]]) -> None:
    found = read(texts, KNOWN)
    sets = [{word for line in text for word in words(line)} for text in texts]
    for size in range(len(texts) + 1):
        expected = Counter(word for some in sets[:size] for word in some)
        assert found.folded.counts(found.texts, size) == expected
    assert found.folded_lines() == {line: tuple(words(line)) for text in texts for line in text}


def test_texts_are_counted_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_columns, "CELLS", 6)
    found = read([["جسر"], ["نهر"], ["جسر نهر"], ["جسر"], ["بحر"]], KNOWN)
    assert found.folded.counts(found.texts, 5) == {"جسر": 3, "نهر": 2, "بحر": 1}
    assert found.folded.counts(found.texts, 3) == {"جسر": 2, "نهر": 2}


def test_pieces_that_were_met_again_are_there_twice() -> None:
    found = read([["جسر، جسر، جسر،"], ["نهر"]], KNOWN)
    assert Counter(found.met) == {"جسر": 2, "نهر": 1}
