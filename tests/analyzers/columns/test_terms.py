"""The table of finished terms: what is in it is found, and a damaged file is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.columns.pieces import new_key, split
from kashshaf.analyzers.columns.terms import ENCODING, PieceTable, Terms
from kashshaf.analyzers.encoded_terms import TermEncoder
from kashshaf.analyzers.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENCODER = TermEncoder(Analyzer())


def table(pieces: Sequence[str]) -> PieceTable:
    key = new_key()
    hashes, places = np.unique(split(" ".join(pieces), key).hashes, return_index=True)
    terms = Terms.none()
    terms.extend([ENCODER.piece(pieces[at]) for at in places])
    return PieceTable(key, hashes, terms)


def level(found: PieceTable, at: int, text: str) -> str:
    return found.terms.levels[at].joined(found.find(split(text, found.key).hashes)).decode(ENCODING)


def test_terms_are_joined_in_the_order_asked_for() -> None:
    found = table(["الجسرُ", "-", "والمدرسة"])
    assert level(found, 0, "والمدرسة - الجسرُ، والمدرسة") == "والمدرسة الجسر والمدرسة "
    assert level(found, 1, "والمدرسة - الجسرُ،") == "والمدرسه الجسر "


def test_what_a_table_lacks_is_not_found() -> None:
    assert table(["جسر"]).find(split("نهر جسر", new_key()).hashes).tolist() == [-1, -1]
    assert table([]).find(split("نهر", new_key()).hashes).tolist() == [-1]


def test_terms_are_cut_back_to_the_first_ones() -> None:
    found = table(["جسر", "نهر"]).terms
    before = [each.joined(np.arange(2)) for each in found.levels]
    found.extend([ENCODER.piece("بحر")] * 100)
    found.cut(2)
    found.extend([ENCODER.piece("وادٍ")])
    assert [each.joined(np.arange(2)) for each in found.levels] == before
    assert found.levels[0].joined(np.array([2])).decode(ENCODING) == "واد "


def test_a_file_has_the_same_terms(tmp_path: Path) -> None:
    written = table(["الجسرُ", "ثلاثة", "3", "f16", "—"])
    written.save(tmp_path / "table")
    read = PieceTable.load(tmp_path / "table")
    for before, after in zip(written.terms.columns().values(), read.terms.columns().values(), strict=True):
        assert np.array_equal(before, after)
    assert level(read, 0, "الجسرُ، ثلاثة") == "الجسر ثلاثة "


@pytest.mark.parametrize("damage", ["missing", "cut", "empty", "foreign"])
def test_a_damaged_file_is_told(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "table"
    table(["جسر"]).save(path)
    content = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(
            {"cut": content[: len(content) // 2], "empty": b"", "foreign": b"something else" * 9}[damage]
        )
    with pytest.raises(LexiconError, match="missing or damaged"):
        PieceTable.load(path)
