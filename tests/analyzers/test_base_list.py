"""Words beyond the corpus, packed: what is looked up is what list and table say, and damage is told."""

from __future__ import annotations

import zlib
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from bench.shipped.base_list import counts, made, table
from kashshaf.analyzers import base_list
from kashshaf.analyzers.base_list import NOTHING, base_counts, blocks, look_up, prior
from kashshaf.analyzers.errors import LexiconError
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.analyzers.lexicon_file import LexiconFile
from tests.analyzers.texts import sample_words

if TYPE_CHECKING:
    from pathlib import Path

EDGES = ["", "\t", "\n", "ء", "ظظظظظظ", "يييييييي", "zzz", "\U0010ffff", "\ud800", "كتاب\t", "كتا"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "lexicon"
    Lexicon.build(file, {"كتاب": 7})
    return file


def test_packed_is_what_list_and_table_say(path: Path) -> None:
    frozen = LexiconFile(path)
    words = [*sample_words(), *list(table())[:500], *list(base_counts())[:500], *EDGES]
    assert {word: frozen.prior(word) for word in words} == {word: prior(word) for word in words}
    assert frozen.prior("مدارس") == (base_counts()["مدارس"], ("مدرسه",), ())
    assert frozen.prior("الام").written == ("الام", "آلام")
    assert frozen.prior("ظظظظظظ") == NOTHING


def test_first_and_last_words_of_blocks_are_found(path: Path) -> None:
    frozen = LexiconFile(path)
    words = sorted(base_counts().keys() | table().keys())
    edges = [word for at in range(0, len(words), base_list.BLOCK) for word in (words[at - 1], words[at])]
    assert all(frozen.prior(word) == prior(word) != NOTHING for word in edges)


def test_what_is_shipped_is_what_the_lists_say() -> None:
    shipped, wanted = blocks(), made(counts())
    assert [each.partition(b"\t")[0] for each in shipped] == [each.partition(b"\t")[0] for each in wanted]
    assert all(map(_holds_as_much, shipped, wanted))
    assert version("simplemma") == base_list.LEMMAS


def _holds_as_much(one: bytes, other: bytes) -> bool:
    """Compare what two blocks hold: releases of zlib may pack it otherwise."""
    return zlib.decompress(one.partition(b"\t")[2]) == zlib.decompress(other.partition(b"\t")[2])


def test_blocks_are_sorted() -> None:
    assert all(first < second for first, second in pairwise(blocks()))


def test_new_words_have_the_same_stems_however_the_file_is_opened(path: Path) -> None:
    packed, whole, words = Lexicon.open(path), Lexicon.open(path, bulk=True), sample_words()[:300]
    assert [packed.analysed(word) for word in words] == [whole.analysed(word) for word in words]


def test_a_new_word_does_not_need_the_table(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon = Lexicon.open(path)
    monkeypatch.setattr(base_list, "_lists", lambda: pytest.fail("read whole"))
    assert lexicon.analysed("مدارس").stems == ("مدرسه",)


@pytest.mark.parametrize(
    "block",
    [b"no zlib", zlib.compress(b"\xff\xfe"), *map(zlib.compress, ("\nا\tx\t\n".encode(), "\nا\t".encode()))],
)
def test_a_damaged_block_is_told(block: bytes) -> None:
    with pytest.raises(ValueError, match=r"^|"):  # as zlib, the decoder or int put it
        look_up(block, "ا")


def test_a_block_that_claims_too_much_is_bounded() -> None:
    assert look_up(zlib.compress(b"\n" * (base_list.LARGEST * 20)), "ا") == NOTHING


def test_damage_among_the_blocks_says_to_rebuild(path: Path) -> None:
    data = path.read_bytes()
    at = len(data) - len(blocks()[-1])
    path.write_bytes(data[: at + 30] + bytes(60) + data[at + 90 :])
    word = max(base_counts().keys() | table().keys())
    with pytest.raises(LexiconError, match="kashshaf reindex"):
        Lexicon.open(path).count(word)


def test_a_check_of_the_file_reads_the_blocks_too(path: Path) -> None:
    LexiconFile(path).check()
    data = path.read_bytes()
    block = blocks()[len(blocks()) // 2]
    at = data.index(block) + len(block) // 2
    path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
    with pytest.raises(LexiconError, match="is damaged; rebuild with: kashshaf reindex"):
        LexiconFile(path).check()
