"""The memo: bounded, frequent texts stay, long ones are not kept."""

from __future__ import annotations

from kashshaf.analyzers.memo import LONGEST, Memo

SIZE = 10


def test_it_is_bounded() -> None:
    memo: Memo[int] = Memo(SIZE)
    for number in range(10 * SIZE):
        memo.keep(str(number), number)
        assert len(memo) <= SIZE
    assert sum(memo.find(str(number)) is not None for number in range(10 * SIZE)) <= 2 * SIZE


def test_what_is_asked_for_stays() -> None:
    memo: Memo[int] = Memo(SIZE)
    memo.keep("often", -1)
    for number in range(10 * SIZE):
        memo.keep(str(number), number)
        assert memo.find("often") == -1
    assert memo.find("0") is None


def test_long_texts_are_given_back_and_not_kept() -> None:
    memo: Memo[int] = Memo(SIZE)
    assert memo.keep("a" * (LONGEST + 1), 1) == 1
    assert not memo
