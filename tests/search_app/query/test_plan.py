"""Plans: the clauses that a query asks an engine for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.arabic import Forms, Token
from kashshaf.index.engine import open_engine
from kashshaf.index.query import AllOf, AnyOf, AtLeast, Clause, Phrase, Search, Term
from kashshaf.index.ranking import FEW_MATCHES
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parsed_query import ParsedQuery
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.query.plan import Plan, plan
from tests.index.contract.bench import Bench, record
from tests.search_app.query.language.typed import TODAY

if TYPE_CHECKING:
    from pathlib import Path

ANALYZER = Analyzer()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(open_engine("memory"), tmp_path / "comments")
    common = [record(f"c{number}", "كتاب") for number in range(50)]
    made.put(*common, record("r1", "كتاب نادر"), record("r2", "نادر غريب"), record("r3", "غريب"))
    return made


def carried(typed: str, bench: Bench) -> set[str]:
    with bench.reader() as reader:
        return texts(plan(read(parse(typed, TODAY), ANALYZER), reader, "comments").partial)


def texts(clause: Clause) -> set[str]:
    if isinstance(clause, Term):
        return {clause.text}
    assert isinstance(clause, AnyOf | AllOf)
    return {text for part in clause.parts for text in texts(part)}


def test_common_words_do_not_carry_a_query_that_finds_much(bench: Bench) -> None:
    bench.put(*(record(f"n{number}", "نادر غريب") for number in range(FEW_MATCHES)))
    bench.put(*(record(f"k{number}", "كتاب") for number in range(5 * FEW_MATCHES)))
    assert carried("كتاب نادر غريب", bench) == {"نادر", "غريب"}


def test_all_words_carry_a_query_that_finds_little(bench: Bench) -> None:
    assert carried("كتاب نادر غريب", bench) == {"كتاب", "نادر", "غريب"}


def test_a_full_match_has_every_word_but_stop_words(bench: Bench) -> None:
    planned = planned_for("من كتاب إلى نادر", bench)
    assert planned.full == AllOf((word("كتاب"), word("نادر")))
    assert [part.typed for part in planned.parts] == ["كتاب", "نادر"]


def test_a_full_match_of_a_long_query_has_a_third_of_its_words(bench: Bench) -> None:
    words = ["كتاب", "نادر", "غريب", "نفط", "ميناء", "جسر", "قطار"]
    full = planned_for(" ".join(words), bench).full
    assert isinstance(full, AtLeast)
    assert (full.count, len(full.parts)) == (3, 7)
    assert isinstance(planned_for(" ".join(words[:5]), bench).full, AllOf)


def test_a_question_in_a_whole_sentence_has_one_ranking(bench: Bench) -> None:
    planned = planned_for("من كتب كتاب نادر غريب", bench)
    assert planned.full == planned.partial
    assert isinstance(planned_for("من كتاب نادر", bench).full, AllOf)


def test_one_word_has_no_partial_match(bench: Bench) -> None:
    planned = planned_for("كتاب كتاب", bench)
    assert planned.full == planned.partial == word("كتاب")


def test_a_number_in_words_or_in_digits_is_one_part(bench: Bench) -> None:
    planned = planned_for("ثلاثة ملايين كتاب", bench)
    assert [part.typed for part in planned.parts] == ["ثلاثة ملايين", "كتاب"]
    bench.put(record("digits", "3000000 كتاب"))
    with bench.reader() as reader:
        assert [hit.id for hit in reader.search(Search(planned.full)).hits] == ["digits"]


def test_the_form_typed_of_a_single_word_scores(bench: Bench) -> None:
    bench.put(record("with", "والكتاب"))
    folded = {term.text for term in scored(planned_for("كتاب", bench)) if term.level == "folded"}
    assert folded == {"كتاب", "والكتاب"}
    folded = {term.text for term in scored(planned_for("كتاب نادر", bench)) if term.level == "folded"}
    assert folded == {"كتاب", "نادر"}


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


def planned_for(typed: str, bench: Bench) -> Plan:
    with bench.reader() as reader:
        return plan(read(parse(typed, TODAY), ANALYZER), reader, "comments")


def word(text: str) -> Clause:
    return AnyOf((Term("text", "stem", text),))


def scored(planned: Plan) -> set[Term]:
    return {each.clause for each in planned.scoring if isinstance(each.clause, Term)}


def test_a_phrase_alone_must_match(bench: Bench) -> None:
    planned = planned_for('"نادر غريب"', bench)
    assert planned.full == planned.partial == PHRASE


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
            required = plan(read(parse(typed, TODAY), ANALYZER), reader, "comments").full
            assert {hit.id for hit in reader.search(Search(required)).hits} == ids, typed


def test_set_phrases_that_differ_by_a_function_word_stay_apart(bench: Bench) -> None:
    bench.put(record("i1", "ان شاء الله"), record("i2", "انشاءالله"), record("i3", "انشالله"))
    bench.put(record("m1", "ما شاء الله"), record("m2", "ماشاءالله"), record("a1", "شاء كما امر الله"))
    with bench.reader() as reader:
        for typed, ids in (("إنشاءالله", {"i1", "i2", "i3"}), ("ماشاءالله", {"m1", "m2"})):
            required = plan(read(parse(typed, TODAY), ANALYZER), reader, "comments").full
            assert {hit.id for hit in reader.search(Search(required)).hits} == ids, typed


def test_a_phrase_among_words_is_one_of_them(bench: Bench) -> None:
    planned = planned_for('"نادر غريب" كتاب', bench)
    assert planned.full == AllOf((word("كتاب"), PHRASE))
    assert planned.partial == AnyOf((word("كتاب"), PHRASE))
    assert {"كتاب", "نادر"} <= {term.text for term in scored(planned)}
    assert Phrase("text", "folded", (("نادر",), ("غريب",))) in {each.clause for each in planned.scoring}


def test_what_is_asked_to_the_letter_must_match(bench: Bench) -> None:
    planned = planned_for('=نادر كتاب "نادر غريب"', bench)
    letters = AnyOf((Phrase("text", "exact", (("نادر",),)),))
    assert planned.partial == AllOf((letters, PHRASE))
    assert planned.full == AllOf((letters, word("كتاب"), PHRASE))


def test_letters_typed_with_care_raise_exact_matches(bench: Bench) -> None:
    def levels(typed: str) -> set[str]:
        with bench.reader() as reader:
            planned = plan(read(parse(typed, TODAY), ANALYZER), reader, "comments")
        return {term.level for term in scored(planned)}

    assert "exact" in levels("إيران")
    assert "exact" not in levels("ايران")


def found(typed: str, bench: Bench) -> set[str]:
    """The comments that match fully."""
    planned = planned_for(typed, bench)
    with bench.reader() as reader:
        search = Search(planned.full, excluded=planned.excluded, limit=100)
        return {hit.id for hit in reader.search(search).hits}


OPERATORS = [
    ("غريب أو نادر", {"r1", "r2", "r3"}),
    ("غريب و نادر", {"r2"}),
    ("غريب -نادر", {"r3"}),
    ("غريب بدون نادر", {"r3"}),
    ("نادر -(كتاب أو قلم)", {"r2"}),
    ("(كتاب و نادر) أو (غريب و نادر)", {"r1", "r2"}),
    ("(غريب -نادر) أو (غريب و كتاب)", {"r3"}),
    ('نادر و "نادر غريب"', {"r2"}),
    ('نادر -"نادر غريب"', {"r1"}),
    ("=غريب -=نادر", {"r3"}),
    ("تعليق:غريب", {"r2", "r3"}),
    ("عنوان:غريب", set()),
    ("عنوان:غريب أو كتاب", {"r1"} | {f"c{number}" for number in range(50)}),
    ("نادر -عنوان:غريب", {"r1", "r2"}),
    ("تعليق:(غريب -نادر)", {"r3"}),
    ("غريب و من", {"r2", "r3"}),
]


@pytest.mark.parametrize(("typed", "ids"), OPERATORS, ids=[row[0] for row in OPERATORS])
def test_operators_match_as_they_say(typed: str, ids: set[str], bench: Bench) -> None:
    assert found(typed, bench) == ids


def test_a_group_among_words_is_one_of_them(bench: Bench) -> None:
    planned = planned_for("(نادر أو غريب) كتاب", bench)
    group = AnyOf((word("نادر"), word("غريب")))
    assert planned.full == AllOf((word("كتاب"), group))
    assert planned.partial == AnyOf((word("كتاب"), group))
    assert [part.typed for part in planned.parts] == ["كتاب", "نادر أو غريب"]
    assert {"كتاب", "نادر", "غريب"} <= {term.text for term in scored(planned)}


def test_what_is_excluded_does_not_rank(bench: Bench) -> None:
    assert "نادر" not in {term.text for term in scored(planned_for("غريب -نادر", bench))}


def test_a_title_has_stems_alone(bench: Bench) -> None:
    with bench.reader() as reader:
        planned = plan(read(parse('عنوان:"كتاب نادر"', TODAY), ANALYZER), reader, "articles")
    assert planned.full == AllOf(tuple(AnyOf((Term("title", "stem", each),)) for each in ("كتاب", "نادر")))


def test_roots_are_asked_where_they_are_indexed(bench: Bench) -> None:
    with bench.reader() as reader:
        planned = plan(read(parse("جذر:كتب", TODAY), ANALYZER), reader, "articles")
    assert planned.full == AnyOf((Term("text", "root", "كتب"),))


def test_two_words_without_a_space_must_both_be_there(bench: Bench) -> None:
    bench.put(record("both", "تعبير صديق"), record("one", "تعبير"))
    token = Token("تعبيرصديق", 0, 9, 0, Forms(("تعبيرصديق",), ("تعبيرصديق",), ("تعبير", "صديق"), ()))
    with bench.reader() as reader:
        planned = plan(ParsedQuery((token,), ()), reader, "comments")
        assert [hit.id for hit in reader.search(Search(planned.full)).hits] == ["both"]


def test_what_words_of_a_number_amount_to_is_asked_for_beside_them(bench: Bench) -> None:
    with bench.reader() as reader:
        planned = plan(read(parse("ثلاثة ملايين", TODAY), ANALYZER), reader, "articles")
    assert Term("text", "stem", "3000000") in scored(planned)


def test_a_missing_space_does_not_ask_for_the_preposition(bench: Bench) -> None:
    with bench.reader() as reader:
        planned = plan(read(parse("بالتعبيرعن", TODAY), ANALYZER), reader, "comments")
    assert {term.text for term in scored(planned) if term.level == "stem"} == {"تعبير"}


def test_a_bare_word_finds_what_is_written_with_either_hamza(bench: Bench) -> None:
    (pain,) = ANALYZER.tokens("آلام")
    (mother,) = ANALYZER.tokens("الأم")
    bench.put(record("pain", pain.forms.stem[0]), record("mother", mother.forms.stem[0]))
    with bench.reader() as reader:
        planned = plan(read(parse("الام", TODAY), ANALYZER), reader, "comments")
        assert {hit.id for hit in reader.search(Search(planned.full)).hits} == {"pain", "mother"}


@pytest.mark.parametrize("typed", ["؟!", "-", "\u200f"])
def test_a_query_without_words_finds_nothing(typed: str, bench: Bench) -> None:
    bench.put(record("a", "نادر"))
    with bench.reader() as reader:
        assert (
            reader.search(Search(plan(read(parse(typed, TODAY), ANALYZER), reader, "comments").full)).total
            == 0
        )


def test_a_short_query_that_stands_whole_comes_first(bench: Bench) -> None:
    bench.put(
        record("apart", "سلمان بن محمد محمد بن سعود محمد"),
        record("whole", "قال محمد بن سلمان إن سعود لن يأتي"),
    )
    with bench.reader() as reader:
        planned = plan(read(parse("محمد بن سلمان", TODAY), ANALYZER), reader, "comments")
        hits = reader.search(Search(planned.full, planned.scoring)).hits
    assert [hit.id for hit in hits] == ["whole", "apart"]


def test_of_too_many_postings_the_commonest_words_rank_no_more(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """52 documents have «كتاب», two «نادر» and two «غريب»; what matches stays."""
    whole = planned_for("كتاب نادر غريب", bench)
    monkeypatch.setattr("kashshaf.search_app.query.scoring.MOST_POSTINGS", 40)
    cheaper = planned_for("كتاب نادر غريب", bench)
    assert cheaper.full == whole.full
    assert {*cheaper.scoring} < {*whole.scoring}
    ranked = {each.clause.text for each in cheaper.scoring if isinstance(each.clause, Term)}
    assert ranked & {"كتاب", "نادر", "غريب"} == {"نادر", "غريب"}
    monkeypatch.setattr("kashshaf.search_app.query.scoring.MOST_POSTINGS", 10_000)
    assert planned_for("كتاب نادر غريب", bench) == whole
