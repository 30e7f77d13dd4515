"""The lexicon: counts, frozen files, what is wrong with a file, speed, threads."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.base_list import base_counts
from kashshaf.analyzers.errors import KashshafError
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.analyzers.lexicon_file import MAGIC, WordForms, entry, table, write
from tests.analyzers.texts import ARABIC_WORDS, sample_words, unhurried

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COUNTS = {"كتاب": 7, "كتابهم": 2, "هوفنغارد": 5, "وهوفنغارد": 1}
UNKNOWN = "ظظغظظ"
MILLION = 1_000_000
OPENED_IN = 0.05
REBUILD = r"; rebuild with: kashshaf reindex$"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "lexicon"
    Lexicon.build(file, COUNTS)
    return file


def test_the_base_list_is_counted_once() -> None:
    assert Lexicon.base() is Lexicon.base()
    assert Lexicon.base().count("كتاب") == base_counts()["كتاب"] > 0
    assert Lexicon.base().count(UNKNOWN) == 0
    assert Lexicon.base().forms("كتاب") is None
    assert len(Lexicon.base()) == 0


def test_counts_of_corpus_and_base_list_are_added(path: Path) -> None:
    lexicon = Lexicon.open(path)
    assert lexicon.count("كتاب") == 7 + base_counts()["كتاب"]
    assert lexicon.count("هوفنغارد") == 5
    assert len(lexicon) == len(COUNTS)


def test_words_that_the_file_lacks_have_the_counts_of_the_base_list(path: Path) -> None:
    lexicon = Lexicon.open(path)
    assert lexicon.count("مدرسه") == base_counts()["مدرسه"]
    assert lexicon.count(UNKNOWN) == 0


def test_forms_are_those_of_words_at_the_freeze(path: Path) -> None:
    lexicon = Lexicon.open(path)
    assert lexicon.forms("كتابهم") == WordForms(("كتاب",), ("كتب",))
    assert lexicon.forms("مدارس") is None
    assert lexicon.analysed("مدارس").stems == ("مدرسه",)


def test_the_corpus_proves_words_that_the_base_list_lacks(path: Path) -> None:
    assert Lexicon.open(path).analysed("وهوفنغارد").stems == ("هوفنغارد",)


def test_the_analyzer_asks_its_lexicon(path: Path) -> None:
    (token,) = Analyzer(Lexicon.open(path)).tokens("وهوفنغارد")
    assert token.forms.stem == ("هوفنغارد",)


def test_a_lexicon_of_no_words(tmp_path: Path) -> None:
    Lexicon.build(tmp_path / "empty", {})
    assert Lexicon.open(tmp_path / "empty").forms("كتاب") is None
    assert list(Analyzer(Lexicon.open(tmp_path / "empty")).tokens("كتاب"))


def test_frozen_and_computed_forms_agree(tmp_path: Path) -> None:
    words = [word for word in sample_words() if word in base_counts()][:500]
    Lexicon.build(tmp_path / "all", dict.fromkeys(words, 0))
    frozen = Lexicon.open(tmp_path / "all")
    assert [frozen.forms(word) for word in words] == [Lexicon.base().analysed(word) for word in words]


HARMED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: data[:0],
    "half": lambda data: data[: len(data) // 2],
    "header alone": lambda data: data[:10],
    "a byte less": lambda data: data[:-1],
    "a byte more": lambda data: data + b".",
    "foreign": lambda data: b"SQLite format 3\0" + data,
    "unfinished": lambda data: bytes(len(MAGIC)) + data[len(MAGIC) :],
    "another version": lambda data: MAGIC + b"\xff" + data[len(MAGIC) + 1 :],
    "too many words": lambda data: data[:16] + b"\xff" * 8 + data[24:],
}


@pytest.mark.parametrize("harm", HARMED)
def test_a_bad_file_says_to_rebuild(path: Path, harm: str) -> None:
    path.write_bytes(HARMED[harm](path.read_bytes()))
    with pytest.raises(KashshafError, match=REBUILD):
        Lexicon.open(path)


def test_a_missing_file_says_to_rebuild(tmp_path: Path) -> None:
    with pytest.raises(KashshafError, match=REBUILD):
        Lexicon.open(tmp_path / "none")
    with pytest.raises(KashshafError, match=REBUILD):
        Lexicon.open(tmp_path)


def test_damage_inside_says_to_rebuild(path: Path) -> None:
    data = path.read_bytes()
    found = data.index("هوفنغارد\t".encode())
    length = len("هوفنغارد\t".encode())
    path.write_bytes(data[: found + length] + b"\xff" + data[found + length + 1 :])
    with pytest.raises(KashshafError, match=REBUILD):
        Lexicon.open(path).forms("هوفنغارد")


def test_a_million_words_open_at_once(tmp_path: Path) -> None:
    words = sorted(f"ا{number}" for number in range(MILLION))
    write(
        tmp_path / "many", words, (entry(word, 1, WordForms((word,), (word,))) for word in words), table(())
    )
    Lexicon.base()
    begun = time.perf_counter()
    lexicon = Lexicon.open(tmp_path / "many")
    assert lexicon.forms(words[-1]) == ((words[-1],), (words[-1],))
    assert time.perf_counter() - begun < OPENED_IN


def test_threads_share_a_lexicon(path: Path) -> None:
    lexicon = Lexicon.open(path)
    words = [*COUNTS, *sample_words()[:300]]
    expected = [lexicon.analysed(word) for word in words]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: [lexicon.analysed(word) for word in words], range(8)))
    assert all(answer == expected for answer in answers)


@given(words=st.dictionaries(ARABIC_WORDS, st.integers(0, 10**9), max_size=20))
@unhurried
def test_what_is_frozen_is_found(tmp_path_factory: pytest.TempPathFactory, words: dict[str, int]) -> None:
    path = tmp_path_factory.mktemp("lexicon") / "file"
    Lexicon.build(path, words)
    lexicon = Lexicon.open(path)
    for word, count in words.items():
        found = lexicon.forms(word)
        assert found
        assert all(found.stems)
        assert all(found.roots)
        assert lexicon.count(word) == count + base_counts().get(word, 0)
