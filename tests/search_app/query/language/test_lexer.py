"""Terminals are those of the grammar, whatever stands around and inside words."""

from __future__ import annotations

import re

import pytest

from kashshaf.analyzers import letters
from kashshaf.search_app.query.language.lexer import is_one, lex

MARKS = re.findall(f"[{letters.MARKS}{letters.LATIN_MARKS}]", "".join(map(chr, range(0x10000))))


def types(text: str) -> list[str]:
    return [token.type for token in lex(text)]


def test_marks_part_no_word() -> None:
    assert len(MARKS) > 100
    assert [mark for mark in MARKS if types(f"ك{mark}ت") != ["WORD"]] == []
    assert [mark for mark in MARKS if types(f"أو{mark}ل") != ["WORD"]] == []


@pytest.mark.parametrize(
    ("terminal", "text"),
    [
        ("WORD", "كلمة"),
        ("WORD", "10:30"),
        ("_OR", "أو"),
        ("_AND", "و"),
        ("EXACT", "=أو"),
        ("SET", "بدون مقابل"),
    ],
)
def test_one_terminal(terminal: str, text: str) -> None:
    assert is_one(terminal, text)
    assert not is_one(terminal, f"{text} {text}")
    assert not is_one(terminal, f" {text}")


def test_a_quote_without_a_counterpart() -> None:
    assert types('a "b') == ["WORD", "LONE_QUOTE", "WORD"]
    assert types('a "b"') == ["WORD", "PHRASE"]
