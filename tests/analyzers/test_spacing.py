"""The ways to space a phrase: what print joins and parts, and what it never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.analyzers.data import load_rows, load_words
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.analyzers.names import foreign
from kashshaf.analyzers.orthography.folding import fold_letters
from kashshaf.analyzers.spacing import MOST, apart, ways
from kashshaf.analyzers.stemming.evidence import Evidence
from kashshaf.analyzers.stemming.variants.joining import compounds
from tests.analyzers.texts import ARABIC_WORDS, forms, unhurried

EVIDENCE = Evidence(Lexicon.base().count)

# Two ways to write a phrase; each leads to the other.
BOTH = (
    ("فضل الله", "فضلالله"),
    ("شيخ فضل الله", "شيخ فضلالله"),
    ("بدر الدين", "بدرالدين"),
    ("ابو بكر", "ابوبكر"),
    ("لابو بكر", "لابوبكر"),
    ("عبد العزيز", "عبدالعزيز"),
    ("وعبد العزيز", "وعبدالعزيز"),
    ("ذو الفقار", "ذوالفقار"),
    ("لا يوجد", "لايوجد"),
    ("ما شاء الله", "ماشاءالله"),
    ("العدل و المساواه", "العدل والمساواه"),
    ("سناب شات", "سنابشات"),
    ("ابو ظبي", "ابوظبي"),
    ("بابو ظبي", "بابوظبي"),
    ("السناب شات", "السنابشات"),
    ("b 52", "b52"),
)
ONE_WAY = "والد|وزير الخاطر|والدين|ابوابها|لاعب|ماجد|مايو|وسط|عامله|h1n1|bbc news|2021 2022|52 b"


@pytest.mark.parametrize(("one", "other"), [*BOTH, *((other, one) for one, other in BOTH)])
def test_what_print_joins_and_parts(one: str, other: str) -> None:
    assert tuple(other.split()) in ways(one.split(), EVIDENCE)


@pytest.mark.parametrize("phrase", ONE_WAY.split("|"))
def test_what_is_written_in_one_way(phrase: str) -> None:
    assert ways(phrase.split(), EVIDENCE) == [tuple(phrase.split())]


@given(words=st.lists(ARABIC_WORDS.map(fold_letters) | st.sampled_from(["و", "الله", "الدين"]), max_size=70))
@unhurried
def test_ways_are_few_and_begin_with_the_words_themselves(words: list[str]) -> None:
    found = ways(words, EVIDENCE)
    assert found[0] == tuple(words)
    assert 1 <= len(found) <= MOST
    assert {"".join(way) for way in found} == {"".join(words)}


def test_every_compound_is_two_words_and_is_written_as_they_are() -> None:
    assert all(len(parts) > 1 for parts in compounds().values())
    for name in ("compounds.tsv", "foreign.tsv"):
        for row in load_rows(name):
            assert " " in row[0]
            assert all(forms(word).exact == (word,) for cell in row for word in cell.split())


def test_every_foreign_name_is_known_joined_and_apart() -> None:
    assert len(foreign()) == len(load_words("foreign.tsv"))
    assert all(apart(joined, EVIDENCE) == parts for parts, joined in foreign().items())
