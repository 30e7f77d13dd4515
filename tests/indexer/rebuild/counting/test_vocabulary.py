"""Words of many texts at once: counted as each would be by itself, whatever was read before."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kashshaf.analyzers.columns.pieces import LONGEST
from kashshaf.indexer.rebuild.counting.vocabulary import Vocabulary
from kashshaf.indexer.rebuild.counting.written import BREAK, PieceWords

PIECES = ("جسر،", "الجسرُ", "نهر", "أ-ب", "«و»", "2016", "—", "في", "ط" * (LONGEST + 1), "ظ" * (LONGEST + 1))
LINE = st.lists(st.sampled_from(PIECES), min_size=1).map(" ".join)
TEXTS = st.lists(st.lists(LINE, max_size=3, unique=True), max_size=5)
KNOWN = PieceWords()


def words(line: str) -> list[str]:
    return [word for piece in line.split() for word in KNOWN[piece].folded]


def written(line: str) -> list[str]:
    return [word for piece in line.split() for word in KNOWN[piece].written]


@given(st.lists(st.tuples(TEXTS, st.integers(0, 5)), max_size=4))
def test_each_word_counts_once_a_text(groups: list[tuple[list[list[str]], int]]) -> None:
    vocabulary = Vocabulary(KNOWN)
    folded: Counter[str] = Counter()
    as_written: Counter[str] = Counter()
    for texts, some in groups:
        articles = min(some, len(texts))
        found = vocabulary.count(texts, articles)
        assert found == {line: tuple(words(line)) for text in texts for line in text}
        folded.update(word for text in texts for word in {word for line in text for word in words(line)})
        as_written.update(
            word for text in texts[:articles] for word in {word for line in text for word in written(line)}
        )
    assert vocabulary.folded.taken() == folded
    breaks = {BREAK: as_written[BREAK]}  # those at the edges of pieces are no part of them
    assert {**vocabulary.written.taken(), **breaks} == {**as_written, **breaks}


def test_what_was_taken_is_not_counted_again() -> None:
    vocabulary = Vocabulary(KNOWN)
    vocabulary.count([["جسر نهر"], ["نهر"]], 2)
    assert vocabulary.folded.taken() == {"جسر": 1, "نهر": 2}
    vocabulary.count([["نهر بحر"]], 1)
    assert vocabulary.folded.taken() == {"نهر": 1, "بحر": 1}
    assert vocabulary.written.taken() == {"جسر": 1, "نهر": 3, "بحر": 1}
    assert vocabulary.folded.taken() == {}


def test_pieces_that_were_met_again_are_told_without_the_signs_at_their_edges() -> None:
    vocabulary = Vocabulary(KNOWN)
    vocabulary.count([["جسر، «جسر» جسر"], ["نهر"]], 2)
    assert vocabulary.repeated() == ["جسر"]
    vocabulary.count([["نهر"]], 1)
    assert vocabulary.repeated() == []  # each time anew
    vocabulary.count([["نهر"], [f"نهر {PIECES[-1]} {PIECES[-1]}"]], 2)
    assert vocabulary.repeated() == ["نهر"]


def test_each_piece_is_read_once() -> None:
    asked: list[str] = []

    class Noted(dict[str, object]):
        def __missing__(self, piece: str) -> object:
            asked.append(piece)
            return KNOWN[piece]

    vocabulary = Vocabulary(Noted())  # type: ignore[arg-type]
    for line in ("جسر، نهر", "نهر جسر", "بحر"):
        vocabulary.count([[line]], 1)
    assert sorted(asked) == ["بحر", "جسر", "نهر"]
    assert len(vocabulary) == 3
