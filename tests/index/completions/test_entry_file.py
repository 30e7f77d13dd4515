"""The file of completions: what begins as asked, best first, whole or refused."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.completions.entry import Entry, bare_key, folded_key
from kashshaf.index.completions.entry_file import EntryFile
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = (
    Entry("المدرسة", "word", 5),
    Entry("مدينة", "word", 9),
    Entry("أسعار النفط", "phrase", 7),
    Entry("النفط الخام", "phrase", 8),
    Entry("هبوط أسعار النفط في العالم", "title", 3, "a"),
    Entry("وكالة الأنباء", "name", 4, "source"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    EntryFile.of(ENTRIES).save(tmp_path / "completions.bin")
    return tmp_path / "completions.bin"


@pytest.mark.parametrize(
    ("text", "folded", "bare"),
    [
        ("أسعار النفط", "اسعار النفط", "اسعار نفط"),
        ("المَدْرَسَة", "المدرسه", "مدرسه"),
        ("ال", "ال", "ال"),
        ("الحج", "الحج", "حج"),
        ("«قصف»، ثم هدوء!", "قصف ثم هدوء", "قصف ثم هدوء"),
        ("!", "", ""),
    ],
)
def test_keys(text: str, folded: str, bare: str) -> None:
    assert folded_key(text) == folded
    assert bare_key(folded) == bare


def texts(found: object) -> list[str]:
    return list(dict.fromkeys(entry.text for entry in found))  # type: ignore[attr-defined]


def test_what_is_opened_is_what_was_saved(path: Path) -> None:
    opened = EntryFile.open(path)
    assert texts(opened.starting("word", "مد")) == ["مدينة", "المدرسة"]
    assert texts(opened.starting("word", "المد")) == ["المدرسة"]
    assert texts(opened.starting("phrase", "اسعار ن")) == ["أسعار النفط"]
    assert texts(opened.starting("phrase", "")) == ["النفط الخام", "أسعار النفط"]
    assert texts(opened.starting("phrase", "خام")) == []
    assert next(opened.starting("name", "وكاله")) == ENTRIES[-1]
    assert next(opened.starting("title", "هبوط")) == ENTRIES[4]


def test_a_later_word_is_found_inside_but_no_stop_word(path: Path) -> None:
    opened = EntryFile.open(path)
    assert texts(opened.inside("phrase", "نف")) == ["أسعار النفط"]
    assert texts(opened.inside("title", "نفط في ع")) == ["هبوط أسعار النفط في العالم"]
    assert texts(opened.inside("title", "في")) == []
    assert texts(opened.inside("title", "هبوط")) == []


def test_the_best_of_many_come_first() -> None:
    draw = random.Random(1)  # noqa: S311 # the same entries every time
    letters = "ابتثجحخ"
    entries = [
        Entry("".join(draw.choices(letters, k=5)) + " " + str(number), "phrase", draw.randrange(1_000))
        for number in range(500)
    ]
    found = EntryFile.of(entries)
    for key in ("", "ا", "اب", "ابت", "خخ", "ز"):
        expected = sorted(
            (each for each in entries if each.text.startswith(key)), key=lambda each: -each.score
        )
        assert [each.score for each in found.starting("phrase", key)] == [each.score for each in expected]


def test_no_entries(tmp_path: Path) -> None:
    EntryFile.of(()).save(tmp_path / "empty")
    opened = EntryFile.open(tmp_path / "empty")
    assert list(opened.starting("word", "ا")) == list(opened.inside("title", "")) == []


def test_odd_texts_do_no_harm() -> None:
    odd = Entry("\ud800 \x1f\x1f س", "title", 1, "\x1f")
    assert [each.text for each in EntryFile.of([odd]).starting("title", "")] == ["? س"]


@pytest.mark.parametrize("at", [0, 9, 12, 25, -1])
def test_a_changed_byte_is_refused(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(BrokenIndexError, match="kashshaf reindex"):
        EntryFile.open(path)


@pytest.mark.parametrize("size", [0, 5, 100])
def test_a_short_file_is_refused(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(BrokenIndexError, match="kashshaf reindex"):
        EntryFile.open(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenIndexError, match="are missing"):
        EntryFile.open(tmp_path / "completions.bin")
