"""Which words are marked, and which passages are shown."""

from __future__ import annotations

import re
import time
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.results.marks.highlight import Marker
from kashshaf.search_app.results.marks.snippets import (
    PASSAGE,
    Passage,
    _passages,
    sentence_ends,
    snippets,
)
from tests.analyzers.texts import unhurried
from tests.analyzers.vectors import ANALYZER, vector
from tests.search_app.query.language.typed import TODAY


def marker(query: str) -> Marker:
    return Marker(read(parse(query, TODAY), ANALYZER), ANALYZER)


MARKED = [
    # query, text, marked: whole words as written, whatever form matched
    ("مدرسة", "زار المَدْرَسَةَ أمس", ["المَدْرَسَةَ"]),
    ("مدرسه", "المدرسة والمدير", ["المدرسة"]),
    ("ايران", "إيران ثم إيرانُ والعراق", ["إيران", "إيرانُ"]),
    ("كتاب", "كتـــاب، «كتاب» كتاب!", ["كتـــاب", "كتاب", "كتاب"]),
    ("2016", "عام ٢٠١٦ وعام 2016", ["٢٠١٦", "2016"]),
    ("covid", "فيروس COVID-19", ["COVID"]),
    ('"الحرس الثوري"', "الحرس القديم والحرس الثوري ثم الحرس الثوري", ["الحرس", "الثوري"]),
    ("=إيران", "ايران إيران", ["إيران"]),
    ("من", "من هنا إلى من هناك", ["من", "من"]),
    ("نفط في", "النفط في البحر", ["النفط"]),
    ("3000000", "خسر ثلاثة ملايين دولار و٣ ملايين", ["ثلاثة ملايين", "٣ ملايين"]),
    ("ثلاثة ملايين", "خسر ثلاثة ملايين من 3,000,000 في ثلاثة أيام", ["ثلاثة ملايين", "3,000,000", "ثلاثة"]),
    ("ملايين", "خسر ثلاثة ملايين", ["ملايين"]),
    ("25 خمسة", "خمسة وعشرون وخمسة", ["خمسة وعشرون", "وخمسة"]),
    ("3000000", "ثلاثة\nملايين", []),
    ("عبدالله", "حفظ الله عبدالعزيز وعبدالله وعبد الله", ["وعبدالله", "وعبد", "الله"]),
    ("عبد الله", "حفظ الله عبدالله", ["الله", "عبدالله"]),
    ("", "لا شيء", []),
    ("زرافة", "لا شيء هنا", []),
]


@pytest.mark.parametrize(("query", "text", "expected"), MARKED, ids=[row[0] or "empty" for row in MARKED])
def test_whole_words_are_marked(query: str, text: str, expected: list[str]) -> None:
    html = marker(query).mark_up(text)
    found = [unescape(each) for each in re.findall(r"<mark>(.*?)</mark>", html)]
    if '"' in query:
        assert set(found) == set(expected)
    else:
        assert found == expected
    assert unescape(re.sub(r"</?mark>", "", html)) == text


def test_text_is_escaped_and_nothing_else_is_a_tag() -> None:
    html = marker("نفط").mark_up('<b onclick="x">نفط</b> & <mark>غاز</mark>')
    assert html == (
        "&lt;b onclick=&quot;x&quot;&gt;<mark>نفط</mark>&lt;/b&gt; &amp; &lt;mark&gt;غاز&lt;/mark&gt;"
    )


@given(st.text(max_size=300), st.text(max_size=30))
@unhurried
def test_any_text_comes_back_whole(text: str, query: str) -> None:
    html = marker(query).mark_up(text)
    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == unescape(
        html.replace("<mark>", "").replace("</mark>", "")
    )
    bare = re.sub(r"</?mark>", "", html)
    assert "<" not in bare
    assert ">" not in bare


