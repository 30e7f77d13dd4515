"""The analyzer inside Whoosh itself: indexing, phrases, highlights, stored schemas."""

from __future__ import annotations

import pickle
import pickletools
from typing import TYPE_CHECKING, Any

import pytest
from whoosh import fields, highlight, query
from whoosh.filedb.filestore import RamStorage
from whoosh.index import create_in, open_dir
from whoosh.qparser import QueryParser

from kashshaf.analyzers.arabic import EXACT, FOLDED, LEVELS, STEM
from kashshaf.analyzers.whoosh import ArabicAnalyzer
from tests.analyzers.texts import tokens

if TYPE_CHECKING:
    from pathlib import Path

STORIES = {
    "iran": "قال الرئيس الإيراني إن مدرسة جديدة ستُفتح في طهران",
    "book": "قرأ علي الكتابَ على الطاولة",
    "marks": "صدر الكِتَابُ الجديد، وكتابهم قديم",
    "number": "التقى أربعة شعراء بعد سبع سنوات من الصبر وربحوا مليوني دولار",
    "year": "زار ١٬٢٣٤ زائرا معرض BBC عام ٢٠٢١",
}


def schema(level: str = STEM) -> fields.Schema:
    return fields.Schema(
        name=fields.ID(stored=True), text=fields.TEXT(analyzer=ArabicAnalyzer(level), stored=True)
    )


def fill(index: Any) -> Any:
    writer = index.writer()
    for name, text in STORIES.items():
        writer.add_document(name=name, text=text)
    writer.commit()
    return index


def stories(level: str = STEM) -> Any:
    return fill(RamStorage().create_index(schema(level)))


def found(index: Any, wanted: str) -> set[str]:
    with index.searcher() as searcher:
        parsed = QueryParser("text", index.schema).parse(wanted)
        return {hit["name"] for hit in searcher.search(parsed)}


def highlighted(wanted: str, name: str) -> list[str]:
    """The text of each highlight Whoosh makes in one story."""
    index = stories()
    with index.searcher() as searcher:
        parsed = QueryParser("text", index.schema).parse(wanted)
        results = searcher.search(parsed, filter=query.Term("name", name))
        results.fragmenter = highlight.WholeFragmenter()
        results.formatter = highlight.HtmlFormatter(tagname="mark", classname="m", termclass="t")
        (hit,) = results
        parts = hit.highlights("text").split("<mark")[1:]
    return [part.partition(">")[2].partition("</mark>")[0] for part in parts]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("الايراني", {"iran"}),
        ("مدرسه", {"iran"}),
        ("المدرسة", {"iran"}),
        ("كتاب", {"book", "marks"}),
        ("للكتاب", {"book", "marks"}),
        ("bbc", {"year"}),
        ("2021", {"year"}),
        ("1234", {"year"}),
        ("مصر", set()),
    ],
)
def test_what_is_found_by_stem(wanted: str, names: set[str]) -> None:
    assert found(stories(), wanted) == names


def test_what_is_found_by_level() -> None:
    assert found(stories(EXACT), "الايراني") == set()
    assert found(stories(EXACT), "الإيراني") == {"iran"}
    assert found(stories(EXACT), "الكتاب") == {"book", "marks"}
    assert found(stories(EXACT), "على") == {"book"}
    assert found(stories(FOLDED), "الايراني") == {"iran"}
    assert found(stories(FOLDED), "كتاب") == set()


@pytest.mark.parametrize("level", LEVELS)
def test_phrases_are_found_in_order(level: str) -> None:
    assert found(stories(level), '"الرئيس الإيراني"') == {"iran"}
    assert found(stories(level), '"الإيراني الرئيس"') == set()
    assert found(stories(level), '"الرئيس مدرسة"') == set()


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ('"الكتاب على الطاولة"', {"book"}),
        ('"كتب على طاولة"', {"book"}),
        ('"طاولة على كتاب"', set()),
        ('"سبع سنوات من الصبر"', {"number"}),
        ('"أربعة شعراء"', {"number"}),
        ('"شعراء أربعة"', set()),
        ('"مليوني دولار"', {"number"}),
    ],
)
def test_phrases_with_stop_words_and_numbers(wanted: str, names: set[str]) -> None:
    assert found(stories(), wanted) == names


@pytest.mark.parametrize(
    ("wanted", "names"), [("ط?ولة", {"book"}), ("طاو*", {"book"}), ("ط?ران", {"iran"}), ("ط?ولٌه", {"book"})]
)
def test_wildcards_are_not_taken_apart(wanted: str, names: set[str]) -> None:
    assert found(stories(), wanted) == names


def test_a_text_that_is_not_to_be_taken_apart_is_one_token() -> None:
    places = [
        (token.text, token.pos, token.startchar, token.endchar)
        for token in ArabicAnalyzer()("م?رسـة أ*", tokenize=False, positions=True, chars=True)
    ]
    assert places == [("م?رسه ا*", 0, 0, 9)]
    assert [token.text for token in ArabicAnalyzer(EXACT)("م?رسة", tokenize=False)] == ["م?رسة"]


