"""Pieces of a text as columns: those of ``str.split``, each with a hash of its own."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kashshaf.analyzers.columns import pieces as columns
from kashshaf.analyzers.columns.pieces import LONGEST, new_key, split
from kashshaf.analyzers.tokenize import EDGES
from tests.analyzers.texts import ANY_TEXT

KEY = new_key()
SPACES = "".join(chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace())


def pieces(text: str) -> list[str]:
    found = split(text, KEY)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


def bare(text: str) -> list[str]:
    found = split(text, KEY)
    return [text[start:end] for start, end in zip(found.bare_starts, found.bare_ends, strict=True)]


@given(text=ANY_TEXT | st.text(st.sampled_from(f"{SPACES}{EDGES}اب𐎀")))
@example(text="")
@example(text=" \n ")
@example(text=f"أول{SPACES}ثان{SPACES}")
@example(text="\ud800 نص")
def test_pieces_are_those_between_white_space(text: str) -> None:
    assert pieces(text) == text.split()
    assert bare(text) == [piece.strip(EDGES) or piece for piece in text.split()]


@given(st.lists(st.text(st.characters(exclude_categories=["Z", "Cc"]), min_size=1, max_size=LONGEST)))
@example(["اب", "با", "ا", "اا", "ا\x00"])
def test_pieces_have_the_same_hash_if_they_are_the_same(found: list[str]) -> None:
    text = " ".join(found)
    by_hash = dict(zip(split(text, KEY).hashes.tolist(), bare(text), strict=True))
    assert sorted(by_hash.values()) == sorted({*bare(text)})


def test_all_edges_and_spaces_are_looked_up() -> None:
    assert max(SPACES + EDGES) == "\N{IDEOGRAPHIC SPACE}"


def test_a_piece_has_the_same_hash_wherever_it_stands() -> None:
    first, *_, last = split("جسر على «جسر»،", KEY).hashes.tolist()
    assert first == last
    assert first not in split("جسر على جسر", new_key()).hashes.tolist()


def test_the_hash_of_each_long_piece_is_its_own() -> None:
    long = "ط" * (LONGEST + 1)
    assert split(f"{long} جسر «{long}»", KEY).hashes.tolist()[::2] == [0, LONGEST + 7]


@given(text=ANY_TEXT | st.text(st.sampled_from(f" \n\u2028{EDGES}اب")), block=st.integers(1, 9))
@example(text=" «جسرالجسرالطويل»  على\u2028نهر ", block=3)
def test_blocks_change_nothing(text: str, block: int) -> None:
    whole = split(text, KEY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "BLOCK", block)
        parts = split(text, KEY)
    for one, other in zip(whole[:-1], parts[:-1], strict=True):
        assert one.tolist() == other.tolist()


def test_an_endless_word_takes_no_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "BLOCK", 100)
    monkeypatch.setattr(columns, "_hashes", None)
    text = f"«{'ط' * 200}»،"
    assert bare(text) == ["ط" * 200]
