"""The trie of a corpus's words: counts, prefixes, and a file that is whole or refused."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.store.word_trie import WordTrie

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = {"كتاب": 3, "كتب": 7, "مدرسه": 1 << 40}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    WordTrie.of(COUNTS).save(tmp_path / "words.trie")
    return tmp_path / "words.trie"


def test_what_is_opened_is_what_was_saved(path: Path) -> None:
    trie = WordTrie.open(path)
    assert sorted(trie.words()) == sorted(COUNTS)
    assert [trie.count(word) for word in ("كتاب", "كتب", "كت", "")] == [3, 7, 0, 0]
    assert trie.count("مدرسه") == trie.most == 0xFFFFFFFF


def test_prefixes(path: Path) -> None:
    trie = WordTrie.open(path)
    assert [trie.node(text) is not None for text in ("كت", "كتاب", "كتابا", "ب")] == [
        True,
        True,
        False,
        False,
    ]
    assert sorted(trie.words("كت")) == ["كتاب", "كتب"]


def test_words_come_with_the_short_ones_first_and_the_frequent_ones_by_count(path: Path) -> None:
    trie = WordTrie.open(path)
    assert list(trie.words()) == ["كتب", "كتاب", "مدرسه"]
    assert trie.frequent == ["مدرسه", "كتب", "كتاب"]


def test_nodes(path: Path) -> None:
    trie = WordTrie.open(path)
    node = trie.node("كت")
    assert node is not None
    assert trie.letters[trie.children[node] : trie.children[node + 1]] == "اب"
    below = trie.node("اب", node)
    assert below is not None
    assert (trie.text(below), trie.ends_word(below), trie.ends_word(node)) == ("كتاب", True, False)
    assert (trie.node("د", node), trie.text(0)) == (None, "")


def test_as_many_words_as_a_corpus_may_have(tmp_path: Path) -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    draw = random.Random(7)  # noqa: S311 - words, not secrets
    counts = {
        "".join(draw.choices(letters, k=draw.randint(1, 9))): draw.randint(1, 99) for _ in range(20_000)
    }
    WordTrie.of(counts).save(tmp_path / "words.trie")
    trie = WordTrie.open(tmp_path / "words.trie")
    assert {word: trie.count(word) for word in trie.words()} == counts
    assert set(trie.words("كت")) == {word for word in counts if word.startswith("كت")}
    assert not any(trie.count(word + "ء") for word in counts)


def test_no_words(tmp_path: Path) -> None:
    WordTrie.of({}).save(tmp_path / "empty")
    trie = WordTrie.open(tmp_path / "empty")
    assert (list(trie.words()), trie.frequent, trie.most) == ([], [], 0)
    assert (trie.count("كتاب"), trie.node("ك"), trie.node("")) == (0, None, 0)


@pytest.mark.parametrize("at", [0, 9, 11, 12, 16, 23, 25, -1])
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