def test_spelling_has_words_as_they_are_written() -> None:
    analyzer = ArabicAnalyzer()
    assert [token.text for token in analyzer("المدارسُ في أربعة", no_morph=True)] == ["المدارس", "أربعة"]
    assert analyzer.has_morph()
    assert not ArabicAnalyzer(EXACT).has_morph()


def test_whooshs_speller_suggests_whole_words() -> None:
    spelt = fields.Schema(
        name=fields.ID(stored=True), text=fields.TEXT(analyzer=ArabicAnalyzer(), spelling=True)
    )
    index = fill(RamStorage().create_index(spelt))
    with index.searcher() as searcher:
        assert "الطاولة" in searcher.suggest("text", "الطولة", limit=3)


def test_more_like_this() -> None:
    index = stories()
    with index.searcher() as searcher:
        number = searcher.document_number(name="book")
        assert "marks" in {hit["name"] for hit in searcher.more_like(number, "text")}


def test_what_was_seen_can_be_forgotten() -> None:
    analyzer = ArabicAnalyzer()
    before = [token.text for token in analyzer(STORIES["iran"])]
    analyzer.clean()
    assert [token.text for token in analyzer(STORIES["iran"])] == before


@pytest.mark.parametrize("level", LEVELS)
def test_positions_and_offsets_are_those_of_the_text(level: str) -> None:
    text = STORIES["book"]
    analyzer = ArabicAnalyzer(level)
    places = [
        (token.text, token.pos, token.startchar, token.endchar)
        for token in analyzer(text, positions=True, chars=True)
    ]
    with_terms = [token for token in tokens(text) if getattr(token.forms, level)]
    assert places == [
        (term, position, token.start, token.end)
        for position, token in enumerate(with_terms)
        for term in getattr(token.forms, level)
    ]


def test_positions_and_offsets_start_where_told() -> None:
    analyzer = ArabicAnalyzer()
    places = [
        (token.pos, token.startchar, token.endchar, token.original)
        for token in analyzer(
            "كتابٌ قديم", positions=True, chars=True, keeporiginal=True, start_pos=7, start_char=100
        )
    ]
    assert places == [(7, 100, 105, "كتابٌ"), (8, 106, 110, "قديم")]


def test_stop_words_come_through_where_asked_for() -> None:
    analyzer = ArabicAnalyzer()
    every = [(token.text, token.stopped) for token in analyzer("قلم على الطاولة", removestops=False)]
    assert every == [("قلم", False), ("على", True), ("طاوله", False)]
    assert [token.text for token in analyzer("قلم على الطاولة")] == ["قلم", "طاوله"]


@pytest.mark.parametrize(
    ("wanted", "name", "marked"),
    [
        ("كتاب", "marks", ["الكِتَابُ", "وكتابهم"]),
        ("كتاب", "book", ["الكتابَ"]),
        ("الايراني", "iran", ["الإيراني"]),
        ("مدرسه", "iran", ["مدرسة"]),
        ("2021", "year", ["٢٠٢١"]),
        ("1234", "year", ["١٬٢٣٤"]),
    ],
)
def test_whooshs_highlighter_marks_whole_words(wanted: str, name: str, marked: list[str]) -> None:
    assert highlighted(wanted, name) == marked


def test_a_stored_schema_works_when_it_is_opened_again(tmp_path: Path) -> None:
    fill(create_in(tmp_path, schema(FOLDED))).close()
    index = open_dir(tmp_path)
    try:
        assert index.schema["text"].analyzer == ArabicAnalyzer(FOLDED)
        assert found(index, "الايراني") == {"iran"}
    finally:
        index.close()


@pytest.mark.parametrize("level", LEVELS)
def test_a_pickle_holds_the_settings_alone(level: str) -> None:
    analyzer = ArabicAnalyzer(level)
    fresh = pickle.dumps(analyzer)
    assert list(analyzer("قال الرئيس الإيراني"))
    used = pickle.dumps(analyzer)
    assert used == fresh
    strings = {argument for _, argument, _ in pickletools.genops(used) if isinstance(argument, str)}
    assert {"level", level} <= strings
    assert "_analyzer" not in strings
    assert pickle.loads(used) == analyzer  # noqa: S301 # our own


def test_equality() -> None:
    assert ArabicAnalyzer() == ArabicAnalyzer(STEM)
    assert hash(ArabicAnalyzer()) == hash(ArabicAnalyzer(STEM))
    assert ArabicAnalyzer(EXACT) != ArabicAnalyzer(FOLDED)
    assert ArabicAnalyzer() != STEM
    assert repr(ArabicAnalyzer(EXACT)) == "ArabicAnalyzer(level='exact')"


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'lemma'.*exact, folded, stem, root"):
        ArabicAnalyzer("lemma")


def test_numbers_in_words_come_through_as_digits_too() -> None:
    found = [(each.text, each.pos) for each in ArabicAnalyzer()("ثلاثة ملايين دولار", positions=True)]
    assert [place for _, place in found] == [0, 0, 1, 2]
    assert found[1] == ("3000000", 0)


def test_words_as_written_have_no_digits_beside_them() -> None:
    found = [each.text for each in ArabicAnalyzer(EXACT)("ثلاثة من ملايين", removestops=False)]
    assert found == ["ثلاثة", "من", "ملايين"]
