"""Words of many texts at once: counted as each would be by itself, whatever was read before."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kashshaf.analyzers.columns.pieces import LONGEST, hashes_of, new_key
from kashshaf.indexer.rebuild.counting.vocabulary import Vocabulary
from kashshaf.indexer.rebuild.counting.written import BREAK, PieceWords, pairs, triples, unbroken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PIECES = ("جسر،", "الجسرُ", "نهر", "أ-ب", "«و»", "2016", "—", "في", "ط" * (LONGEST + 1), "ظ" * (LONGEST + 1))
LINE = st.lists(st.sampled_from(PIECES), min_size=1).map(" ".join)
TEXTS = st.lists(st.lists(LINE, max_size=3, unique=True), max_size=5)
KNOWN = PieceWords()
KEY = new_key()


def words(line: str) -> list[str]:
    return [word for piece in line.split() for word in KNOWN[piece].folded]


def written(line: str) -> list[str]:
    return [word for piece in line.split() for word in KNOWN[piece].written]


@given(st.lists(st.tuples(TEXTS, st.integers(0, 5)), max_size=4))
def test_each_word_counts_once_a_text(groups: list[tuple[list[list[str]], int]]) -> None:
    vocabulary = Vocabulary(KNOWN, KEY)
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
    vocabulary = Vocabulary(KNOWN, KEY)
    vocabulary.count([["جسر نهر"], ["نهر"]], 2)
    assert vocabulary.folded.taken() == {"جسر": 1, "نهر": 2}
    vocabulary.count([["نهر بحر"]], 1)
    assert vocabulary.folded.taken() == {"نهر": 1, "بحر": 1}
    assert vocabulary.written.taken() == {"جسر": 1, "نهر": 3, "بحر": 1}
    assert vocabulary.folded.taken() == {}


def test_pieces_that_were_met_again_are_told_without_the_signs_at_their_edges() -> None:
    vocabulary = Vocabulary(KNOWN, KEY)
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

    vocabulary = Vocabulary(Noted(), KEY)  # type: ignore[arg-type]
    for line in ("جسر، نهر", "نهر جسر", "بحر"):
        vocabulary.count([[line]], 1)
    assert sorted(asked) == ["بحر", "جسر", "نهر"]
    assert len(vocabulary) == 3


@given(st.lists(st.lists(LINE, max_size=3), max_size=5), TEXTS)
def test_the_phrases_of_articles_are_those_of_each(
    articles: list[list[str]], before: list[list[str]]
) -> None:
    vocabulary = Vocabulary(KNOWN, KEY)
    vocabulary.count(before, len(before))  # so that words have numbers of others
    found = vocabulary.phrases(articles)
    assert sorted(found.pairs.tolist()) == _hashed(pairs, articles)
    assert sorted(found.triples.tolist()) == _hashed(triples, articles)


def _hashed(
    phrases: Callable[[list[list[str]]], Iterable[str]], articles: list[list[str]]
) -> list[list[int]]:
    each = (
        unbroken(chain.from_iterable((*KNOWN.written(line), BREAK) for line in lines)) for lines in articles
    )
    found = (phrase for runs in each for phrase in {*phrases(runs)})
    return sorted(hashes_of(phrase.split(" "), KEY).tolist() for phrase in found)
