"""Names of several words that meet the same name as one word: what is one, and what only looks like it."""

from __future__ import annotations

import pytest

from kashshaf.analyzers.analyzer import Analyzer, by_position
from kashshaf.analyzers.arabic import LEVELS
from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.encoded_terms import TermEncoder
from kashshaf.analyzers.names import foreign, known
from kashshaf.analyzers.stemming.variants.months import months
from tests.analyzers.texts import tokens

# A text, and its names: what stands in the text, and its stem.
NAMES = (
    ("حساب على سناب شات", [("سناب شات", "سنابشات")]),
    ("عبر السناب شات وتيك-توك", [("السناب شات", "سنابشات"), ("وتيك-توك", "تيكتوك")]),
    ("في 3 تشرين الأول 2019", [("تشرين الأول", "اكتوبر")]),
    ("منذ كانون الثاني الماضي", [("كانون الثاني", "يناير")]),
    ("لكانون الأول", [("لكانون الأول", "ديسمبر")]),
    ("يعمل في بوركينا فاسو", [("بوركينا فاسو", "بوركينافاسو")]),
)
NO_NAMES = (
    "كانون المحكمة الثاني",
    "كانون. الثاني",
    "الثاني كانون",
    "توك تيك",
    "سناب",
    "اليوم الثاني",
    "بيت كبير",
    "تشرين",
)


def names(text: str) -> list[tuple[str, str]]:
    return [(token.surface, token.forms.stem[0]) for token in tokens(text) if not token.forms.exact]


@pytest.mark.parametrize(("text", "found"), NAMES)
def test_names(text: str, found: list[tuple[str, str]]) -> None:
    assert names(text) == found


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_name(text: str) -> None:
    assert [name for name in names(text) if not name[1].isdecimal()] == []


@pytest.mark.parametrize("text", [text for text, _ in NAMES] + list(NO_NAMES))
def test_finished_terms_have_the_names_too(text: str) -> None:
    analyzer = Analyzer()
    encoded = TermEncoder(analyzer).encode(text)
    for at, level in enumerate(LEVELS):
        terms = [getattr(forms, level) for forms in by_position(analyzer.tokens(text))]
        assert encoded[at] == " ".join("\1".join(each) or "\0" for each in terms)


@pytest.mark.parametrize(("words", "joined"), known().items())
def test_every_name_meets_itself_as_one_word(words: tuple[str, ...], joined: str) -> None:
    (name,) = [token for token in tokens(" ".join(words)) if not token.forms.exact]
    (one,) = [token for token in tokens(joined) if token.forms.exact]
    assert (name.forms.stem, name.forms.root) == (one.forms.stem, one.forms.root)


def test_every_month_has_one_name_that_stands_for_it() -> None:
    assert len(set(months().values())) == len(load_rows("months.tsv")) == 12
    assert all(months()[month] == month for month in months().values())
    assert len({name for row in load_rows("months.tsv") for name in row}) == len(months())
    assert all(len(words) > 1 for words in foreign())
