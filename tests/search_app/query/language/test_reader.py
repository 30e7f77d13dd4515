"""Typed text is read as the tree it means; any text is read, in little time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse
from kashshaf.search_app.query.language.tree import (
    And,
    Exact,
    Field,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Root,
    Word,
)
from tests.search_app.query.language.typed import TODAY, TYPED

A, B, C, D = map(Word, "abcd")
AB = Phrase("a b")

READ: dict[str, tuple[Node, ...]] = {
    # words
    "": (),
    "؟!، -- … \x00 \ud800 \u064e\u064f \u0640 _": (),
    "a  b": (A, B),
    "a،b؛c؟d": (A, B, C, D),
    "a-b c - d —a": (Word("a-b"), C, D, A),
    "10:30 2+2=4 AT&T": (Word("10:30"), Word("2+2=4"), Word("AT&T")),
    "a 1433 هـ b": (A, Word("1433"), Word("هـ"), B),
    "مـــدرسة": (Word("مدرسة"),),
    # quotes
    '"a b"': (AB,),
    "«a b»": (AB,),
    "“a b”": (AB,),
    "”a b“": (AB,),
    "„a b“": (AB,),
    "„a b”": (AB,),
    "»a b«": (AB,),
    '«a b"': (AB,),
    '"a b»': (AB,),
    '“a b"': (AB,),
    '«a "b" c» d': (Phrase("a b c"), D),
    '"a «b» c" d': (Phrase("a b c"), D),
    "«a «b» c» d": (Phrase("a b c"), D),
    "“a “b” c” d": (Phrase("a b c"), D),
    'c"a b"d': (C, AB, D),
    '"a" "b"': (Phrase("a"), Phrase("b")),
    '"a, b."': (AB,),
    '"أو" a "-b"': (Phrase("أو"), A, Phrase("b")),
    '"" a': (A,),
    'a " b': (A, B),
    # to the letter
    "=a": (Exact("a"),),
    "\u200f=a b": (Exact("a"), B),
    "=\u200fa": (Exact("a"),),
    "a =b=c": (A, Exact("b=c")),
    '="a b" =«a b»': (Exact("a b"), Exact("a b")),
    "=أو": (Exact("أو"),),
    "= a": (A,),
    # other words than the one typed
    "a* b~": (Prefix("a"), Fuzzy("b")),
    "*a b *c a*b": (A, B, C, A, B),
    "جذر:كتب root: a": (Root("كتب"), Root("a")),
    # exclusion
    "a -b": (A, Not(B)),
    "-b": (Not(B),),
    "a\u200f -\u200fb": (A, Not(B)),
    '-"a b" -=c': (Not(AB), Not(Exact("c"))),
    "a بدون b": (A, Not(B)),
    'a بدون "a b" NOT c': (A, Not(AB), Not(C)),
    "-(a أو b)": (Not(Or((A, B))),),
    "-(a b)": (Not(And((A, B))),),
    "-(-(a أو b))": (Or((A, B)),),
    "--a": (A,),
    "بدون a": (A,),
    "طائرات بدون \n طيار": (Word("طائرات"), Word("بدون طيار")),
    "طائرات بدون طيارة": (Word("طائرات"), Not(Word("طيارة"))),
    # or, and, brackets
    "a أو b": (Or((A, B)),),
    "a او b|c OR d": (Or((A, B, C, D)),),
    "a b أو c d": (A, Or((B, C)), D),
    "a و b": (And((A, B)),),
    "a و b أو c AND d": (Or((And((A, B)), And((C, D)))),),
    "a و (b أو c)": (And((A, Or((B, C)))),),
    "a (b c) d": (A, B, C, D),
    "(a b) أو c": (Or((And((A, B)), C)),),
    "((a أو (b))) أو c": (Or((A, B, C)),),
    "a أو -b": (Or((A, Not(B))),),
    "a or b and c": (A, Word("or"), B, Word("and"), C),
    "أوباما وa أو-b": (Word("أوباما"), Word("وa"), Word("أو-b")),
    "و": (Word("و"),),
    "أو بدون": (Word("أو"), Word("بدون")),
    '"a" و"b"': (Phrase("a"), Phrase("b")),
    "هل a أو b بدون c": tuple(map(Word, ["هل", "a", "أو", "b", "بدون", "c"])),
    "في أي a و b": tuple(map(Word, ["في", "أي", "a", "و", "b"])),
    "هل (a أو b)": (Word("هل"), Or((A, B))),
    "هل a|b": (Word("هل"), Or((A, B))),
    "(هل أو a)": (Or((Word("هل"), A)),),
    # fields
    "عنوان:a b": (Field("title", A), B),
    "عنوان : a": (Field("title", A),),
    'TITLE: "a b"': (Field("title", AB),),
    "تعليق:(a أو b) comment:c": (Field("comments", Or((A, B))), Field("comments", C)),
    "نص:=a text:b*": (Field("text", Exact("a")), Field("text", Prefix("b"))),
    "عنوان:جذر:كتب": (Field("title", Root("كتب")),),
    "-عنوان:a عنوان:(-b)": (Not(Field("title", A)), Not(Field("title", B))),
    "عنوان:-a عنوان: -b": (Not(Field("title", A)), Not(Field("title", B))),
    "عنوان:(نص:a)": (Field("text", A),),
    "وقال: a": (Word("وقال"), A),
    "العنوان:a": (Word("العنوان:a"),),
    "عنوان:": (Word("عنوان"),),
    "http://a.b/c?d": (Word("http://a.b/c"), D),
}


@pytest.mark.parametrize("typed", READ, ids=repr)
def test_the_tree_of_a_text(typed: str) -> None:
    assert parse(typed, TODAY).parts == READ[typed]


@given(TYPED)
@settings(deadline=None)
def test_any_text_is_read_and_its_canonical_form_as_the_same_query(typed: str) -> None:
    query = parse(typed, TODAY)
    again = parse(canonical(query), TODAY)
    assert again == query
    assert canonical(again) == canonical(query)


def test_brackets_that_are_nested_too_deep_are_left_out() -> None:
    nested = "(a أو (b و " * 7 + "c" + "))" * 7
    query = parse(nested, TODAY)
    assert query.notes
    assert Word("c") not in query.parts
    assert parse(nested.replace("(", "").replace(")", ""), TODAY) == query


HOSTILE = [
    "(",
    ")",
    "()",
    '"',
    "«",
    "»«",
    '“«”»"',
    "«»«",
    "(a أو ",
    "-(",
    "-",
    "عنوان:(",
    "عنوان:",
    "أو ",
    "a ",
    "a*",
]
HOSTILE += ["\u064e", "1", "a.", ".", "أمس ", "آخر 3 ", "من:2016 ", "من:a ", "من:1 2 ", "=", "\u0640", " "]


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_hostile_text_takes_little_time(piece: str) -> None:
    typed = (piece * 1_000)[:1_000]
    parse(typed, TODAY)
    begun = time.process_time()
    canonical(parse(typed, TODAY))
    assert time.process_time() - begun < 0.05
