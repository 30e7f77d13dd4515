"""What people type, and what it is read as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.analyzer import Analyzer
from analyzers.arabic import Forms, Token
from index.engine import open_engine
from index.errors import UsageError
from index.query import AllOf, AnyOf, Clause, Phrase, Search, Term
from search_app.query.parser import MAX_WORDS, ParsedQuery, canonical, read
from search_app.query.plan import Plan, plan
from tests.index.contract.bench import Bench, record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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
    ("\u201dفيلق القدس\u201c", [], [("folded", ["فيلق", "القدس"])]),
    ("\u201eفيلق القدس\u201c", [], [("folded", ["فيلق", "القدس"])]),
    ("\u201dفيلق القدس\u201d", [], [("folded", ["فيلق", "القدس"])]),
    ("»فيلق القدس«", [], [("folded", ["فيلق", "القدس"])]),
    ('\u201cفيلق القدس"', [], [("folded", ["فيلق", "القدس"])]),
    ('"فيلق القدس\u201d', [], [("folded", ["فيلق", "القدس"])]),
    ('«قائد "فيلق" القدس»', [], [("folded", ["قائد", "فيلق", "القدس"])]),
    ('"قائد «فيلق» القدس"', [], [("folded", ["قائد", "فيلق", "القدس"])]),
    ("فيلق \u201d القدس", ["فيلق", "القدس"], []),
    ("\u200f=مدرسة النور", ["النور"], [("exact", ["مدرسة"])]),
    ("=\u200fمدرسة", [], [("exact", ["مدرسة"])]),
    ("النور \u202a=\u200fمدرسة", ["النور"], [("exact", ["مدرسة"])]),
    ('\u200f=\u200f"مدرسة النور"', [], [("exact", ["مدرسة", "النور"])]),
    ("=", [], []),
    ('="', [], []),
    ("-سوريا", ["سوريا"], []),
    ("--in", ["in"], []),
    ("ًٌٍَُِّْ", [], []),
    ("؟!،", [], []),
    ("\x00\ud800 نفط", ["نفط"], []),
    ("title:نفط OR (غاز)", ["title", "نفط", "OR", "غاز"], []),
]


@pytest.mark.parametrize(("typed", "words", "quoted"), READ, ids=[repr(row[0]) for row in READ])
def test_read(typed: str, words: list[str], quoted: list[tuple[str, list[str]]]) -> None:
    asked = read(typed, ANALYZER)
    assert [token.surface for token in asked.words] == words
    assert [(each.level, [token.surface for token in each.tokens]) for each in asked.quoted] == quoted


def test_too_many_words_are_an_error_that_says_so() -> None:
    read(" ".join(["كلمة"] * MAX_WORDS), ANALYZER)
    with pytest.raises(UsageError, match="64 words"):
        read(" ".join(["كلمة"] * (MAX_WORDS + 1)), ANALYZER)


@given(st.text(alphabet=st.characters(codec=None), max_size=120) | st.text('="«» ab,ابت\u064b', max_size=60))
def test_what_was_understood_reads_back_as_the_same_query(typed: str) -> None:
    parsed = read(typed, ANALYZER)
    again = read(canonical(parsed, ()), ANALYZER)
    assert written(again.words) == written(parsed.words)
    assert [(each.level, written(each.tokens)) for each in again.quoted] == [
        (each.level, written(each.tokens)) for each in parsed.quoted
    ]


def written(tokens: Iterable[Token]) -> list[Forms]:
    return [token.forms for token in tokens if token.forms.exact]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(open_engine("memory"), tmp_path / "comments")
    common = [record(f"c{number}", "كتاب") for number in range(50)]
    made.put(*common, record("r1", "كتاب نادر"), record("r2", "نادر غريب"), record("r3", "غريب"))
    return made


def carried(typed: str, bench: Bench) -> set[str]:
    with bench.reader() as reader:
        required = plan(read(typed, ANALYZER), reader, "comments").required
    assert isinstance(required, AnyOf)
    return {text for part in required.parts for text in texts(part)}


def texts(clause: Clause) -> set[str]:
    if isinstance(clause, Term):
        return {clause.text}
    assert isinstance(clause, AnyOf | AllOf)
    return {text for part in clause.parts for text in texts(part)}


def test_common_words_do_not_decide_what_matches(bench: Bench) -> None:
    assert carried("كتاب نادر غريب", bench) == {"نادر", "غريب"}


def test_the_only_word_carries_however_common(bench: Bench) -> None:
    assert carried("كتاب", bench) == {"كتاب"}


def test_a_word_that_occurs_nowhere_sets_no_other_aside(bench: Bench) -> None:
    assert carried("كتاب مفقود", bench) == {"كتاب"}


def test_stop_words_carry_only_where_there_is_nothing_else(bench: Bench) -> None:
    assert carried("من كتاب", bench) == {"كتاب"}
    bench.put(record("s1", "من الي"))
    assert carried("من إلى", bench) <= {"من", "الي"}
    assert carried("من إلى", bench)


PHRASE = AnyOf((Phrase("text", "folded", (("نادر",), ("غريب",))),))


def scored(planned: Plan) -> set[Term]:
    return {each.clause for each in planned.scoring if isinstance(each.clause, Term)}


def test_a_phrase_alone_must_match(bench: Bench) -> None:
    with bench.reader() as reader:
        planned = plan(read('"نادر غريب"', ANALYZER), reader, "comments")
    assert planned.required == AllOf((PHRASE,))


def test_a_phrase_is_looked_for_in_every_spacing(bench: Bench) -> None:
    bench.put(record("n1", "رافقه فضل الله"), record("n2", "حضر فضلالله"), record("n3", "فضل من الله"))
    bench.put(
        record("w1", "العدل و المساواه"), record("w2", "العدل والمساواه"), record("w3", "العدل المساواه")
    )
    with bench.reader() as reader:
        for typed, ids in (
            ('"فضل الله"', {"n1", "n2"}),
            ('"فضلالله"', {"n1", "n2"}),
            ('"العدل والمساواة"', {"w1", "w2"}),
            ('"العدل و المساواة"', {"w1", "w2"}),
            ('="العدل والمساواه"', {"w2"}),
        ):
            required = plan(read(typed, ANALYZER), reader, "comments").required
            assert {hit.id for hit in reader.search(Search(required)).hits} == ids, typed


def test_set_phrases_that_differ_by_a_function_word_stay_apart(bench: Bench) -> None:
    bench.put(record("i1", "ان شاء الله"), record("i2", "انشاءالله"), record("i3", "انشالله"))
    bench.put(record("m1", "ما شاء الله"), record("m2", "ماشاءالله"), record("a1", "شاء كما امر الله"))
    with bench.reader() as reader:
        for typed, ids in (("إنشاءالله", {"i1", "i2", "i3"}), ("ماشاءالله", {"m1", "m2"})):
            required = plan(read(typed, ANALYZER), reader, "comments").required
            assert {hit.id for hit in reader.search(Search(required)).hits} == ids, typed


def test_a_phrase_among_words_is_one_of_them(bench: Bench) -> None:
    with bench.reader() as reader:
        planned = plan(read('"نادر غريب" كتاب', ANALYZER), reader, "comments")
    assert isinstance(planned.required, AnyOf)
    assert PHRASE in planned.required.parts
    assert {"كتاب", "نادر"} <= {term.text for term in scored(planned)}
    assert Phrase("text", "folded", (("نادر",), ("غريب",))) in {each.clause for each in planned.scoring}


def test_what_is_asked_to_the_letter_must_match(bench: Bench) -> None:
    with bench.reader() as reader:
        planned = plan(read('=نادر كتاب "نادر غريب"', ANALYZER), reader, "comments")
    assert planned.required == AllOf((AnyOf((Phrase("text", "exact", (("نادر",),)),)), PHRASE))


def test_letters_typed_with_care_raise_exact_matches(bench: Bench) -> None:
    def levels(typed: str) -> set[str]:
        with bench.reader() as reader:
            return {term.level for term in scored(plan(read(typed, ANALYZER), reader, "comments"))}

    assert "exact" in levels("إيران")
    assert "exact" not in levels("ايران")


def test_understood_shows_what_was_set_aside() -> None:
    asked = read('كتاب نادر غريب "نادر" =مدرسة', ANALYZER)
    aside = [token for token in asked.words if token.surface == "كتاب"]
    assert canonical(asked, aside) == '(كتاب) نادر غريب "نادر" ="مدرسة"'


def test_two_words_without_a_space_must_both_be_there(bench: Bench) -> None:
    bench.put(record("both", "تعبير صديق"), record("one", "تعبير"))
    token = Token("تعبيرصديق", 0, 9, 0, Forms(("تعبيرصديق",), ("تعبيرصديق",), ("تعبير", "صديق"), ()))
    with bench.reader() as reader:
        planned = plan(ParsedQuery((token,), ()), reader, "comments")
        assert [hit.id for hit in reader.search(Search(planned.required)).hits] == ["both"]


def test_what_words_of_a_number_amount_to_is_asked_for_beside_them(bench: Bench) -> None:
    with bench.reader() as reader:
        planned = plan(read("ثلاثة ملايين", ANALYZER), reader, "articles")
    assert Term("text", "stem", "3000000") in scored(planned)


def test_a_missing_space_does_not_ask_for_the_preposition(bench: Bench) -> None:
    with bench.reader() as reader:
        planned = plan(read("بالتعبيرعن", ANALYZER), reader, "comments")
    assert {term.text for term in scored(planned) if term.level == "stem"} == {"تعبير"}
