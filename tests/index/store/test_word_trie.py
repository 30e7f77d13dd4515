"""The trie of a corpus's words: counts, prefixes, and a file that is whole or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.store.word_trie import WordTrie

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = {"كتاب": 3, "كتب": 7, "مدرسه": 1 << 40}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    WordTrie(COUNTS).save(tmp_path / "words.trie")
    return tmp_path / "words.trie"


def test_what_is_opened_is_what_was_saved(path: Path) -> None:
    trie = WordTrie.open(path)
    assert sorted(trie.words()) == sorted(COUNTS)
    assert [trie.count(word) for word in ("كتاب", "كتب", "كت", "")] == [3, 7, 0, 0]
    assert trie.count("مدرسه") == trie.most == 0xFFFFFFFF
    assert len(trie) == len(COUNTS)


def test_prefixes(path: Path) -> None:
    trie = WordTrie.open(path)
    assert [trie.begins(text) for text in ("كت", "كتاب", "كتابا", "ب")] == [True, True, False, False]
    assert sorted(trie.words("كت")) == ["كتاب", "كتب"]


def test_no_words(tmp_path: Path) -> None:
    WordTrie({}).save(tmp_path / "empty")
    trie = WordTrie.open(tmp_path / "empty")
    assert (len(trie), trie.most, trie.count("كتاب"), trie.begins("ك")) == (0, 0, 0, False)


@pytest.mark.parametrize("at", [0, 9, 25, -1])
def test_a_changed_byte_is_refused(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(BrokenIndexError, match="kashshaf reindex"):
        WordTrie.open(path)


@pytest.mark.parametrize("size", [0, 5, 24])
def test_a_short_file_is_refused(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(BrokenIndexError, match="kashshaf reindex"):
        WordTrie.open(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenIndexError, match="is missing"):
        WordTrie.open(tmp_path / "words.trie")