SENTENCES = [
    ("جملة أولى. جملة ثانية؟ ثالثة", ["جملة أولى.", "جملة ثانية؟", "ثالثة"]),
    ("قال: «انتهى الأمر.» ثم مضى", ["قال: «انتهى الأمر.»", "ثم مضى"]),
    ("بلغ 3.5 بالمئة", ["بلغ 3.5 بالمئة"]),
    ("بلا نقطة", ["بلا نقطة"]),
    ("", [""]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    starts = [0, *sentence_ends(text)]
    assert [text[a:b].strip() for a, b in pairwise(starts)] == expected


LONG = "، ".join(f"كلمة{number} أخرى" for number in range(80))


def plain(html: str) -> str:
    return unescape(re.sub(r"</?mark>", "", html))


def test_a_passage_is_a_sentence_where_one_fits() -> None:
    found = snippets(["جملة لا تهم. سعر النفط ارتفع. خاتمة."], marker("النفط"), 2)
    assert [plain(each) for each in found] == ["سعر النفط ارتفع. خاتمة."]


def test_the_passage_with_more_of_the_words_comes_before_one_that_stands_first() -> None:
    found = snippets(["النفط فقط هنا.", "لا شيء.", "سعر النفط وسعر الغاز معا."], marker("النفط الغاز"), 1)
    assert [plain(each) for each in found] == ["سعر النفط وسعر الغاز معا."]


def test_the_passage_where_the_words_stand_together_comes_first() -> None:
    text = "سعر النفط هبط ثم النفط نفسه وسعر الغاز. " + LONG + " النفط الغاز معا."
    assert snippets([text], marker("النفط الغاز"), 1)[0].endswith(
        "<mark>النفط</mark> <mark>الغاز</mark> معا."
    )


def test_a_passage_begins_at_no_abbreviation() -> None:
    text = "قال د. سامر إن الأمر انتهى. " + "كلام " * 60 + "أ.د. سامر عن النفط."
    (found,) = snippets([text], marker("النفط"), 1)
    assert found.startswith("…")
    assert sentence_ends("قال أ.د. سامر: انتهى. ثم عاد م. علي.") == [21, 36]


def test_a_second_passage_is_shown_for_a_word_the_first_lacks() -> None:
    found = snippets(["الغاز هنا. " + LONG, "النفط هناك."], marker("النفط الغاز"), 2)
    assert len(found) == 2
    assert "الغاز" in plain(found[0])
    assert "النفط" in plain(found[1])


def test_a_long_sentence_is_cut_between_words_around_the_mark() -> None:
    text = f"{LONG} النفط {LONG}"
    (found,) = snippets([text], marker("النفط"), 2)
    inside = plain(found).strip("…")
    assert plain(found).startswith("…")
    assert plain(found).endswith("…")
    assert len(inside) <= PASSAGE
    assert "<mark>النفط</mark>" in found
    at = text.index(inside)
    assert text[at - 1] == " "
    assert text[at + len(inside)] == " "


def test_without_a_mark_it_is_the_beginning() -> None:
    assert snippets(["", "أول الكلام.", "آخره."], marker("زرافة"), 2) == ["أول الكلام."]
    assert snippets(["", " "], marker("زرافة"), 2) == []


@given(st.lists(st.text("اب ت.؟\n «»ن", max_size=400), max_size=4))
@unhurried
def test_passages_are_bounded_and_from_the_text(texts: list[str]) -> None:
    for found in snippets(texts, marker("ن اب"), 2):
        bare = plain(found).strip("…")
        assert len(bare) <= PASSAGE + 2
        assert any(bare in text for text in texts)


SPOKEN = st.lists(
    st.sampled_from(["نفط", "غاز", "ماء", "شيء", "نفط.", "غاز.", "x" * 90, "شيء."]), max_size=25
)


@given(st.lists(SPOKEN.map(" ".join), max_size=5))
@unhurried
def test_no_passage_is_left_out_that_would_be_chosen(texts: list[str]) -> None:
    found = marker("نفط غاز ماء")
    kept = [text for text in texts if text.strip()]
    every = [each for order, text in enumerate(kept) for each in _passages(order, text, found.marks(text))]
    chosen: list[Passage] = []
    for passage in sorted(every, key=Passage.worth, reverse=True):
        shown = {mark.word for each in chosen for mark in each.marks}
        if len(chosen) < 2 and not {mark.word for mark in passage.marks} <= shown:
            chosen.append(passage)
    if every:
        in_order = sorted(chosen, key=lambda each: (each.order, each.start))
        assert snippets(texts, found, 2) == [passage.render() for passage in in_order]


HOSTILE = {
    "dots": "النفط " + "." * 60_000,
    "stops and closers": "النفط " + '."»' * 20_000,
    "one-word sentences": "النفط. " * 8_000,
    "one sentence of marks": "النفط " * 10_000,
    "lines": "النفط\n" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_passages_of_hostile_text_are_cut_in_linear_time(text: str) -> None:
    started = time.perf_counter()
    assert snippets([text], marker("النفط"), 2)
    assert time.perf_counter() - started < 2


PARTS = st.sampled_from(
    [
        "الكتاب",
        "كتب",
        "وكتابه",
        "وزير",
        "الوزيرة",
        "«وزير»",
        "كتب,الوزير",
        "3",
        "ثلاثة",
        "ملايين",
        "2016",
        "COVID-19",
        "من",
    ]
)
TEXTS = st.lists(st.tuples(PARTS, st.sampled_from([" ", " ", "\n", "\u00a0", "،", ""])), max_size=12).map(
    lambda parts: "".join(part + after for part, after in parts)
)


@given(text=TEXTS, query=TEXTS)
@unhurried
def test_marks_are_the_same_when_every_word_is_read(text: str, query: str) -> None:
    found = marker(query)
    assert found.marks(text) == found._read(text)


@given(text=TEXTS, query=TEXTS)
@unhurried
def test_nor_does_a_stem_vector_change_them(text: str, query: str) -> None:
    found = marker(query)
    found.knows([text], vector(text))
    for line in text.split("\n"):
        assert found.marks(line) == marker(query)._read(line)


def test_many_pieces_with_a_word_take_linear_time() -> None:
    """Each of them is written otherwise: none may cost a walk through the whole text."""
    found = marker("كتاب")
    pieces = [f"كتاب{mark * '!'}،{mark * '؟'}" for mark in range(40)]
    text = " ".join(f"{piece}({number})" for number in range(400) for piece in pieces)
    begun = time.process_time()
    marks = found.marks(text)
    assert time.process_time() - begun < 5
    assert len(marks) == 16_000
    assert [mark.start for mark in marks] == sorted(mark.start for mark in marks)


@pytest.mark.parametrize("count", [1, 8, 9, 30])
def test_few_and_many_pieces_are_found_alike(count: int) -> None:
    text = " ".join(f"كتاب{number * '!'} غيره" for number in range(count))
    assert [text[mark.start : mark.end] for mark in marker("كتاب").marks(text)] == ["كتاب"] * count
