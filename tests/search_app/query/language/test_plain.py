"""Plain words are read as the grammar reads them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashshaf.search_app.query.language import grammar
from kashshaf.search_app.query.language.lexer import lex
from kashshaf.search_app.query.language.plain import plain_words
from kashshaf.search_app.query.language.reader import parse
from tests.search_app.query.language.typed import TODAY

PIECES = (
    "أو", "او", "و", "بدون", "طيار", "OR", "NOT", "AND", "أول", "واو", "كيف", "من", "هـ", "ـ", "a_b", "_a",
    "12", "٣", "و\u064e", "\u0651", "e\u0301", "\u0645\u200cن", "ﷺ", "ﻻ", "\u00a0", "\x1c", "\n", "مدرسة",
    "الـمدرسة", "؟", "بيت؟", "أو؟", "هل،",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=5), st.sampled_from(("", " ")))
def test_the_grammar_makes_the_same_of_them(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    words = plain_words(text)
    if words is not None:
        assert [(token.type, str(token)) for token in lex(text)] == [("WORD", word) for word in words]


@pytest.mark.parametrize("text", ["مدرسة البنات", "كيف حال أولادنا؟", " ١٢ مدرسة "])
def test_they_need_no_grammar(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(grammar, "_grammar")
    assert len(parse(text, TODAY).parts) == len(text.replace("؟", "").split())


@pytest.mark.parametrize("text", ["مدرسة أو بيت", "-بيت", "بدون طيار", "_بيت", "10:30", '"بيت"', "بيت*"])
def test_signs_and_operators_do(text: str) -> None:
    assert plain_words(text) is None
