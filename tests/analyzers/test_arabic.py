"""What meets at each level, what must never meet, and the bounds an analyzer keeps."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kashshaf.analyzers import analyzer as analyzer_module
from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.arabic import CHAINS, EXACT, FOLDED, LEVELS, MAX_TERM, STEM, Forms, run, written
from kashshaf.analyzers.stemming.hamza import shown
from kashshaf.analyzers.stopwords import is_stop_word
from kashshaf.analyzers.tokenize import Kind
from tests.analyzers.texts import (
    ANY_TEXT,
    ARABIC_WORDS,
    SECONDS,
    forms,
    sample_words,
    tokens,
    unhurried,
)

# Pairs that meet at this level and at the later ones, and at no earlier one.
FIRST_MEET: dict[str, tuple[tuple[str, str], ...]] = {
    EXACT: (
        ("محمد", "مُحَمَّد"),
        ("هذا", "هٰذا"),
        ("شكرا", "شكراً"),
        ("سلام", "ســـلام"),
        ("ه", "هـ"),
        ("سلام", "سل\N{RIGHT-TO-LEFT MARK}ام"),
        ("سلام", "سلام\N{ZERO WIDTH NON-JOINER}"),
        ("سلام", "\N{ARABIC LETTER SEEN INITIAL FORM}\N{ARABIC LIGATURE LAM WITH ALEF FINAL FORM}م"),
        ("الله", "\N{ARABIC LIGATURE ALLAH ISOLATED FORM}"),
        ("كتاب", "\N{ARABIC LETTER KEHEH}تاب"),
        ("سوريا", "سور\N{ARABIC LETTER FARSI YEH}ا"),
        ("أمل", "ا\N{ARABIC HAMZA ABOVE}مل"),
        ("آمال", "ا\N{ARABIC MADDAH ABOVE}مال"),
        ("2021", "٢٠٢١"),
        ("2021", "۲۰۲۱"),
        ("1234567", "1,234,567"),
        ("1234567", "١٬٢٣٤٬٥٦٧"),
        ("3.5", "٣\N{ARABIC DECIMAL SEPARATOR}٥"),
        ("covid19", "COVID١٩"),
        ("BBC", "bbc"),
        ("école", "e\N{COMBINING ACUTE ACCENT}cole"),
    ),
    FOLDED: (
        ("الإيراني", "الايراني"),
        ("أمل", "امل"),
        ("إمام", "امام"),
        ("آمال", "امال"),
        ("قرآن", "قران"),
        ("مدرسة", "مدرسه"),
        ("مصطفى", "مصطفي"),
        ("مسؤول", "مسوول"),
        ("رئيس", "رييس"),
        ("مسئول", "مسيول"),
        ("پاريس", "باريس"),
        ("چاي", "جاي"),
        ("ڤيديو", "فيديو"),
        ("إلى", "الى"),
        ("école", "ecole"),
    ),
    STEM: (
        ("كتاب", "الكتاب"),
        ("كتاب", "بالكتاب"),
        ("كتاب", "للكتاب"),
        ("كتاب", "كتابه"),
        ("كتاب", "كتابها"),
        ("كتاب", "كتابهم"),
        ("كتاب", "كتابنا"),
        ("مدينة", "المدينة"),
        ("معلم", "معلمون"),
        ("معلم", "المعلمين"),
        ("معلم", "معلمة"),
        ("سيارة", "السيارات"),
        ("مسلم", "المسلمين"),
        ("يكتب", "يكتبون"),
        ("دمج", "بدمج"),
        ("كرة", "لكرة"),
        ("مدة", "لمدة"),
        ("عبدالله", "وعبدالله"),
        ("عبدالعزيز", "لعبدالعزيز"),
        ("مجاورة", "المجاورة"),
        ("الإيراني", "ايرانية"),
        ("رئيس", "الرييس"),
        ("007", "7"),
        ("schools", "school"),
    ),
}

NEVER_MEET = (
    ("حرب", "حزب"),
    ("قلب", "كلب"),
    ("علم", "عمل"),
    ("بحر", "بحث"),
    ("قطر", "مطر"),
    ("مصر", "مصير"),
    ("عراق", "عرق"),
    ("محمد", "أحمد"),
    ("سلام", "إسلام"),
    ("سوريا", "روسيا"),
    ("لبنان", "لبن"),
    ("والد", "الد"),
    ("إمام", "أم"),
    ("ماء", "مال"),
    ("شيء", "شيخ"),
    ("2021", "2012"),
    ("3.5", "35"),
    ("3.5", "3"),
    ("100", "1"),
    ("bbc", "abc"),
)

STOP_WORDS = ("على", "في", "من", "إلى", "الى", "أن", "ان", "هذا", "التي", "كان", "كانت", "وفي", "عَلَى")

MARKS = 100_000
LONG_WORDS = {
    "an Arabic letter": "ب" * 10_000_000,
    "a digit": "1" * 10_000_000,
    "a ligature": "\N{ARABIC LIGATURE LAM WITH ALEF FINAL FORM}" * 1_000_000,
    "a Latin letter": "a" * 1_000_000,
    "one mark on one letter": "ب" + "\N{ARABIC SHADDA}" * MARKS,
    "tatweel on one letter": "ب" + "ـ" * MARKS,
    "zero-width characters": "ب" + "\N{ZERO WIDTH JOINER}" * MARKS,
    "accents on one letter": "a" + "\N{COMBINING ACUTE ACCENT}" * MARKS,
}


def at(level: str, word: str) -> tuple[str, ...]:
    terms: tuple[str, ...] = getattr(forms(word), level)
    return terms


@pytest.mark.parametrize(
    ("level", "one", "other"), [(level, *pair) for level, pairs in FIRST_MEET.items() for pair in pairs]
)
def test_pairs_meet_at_their_level_and_not_before(level: str, one: str, other: str) -> None:
    meet = [at(each, one) == at(each, other) for each in LEVELS]
    assert meet == [LEVELS.index(each) >= LEVELS.index(level) for each in LEVELS]


@pytest.mark.parametrize(("one", "other"), NEVER_MEET)
def test_pairs_that_never_meet(one: str, other: str) -> None:
    assert not any(at(level, one) == at(level, other) for level in (EXACT, FOLDED, STEM))


@pytest.mark.parametrize("word", STOP_WORDS)
def test_stop_words_have_no_stem(word: str) -> None:
    found = forms(word)
    assert found.exact
    assert found.folded
    assert not found.stem


def test_the_name_ali_is_not_the_preposition() -> None:
    name, preposition = forms("علي"), forms("على")
    assert name.exact != preposition.exact
    assert name.folded == preposition.folded
    assert name.stem == ("علي",)
    assert preposition.stem == ()


def test_a_number_is_no_stop_word() -> None:
    assert forms("2021") == Forms(("2021",), ("2021",), ("2021",), ("2021",))


def assert_meetings_last(one: Forms, other: Forms) -> None:
    for level, later in pairwise(LEVELS):
        if getattr(one, level) == getattr(other, level) and (level != FOLDED or alike(one, other)):
            assert getattr(one, later) == getattr(other, later)


def alike(one: Forms, other: Forms) -> bool:
    """Whether no hamza that decides tells two words apart."""
    return spelling(one) == spelling(other)


def spelling(found: Forms) -> str | None:
    return shown(found.exact[0], found.folded[0]) if found.exact else None


def test_sample_words_that_meet_stay_together() -> None:
    together: dict[str | None, set[tuple[str, ...]]] = {}
    for word in sample_words():
        found = forms(word)
        if found.stem:
            together.setdefault(spelling(found), set()).add(found.stem)
    assert together
    assert all(len(stems) == 1 for stems in together.values())


ALIKE = str.maketrans({"أ": "ا", "إ": "آ", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه", "ا": "أ", "ه": "ة"})


@given(word=ARABIC_WORDS, where=st.sets(st.integers(0, 8)))
@example(word="على", where={2})
@unhurried
def test_words_that_meet_stay_together(word: str, where: set[int]) -> None:
    other = "".join(letter.translate(ALIKE) if at in where else letter for at, letter in enumerate(word))
    assume(not is_stop_word(word) and not is_stop_word(other))
    assert_meetings_last(forms(word), forms(other))


@given(one=ARABIC_WORDS, other=ARABIC_WORDS)
@unhurried
def test_any_words_that_meet_stay_together(one: str, other: str) -> None:
    assume(not is_stop_word(one) and not is_stop_word(other))
    assert_meetings_last(forms(one), forms(other))


@given(text=ANY_TEXT)
@unhurried
def test_any_text_has_tokens(text: str) -> None:
    every = tokens(text)
    assert all(text[token.start : token.end] == token.surface for token in every)
    found = [token for token in every if token.forms.exact]
    assert [token.position for token in found] == list(range(len(found)))
    for token in found:
        assert token.forms.folded
        assert all(0 < len(term) <= MAX_TERM for term in token.forms.exact)


@given(text=ANY_TEXT)
@unhurried
def test_the_same_text_has_the_same_tokens(text: str) -> None:
    analyzer = Analyzer()
    assert list(analyzer.tokens(text)) == list(analyzer.tokens(text))


@given(word=st.one_of(ARABIC_WORDS, ANY_TEXT))
@unhurried
def test_plain_words_are_written_as_the_chain_has_them(word: str) -> None:
    to_exact, to_folded, _ = CHAINS[Kind.ARABIC]
    exact = run(to_exact, word)[:MAX_TERM]
    assert written(word, Kind.ARABIC) == (exact, run(to_folded, exact))


def test_positions_count_words_and_leave_out_what_is_none() -> None:
    found = tokens("قال \N{ARABIC FATHA ISOLATED FORM} الوزير")
    assert [(token.surface, token.position) for token in found] == [("قال", 0), ("الوزير", 1)]


def test_every_kind_of_word_has_a_chain_for_every_level() -> None:
    assert set(CHAINS) == set(Kind)
    assert all(len(levels) == LEVELS.index(STEM) + 1 for levels in CHAINS.values())


def test_terms_are_bounded() -> None:
    found = forms("ح" * (MAX_TERM + 50))
    assert [len(term) for term in found.exact] == [MAX_TERM]
    assert all(len(term) <= MAX_TERM for terms in found for term in terms)


@pytest.mark.parametrize("text", LONG_WORDS.values(), ids=LONG_WORDS)
def test_time_is_linear(text: str) -> None:
    begun = time.perf_counter()
    assert len(tokens(text)) == 1
    assert time.perf_counter() - begun < SECONDS


def test_the_memo_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer_module, "MEMO_SIZE", 50)
    chosen = sample_words()[:500]
    analyzer = Analyzer()
    found = []
    for token in analyzer.tokens(" ".join(chosen)):
        found += [token.forms] if token.forms.exact else []
        assert len(analyzer._memo) <= 50
    assert found == [forms(word) for word in chosen]


def test_the_memo_remembers() -> None:
    analyzer = Analyzer()
    first, second = analyzer.tokens("كتاب كتاب")
    assert first.forms is second.forms


def test_threads_share_an_analyzer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer_module, "MEMO_SIZE", 100)
    text = " ".join(sample_words())
    expected = tokens(text)
    analyzer = Analyzer()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: list(analyzer.tokens(text)), range(8)))
    assert all(answer == expected for answer in answers)
