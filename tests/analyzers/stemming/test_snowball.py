"""Stems: fast and slow snowball agree, threads do not disturb each other, no word loses all its letters."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from snowballstemmer.arabic_stemmer import ArabicStemmer

from kashshaf.analyzers import letters as ar
from kashshaf.analyzers.arabic import CHAINS, run
from kashshaf.analyzers.data import load_words
from kashshaf.analyzers.stemming import snowball
from kashshaf.analyzers.stemming.snowball import stem_arabic, stem_latin
from kashshaf.analyzers.tokenize import Kind, words
from tests.analyzers.texts import ARABIC_WORDS, sample_words, unhurried

TO_EXACT, TO_FOLDED, _ = CHAINS[Kind.ARABIC]


def probe_words() -> list[str]:
    """The Arabic words among the probes."""
    return [word.surface for word in words("\n".join(load_words("probes.txt"))) if word.kind is Kind.ARABIC]


def folded_words() -> list[str]:
    found = {run((*TO_EXACT, *TO_FOLDED), word) for word in (*sample_words(), *probe_words())}
    return sorted(found)


def test_the_fast_and_the_slow_snowball_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = folded_words()
    assert len(chosen) > 2000
    fast = [stem_arabic(word) for word in chosen]
    slow = ArabicStemmer()
    assert snowball._stemmer("arabic") is not slow
    monkeypatch.setattr(snowball, "_stemmer", lambda _: slow)
    assert [stem_arabic(word) for word in chosen] == fast


def test_the_fast_snowball_is_in_use() -> None:
    assert type(snowball._stemmer("arabic")).__module__ != ArabicStemmer.__module__


def test_threads_do_not_disturb_each_other() -> None:
    chosen = folded_words()
    expected = [stem_arabic(word) for word in chosen]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: [stem_arabic(word) for word in chosen], range(8)))
    assert all(answer == expected for answer in answers)


def test_each_thread_has_its_own_stemmer() -> None:
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(snowball._stemmer, "arabic").result()
    assert other is not snowball._stemmer("arabic")
    assert snowball._stemmer("arabic") is snowball._stemmer("arabic")


@pytest.mark.parametrize("word", ["", "ب", "اب", "قلم", "وجه"])
def test_short_words_are_their_own_stems(word: str) -> None:
    assert stem_arabic(word) == word


def test_a_last_heh_is_taken_off_as_teh_marbuta_is() -> None:
    assert stem_arabic("مدرسه") == "مدرس"
    assert stem_arabic("مجاوره") == "مجاور"


@given(word=ARABIC_WORDS)
@unhurried
def test_a_stem_is_never_empty_and_holds_no_teh_marbuta(word: str) -> None:
    found = stem_arabic(run(TO_FOLDED, word))
    assert found
    assert ar.TEH_MARBUTA not in found


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("schools", "school"),
        ("elections", "elect"),
        ("covid19", "covid19"),
        ("école", "école"),
        ("мира", "мира"),
        ("", ""),
    ],
)
def test_english_stems_are_for_plain_latin_words(word: str, stemmed: str) -> None:
    assert stem_latin(word) == stemmed
