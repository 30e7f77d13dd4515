"""Synonyms beside the words of a query: which words have them, in which form, and what is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.orthography.folding import fold_text
from kashshaf.index.engine import open_engine
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.query.synonyms.shipped import shipped
from kashshaf.search_app.query.synonyms.synonym_file import read_synonyms
from kashshaf.search_app.query.synonyms.synonyms import MOST_SYNONYMS, NO_SYNONYMS, Synonyms
from tests.index.contract.bench import Bench, record
from tests.search_app.query.language.typed import TODAY

if TYPE_CHECKING:
    from kashshaf.search_app.query.parsed_query import ParsedQuery

ANALYZER = Analyzer()
FILE = """
يونسكو, UNESCO, منظمة الأمم المتحدة للتربية
الولايات المتحدة, أمريكا
هلال => زعيم
ماذا, ايش
"""
TEXT = (
    "يونسكو unesco منظمة الأمم المتحدة للتربية الولايات المتحدة أمريكا هلال زعيم ماذا ايش وللولايات"
    " حلف الأطلسي"
)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(open_engine("memory"), tmp_path / "comments")
    made.put(record("all", fold_text(TEXT)))
    return made


def asked(typed: str, bench: Bench, text: str = FILE) -> ParsedQuery:
    synonyms = Synonyms(read_synonyms(text, Path("synonyms.txt")))
    with bench.reader() as reader:
        return synonyms.beside(read(parse(typed, TODAY), ANALYZER), ANALYZER, reader)


def found(typed: str, bench: Bench, text: str = FILE) -> dict[str, list[str]]:
    query = asked(typed, bench, text)
    return {token.surface: [each.text for each in others] for token, others in query.every_synonym().items()}


TYPED = [
    ("يونسكو", {"يونسكو": ["UNESCO", "منظمة الأمم المتحدة للتربية"]}),
    ("باليونسكو", {"باليونسكو": ["UNESCO", "منظمة الأمم المتحدة للتربية"]}),
    ("unesco", {"unesco": ["يونسكو", "منظمة الأمم المتحدة للتربية"]}),
    ("رئيس الولايات المتحدة", {"الولايات": ["أمريكا"], "المتحدة": ["أمريكا"]}),
    ("رئيس للولايات المتحدة", {"للولايات": ["أمريكا"], "المتحدة": ["أمريكا"]}),
    ("هلال", {"هلال": ["زعيم"]}),
    ("زعيم", {}),  # one way
    ("الولايات", {}),  # part of a name
    ("المتحدة الولايات", {}),
    ("الولايات في المتحدة", {}),  # not side by side
    ("=يونسكو", {}),
    ('"يونسكو"', {}),
    ("-يونسكو", {}),
    ("يونسك*", {}),
    ("عنوان:يونسكو", {"يونسكو": ["UNESCO", "منظمة الأمم المتحدة للتربية"]}),
    ("هلال أو يونسكو", {"هلال": ["زعيم"], "يونسكو": ["UNESCO", "منظمة الأمم المتحدة للتربية"]}),
    ("ماذا", {"ماذا": ["ايش"]}),
    ("", {}),
]


@pytest.mark.parametrize(("typed", "others"), TYPED)
def test_words_have_their_synonyms(typed: str, others: dict[str, list[str]], bench: Bench) -> None:
    assert found(typed, bench) == others


def test_what_the_index_does_not_have_is_not_asked_for(bench: Bench) -> None:
    text = "يونسكو, حلف الأطلسي, حلف وارسو, منظمة التجارة"
    assert found("يونسكو", bench, text) == {"يونسكو": ["حلف الأطلسي"]}


def test_a_phrase_is_asked_for_with_the_clitics_that_the_index_has(bench: Bench) -> None:
    (synonym,) = next(iter(asked("أمريكا", bench).synonyms.values()))
    assert {way[0] for way in synonym.phrase.respaced} == {"وللولايات"}


def test_the_synonyms_of_one_query_are_bounded(bench: Bench) -> None:
    names = [first + second for first in "qwrtypsdf" for second in "zxcvb"]
    bench.put(record("more", " ".join(names)))
    lines = "\n".join(f"يونسكو, {name}" for name in names)
    assert len(found("يونسكو", bench, lines)["يونسكو"]) == MOST_SYNONYMS < len(names)


def test_a_query_longer_than_any_name_has_none(bench: Bench) -> None:
    assert found("منظمة الأمم المتحدة للتربية والعلم والثقافة تكرم مدرسة", bench) != {}
    assert found("اليوم منظمة الأمم المتحدة للتربية والعلم والثقافة تكرم مدرسة", bench) == {}


def test_without_rules_a_query_stays_as_it_is(bench: Bench) -> None:
    query = read(parse("يونسكو", TODAY), ANALYZER)
    with bench.reader() as reader:
        assert NO_SYNONYMS.beside(query, ANALYZER, reader) is query


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("شو", "ماذا"),
        ("ايش", "شو"),
        ("كويس", "جيد"),
        ("بندورة", "طماطم"),
        ("دلوقتي", "الحين"),
        ("بدي", "عايز"),
    ],
)
def test_dialects_and_print_are_equal(typed: str, others: str, tmp_path: Path) -> None:
    bench = Bench(open_engine("memory"), tmp_path / "dialect")
    bench.put(record("all", fold_text(f"{typed} {others}")))
    query = read(parse(typed, TODAY), ANALYZER)
    with bench.reader() as reader:
        synonyms = Synonyms(shipped()).beside(query, ANALYZER, reader).synonyms
    (found,) = synonyms.values()
    assert [(each.text, each.dialect) for each in found] == [(others, True)]


@pytest.mark.parametrize("typed", ["شوارع", "كويت", "الكويسة", "بدية"])
def test_a_word_of_a_dialect_is_known_in_its_own_form_alone(typed: str, tmp_path: Path) -> None:
    bench = Bench(open_engine("memory"), tmp_path / "dialect")
    bench.put(record("all", fold_text("شو ماذا كويس جيد بدي أريد")))
    query = read(parse(typed, TODAY), ANALYZER)
    with bench.reader() as reader:
        assert Synonyms(shipped()).beside(query, ANALYZER, reader).synonyms == {}
