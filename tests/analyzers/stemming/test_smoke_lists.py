"""The smoke lists are as their README says; what the chain makes of them is tested beside the chain."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, get_args

import pytest

from tests.analyzers.stemming.smoke import (
    FOLDER,
    SAMPLED,
    NameKind,
    PairList,
    drawn,
    names,
    pair_file,
    pairs,
    rows,
)
from tests.analyzers.texts import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

LISTS: tuple[PairList, ...] = get_args(PairList)
KINDS: tuple[str, ...] = get_args(NameKind)
FILES = ("meet.tsv", "apart.tsv", "names.tsv", "drawn.txt")

PAIRS_AT_LEAST: dict[PairList, int] = {"meet": 440, "apart": 1_500}
SAMPLED_AT_LEAST: dict[PairList, int] = {"meet": 100, "apart": 50}
NAMES_AT_LEAST = 310
DRAWN = 400

PHENOMENA: dict[PairList, dict[str, int]] = {
    "meet": {
        "accusative": 20,
        "broken-plural": 90,
        "clitic": 60,
        "clitic-stack": 15,
        "code-points": 25,
        "dialect": 1,
        "dual": 25,
        "elongation": 10,
        "feminine": 40,
        "foreign-name": 50,
        "hamza": 25,
        "latin": 12,
        "missing-space": 12,
        "misspelling": 4,
        "number": 25,
        "place-adjective": 25,
        "plural-ending": 80,
        "pronoun": 50,
        "rival-spelling": 4,
        "typing": 20,
        "verb": 60,
        "weak-letter": 40,
    },
    "apart": {
        "drawn": 1_000,
        "ending": 50,
        "initial": 80,
        "name": 35,
        "one-root": 150,
        "relation": 4,
        "teh-marbuta": 20,
    },
}
"""Each phenomenon that a list may name, and the rows it has at least."""

KNOWN: dict[PairList, str] = {
    "meet": """
        شركة/شركات قرار/قرارات انتخاب/انتخابات صحفي/صحفيين لبنان/للبنان لبنان/بلبنان للبنان/بلبنان
        كتاب/والكتاب وزير/الوزير وزير/ووزير سوريا/سورية شؤون/شئون مسؤول/مسئول كتاب/كتابهم
        حكومة/حكومته مدرسة/مدارس دمج/بدمج مجاورة/المجاورة أغراض/وأغراضها
        الأميركية/الأمريكية الأميركية/امريكا الأمريكية/امريكا ميليشيات/مليشيات ميليشيات/مليشيا
        مليشيات/مليشيا بالتعبيرعن/التعبير الؤلؤ/اللؤلؤ اشي/شيء نتنياهو/نتانياهو أميركا/أمريكا
        ميليشيا/مليشيا غوغل/جوجل مبروووك/مبروك
    """,
    "apart": """
        لندن/لند وزير/زير واشنطن/اشنطن لبنان/لبن حرب/حربي والد/الد كورونا/كور فيديو/فيد بطاطس/طاطس
    """,
}
"""Pairs that stemmers in use are known to miss, or to join wrongly, on everyday news."""

ARTICLE = "ال"


def known(name: PairList) -> set[frozenset[str]]:
    return {frozenset(pair.split("/")) for pair in KNOWN[name].split()}


def joined(sets: Iterable[frozenset[str]]) -> dict[str, frozenset[str]]:
    """Each text with all those that pairs lead to from it."""
    classes: dict[str, frozenset[str]] = {}
    for texts in sets:
        whole = texts.union(*(classes.get(text, frozenset()) for text in texts))
        classes.update(dict.fromkeys(whole, whole))
    return classes


def folded(text: str) -> list[tuple[str, ...]]:
    return [token.forms.folded for token in tokens(text)]


@pytest.mark.parametrize("file", FILES)
def test_rows_are_composed_sorted_and_unique(file: str) -> None:
    found = rows(FOLDER / file)
    assert found == sorted(found)
    assert len({tuple(row) for row in found}) == len(found)
    assert all(unicodedata.is_normalized("NFC", cell) for row in found for cell in row)


@pytest.mark.parametrize("name", LISTS)
def test_a_row_is_a_phenomenon_two_texts_and_perhaps_the_mark_of_the_sample(name: PairList) -> None:
    for row in rows(pair_file(name)):
        assert len(row) == 3 or row[3:] == [SAMPLED]
        assert all(cell and cell == cell.strip() for cell in row)


@pytest.mark.parametrize("name", LISTS)
def test_pairs_are_of_two_texts_and_stand_once(name: PairList) -> None:
    found = Counter(pair.texts for pair in pairs(name))
    assert all(len(texts) == 2 for texts in found)
    assert set(found.values()) == {1}


def test_no_pair_is_in_both_lists() -> None:
    meet, apart = ({pair.texts for pair in pairs(name)} for name in LISTS)
    assert not meet & apart


def test_no_chain_of_pairs_that_meet_joins_a_pair_that_must_not() -> None:
    classes = joined(pair.texts for pair in pairs("meet"))
    assert [pair for pair in pairs("apart") if pair.right in classes.get(pair.left, frozenset[str]())] == []


@pytest.mark.parametrize("name", LISTS)
def test_there_are_enough_pairs_and_enough_that_were_drawn(name: PairList) -> None:
    assert len(pairs(name)) >= PAIRS_AT_LEAST[name]
    assert sum(pair.sampled for pair in pairs(name)) >= SAMPLED_AT_LEAST[name]


@pytest.mark.parametrize("name", LISTS)
def test_each_phenomenon_has_enough_pairs_and_none_is_unheard_of(name: PairList) -> None:
    found = Counter(pair.phenomenon for pair in pairs(name))
    assert found.keys() == PHENOMENA[name].keys()
    assert {key: least for key, least in PHENOMENA[name].items() if found[key] < least} == {}


@pytest.mark.parametrize("name", LISTS)
def test_the_pairs_that_stemmers_are_known_to_get_wrong_are_there(name: PairList) -> None:
    assert known(name) - {pair.texts for pair in pairs(name)} == set()


@pytest.mark.parametrize("name", LISTS)
def test_every_text_has_a_word(name: PairList) -> None:
    assert all(tokens(pair.left) and tokens(pair.right) for pair in pairs(name))


def test_what_must_stay_apart_is_apart_when_folded() -> None:
    assert [pair for pair in pairs("apart") if folded(pair.left) == folded(pair.right)] == []


def test_sampled_pairs_start_from_a_drawn_word() -> None:
    words = set(drawn())
    assert len(words) == DRAWN
    sampled = [pair for name in LISTS for pair in pairs(name) if pair.sampled]
    assert [pair for pair in sampled if pair.left not in words] == []


def test_there_are_enough_names_of_every_kind() -> None:
    found = Counter(name.kind for name in names())
    assert found.keys() == set(KINDS)
    assert found.total() >= NAMES_AT_LEAST
    assert min(found.values()) >= 50


def test_a_name_is_one_word_without_article_and_of_one_kind() -> None:
    texts = [name.text for name in names()]
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if len(tokens(text)) != 1 or text.startswith(ARTICLE)] == []


def test_names_with_rival_spellings_are_pairs_and_not_names() -> None:
    rivals = {text for pair in pairs("meet") if pair.phenomenon == "foreign-name" for text in pair.texts}
    assert [name for name in names() if name.text in rivals] == []
