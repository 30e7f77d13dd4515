"""Titles written since the rebuild: the last ones first, without removed ones, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.completions import new_titles
from kashshaf.index.completions.new_titles import NewTitles, change
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.index.completions.entry import Entry


def texts(found: Iterator[Entry]) -> list[str]:
    return [entry.text for entry in found]


def test_titles_are_put_replaced_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "titles"
    change(path, [("1", "افتتاح الجسر"), ("2", "افتتاح المدرسة"), ("3", "")], [])
    change(path, [("1", "إغلاق الجسر")], ["2"])
    change(path, [("4", "افتتاح السوق")], [])
    found = NewTitles.open(path)
    assert texts(found.starting("")) == ["افتتاح السوق", "إغلاق الجسر"]
    assert texts(found.starting("اغلاق")) == texts(found.inside("جس")) == ["إغلاق الجسر"]
    assert texts(found.inside("غلاق")) == []
    assert "1" in found
    assert "2" not in found


def test_there_are_none_before_the_first_update(tmp_path: Path) -> None:
    assert texts(NewTitles.open(tmp_path / "titles").starting("")) == []


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_titles, "MOST_TITLES", 2)
    for number in range(4):
        change(tmp_path / "titles", [(str(number), f"خبر {number}")], [])
    assert texts(NewTitles.open(tmp_path / "titles").starting("")) == ["خبر 3", "خبر 2"]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"1": 2}', b'{"1":'])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "titles").write_bytes(content)
    with pytest.raises(BrokenIndexError, match="kashshaf reindex"):
        NewTitles.open(tmp_path / "titles")
