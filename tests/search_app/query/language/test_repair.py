"""What lacks its counterpart is left out, and said."""

from __future__ import annotations

import pytest

from kashshaf.search_app.query.language import notes
from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse
from tests.search_app.query.language.typed import TODAY

MENDED: dict[str, tuple[str, tuple[str, ...]]] = {
    "(a أو b": ("a أو b", (notes.UNCLOSED_BRACKET,)),
    "((a b": ("a b", (notes.UNCLOSED_BRACKET,)),
    "a) b": ("a b", (notes.UNOPENED_BRACKET,)),
    'a "b': ("a b", (notes.LONE_QUOTE,)),
    "a أو": ("a", (notes.without_operand("أو"),)),
    "أو a": ("a", (notes.without_operand("أو"),)),
    "a | و b": ("a أو b", (notes.without_operand("و"),)),
    "a (أو) b": ("a b", (notes.without_operand("أو"),)),
    "a أو () b": ("a أو b", ()),
    "a بدون": ("a", (notes.without_operand("بدون"),)),
    "بدون a": ("a", (notes.without_operand("بدون"),)),
    "a بدون -b": ("a -b", (notes.without_operand("-"),)),
    "عنوان:أو a": ("a", (notes.without_operand("عنوان"), notes.without_operand("أو"))),
    "-عنوان:-a": ("-عنوان:a", (notes.without_operand("-"),)),
    "عنوان:بدون a": ("عنوان:a", (notes.without_operand("بدون"),)),
    "عنوان:نص:a": ("نص:a", (notes.without_operand("عنوان"),)),
    'جذر:"a b"': ('"a b"', (notes.without_operand("جذر"),)),
    "a ()": ("a", ()),
    "a b": ("a b", ()),
}


@pytest.mark.parametrize("typed", MENDED, ids=repr)
def test_what_is_left_out_is_said(typed: str) -> None:
    query = parse(typed, TODAY)
    assert (canonical(query), query.notes) == MENDED[typed]
