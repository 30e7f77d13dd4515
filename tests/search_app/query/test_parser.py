"""What people type, and what it is read as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.lexicon import Readings
from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parsed_query import written
from kashshaf.search_app.query.parser import read
from tests.search_app.query.language.typed import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashshaf.analyzers.arabic import Forms, Token

ANALYZER = Analyzer()

READ = [
    # typed, loose words, quoted (level, words)
    ("", [], []),
    ("   ", [], []),
    ("سليماني", ["سليماني"], []),
    ("وزير  الصحة", ["وزير", "الصحة"], []),
    ('"فيلق القدس"', [], [("folded", ["فيلق", "القدس"])]),
    ("«فيلق القدس»", [], [("folded", ["فيلق", "القدس"])]),
    ("\u201cفيلق القدس\u201d", [], [("folded", ["فيلق", "القدس"])]),
    ('قائد "فيلق القدس" سليماني', ["قائد", "سليماني"], [("folded", ["فيلق", "القدس"])]),
    ('="مدرسة النور"', [], [("exact", ["مدرسة", "النور"])]),
    ("=مدرسة النور", ["النور"], [("exact", ["مدرسة"])]),
    ("النور =مدرسة", ["النور"], [("exact", ["مدرسة"])]),
    ("ثلاثة ملايين", ["ثلاثة", "ثلاثة ملايين", "ملايين"], []),
    ('"ثلاثة ملايين"', [], [("folded", ["ثلاثة", "ملايين"])]),
    ("=خمسة", [], [("exact", ["خمسة"])]),
    ("2+2=4", ["2", "2", "4"], []),
    ("a=b", ["a", "b"], []),
    ('علامة " وحيدة', ["علامة", "وحيدة"], []),
    ('""', [], []),
    ("=", [], []),
    ('="', [], []),
    ("-سوريا", [], []),
    ("ًٌٍَُِّْ", [], []),
    ("؟!،", [], []),
    ("\x00\ud800 نفط", ["نفط"], []),
    ("title:نفط OR (غاز)", [], []),
    ("نفط -غاز", ["نفط"], []),
    ("مدرس*", [], [("folded", ["مدرس"])]),
    ("جذر:كتب", [], [("root", ["كتب"])]),
]


@pytest.mark.parametrize(("typed", "words", "quoted"), READ, ids=[repr(row[0]) for row in READ])
def test_read(typed: str, words: list[str], quoted: list[tuple[str, list[str]]]) -> None:
    asked = read(parse(typed, TODAY), ANALYZER)
    assert [token.surface for token in asked.words] == words
    assert [(each.level, [token.surface for token in each.tokens]) for each in asked.quoted] == quoted


QUOTES = [
    ("mixed", '\u201cفيلق القدس"', ["فيلق القدس"]),
    ("mixed the other way", '"فيلق القدس\u201d', ["فيلق القدس"]),
    ("closing ones", "\u201dفيلق القدس\u201d", ["فيلق القدس"]),
    ("reversed", "\u201dفيلق القدس\u201c", ["فيلق القدس"]),
    ("low", "\u201eفيلق القدس\u201c", ["فيلق القدس"]),
    ("reversed guillemets", "»فيلق القدس«", ["فيلق القدس"]),
    ("nested", '«قائد "فيلق القدس" قال»', ["قائد فيلق القدس قال"]),
    ("nested in straight ones", '"قائد «فيلق القدس» قال"', ["قائد فيلق القدس قال"]),
    ("two", '"فيلق القدس" و"ميناء حيفا"', ["فيلق القدس", "ميناء حيفا"]),
    ("a stray one before", 'شاشة 5" في «فيلق القدس»', ["فيلق القدس"]),
    ("a stray guillemet before", "قال» ثم «فيلق القدس»", ["فيلق القدس"]),
]


@pytest.mark.parametrize(("typed", "phrases"), [row[1:] for row in QUOTES], ids=[row[0] for row in QUOTES])
def test_any_pair_of_quotation_marks_makes_a_phrase(typed: str, phrases: list[str]) -> None:
    asked = read(parse(typed, TODAY), ANALYZER)
    assert [" ".join(token.surface for token in each.tokens) for each in asked.quoted] == phrases


@pytest.mark.parametrize(
    "typed", ["\u200f=إيران", "=\u200fإيران", "\u202b=\u202aإيران", '\u200f=\u200f"إيران"']
)
def test_invisible_marks_do_not_stand_before_letters(typed: str) -> None:
    (quoted,) = read(parse(typed, TODAY), ANALYZER).quoted
    assert quoted.level == "exact"
    assert quoted.slots() == (("إيران",),)


def test_a_question_begins_with_a_question_word() -> None:
    assert read(parse("متى تأسست الجامعة", TODAY), ANALYZER).is_question()
    assert not read(parse("الجامعة متى تأسست", TODAY), ANALYZER).is_question()
    assert not read(parse("؟", TODAY), ANALYZER).is_question()


@given(st.text(alphabet=st.characters(codec=None), max_size=120) | st.text('="«» ab,ابت\u064b', max_size=60))
def test_what_was_understood_reads_back_as_the_same_query(typed: str) -> None:
    query = parse(typed, TODAY)
    parsed = read(query, ANALYZER)
    again = read(parse(canonical(query), TODAY), ANALYZER)
    assert forms(written(again.words)) == forms(written(parsed.words))
    assert [(each.level, forms(each.tokens)) for each in again.quoted] == [
        (each.level, forms(each.tokens)) for each in parsed.quoted
    ]


def forms(tokens: Iterable[Token]) -> list[Forms]:
    return [token.forms for token in tokens]


def test_a_bare_word_may_be_one_of_several() -> None:
    bare, written_out, two = read(parse("الام آلام دارالنشر", TODAY), ANALYZER).words
    assert set(written_out.forms.stem) < set(bare.forms.stem)
    assert [type(each.forms.stem) for each in (bare, written_out, two)] == [Readings, tuple, tuple]
