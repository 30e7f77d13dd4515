"""What people type (``tests/golden/typed.tsv``) is found first, over the words of the shipped list."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.search_app.query.rewrites.corpora import base_corpus, counting
from tests.search_app.query.rewrites.typed import SYNONYMS, cases, is_answered

HELD = 0.95
LEAST = 300


def test_there_are_enough_cases_and_none_twice() -> None:
    typed = Counter(case.typed for case in cases())
    assert len(typed) >= LEAST
    assert max(typed.values()) == 1


def test_what_is_meant_is_found_first() -> None:
    corpus = base_corpus()
    count = counting(corpus)
    tried = [case for case in cases() if case.kind not in SYNONYMS]
    missed = [case for case in tried if not is_answered(case, corpus, count)]
    assert len(missed) <= (1 - HELD) * len(tried), missed


@pytest.mark.parametrize(
    "kind", ["keyboard", "keyboard-azerty", "keyboard-latin", "no-hamza", "half-vocalised"]
)
def test_kinds_that_need_no_guessing_are_answered_wholly(kind: str) -> None:
    corpus = base_corpus()
    count = counting(corpus)
    tried = [case for case in cases() if case.kind == kind]
    assert tried
    assert [case for case in tried if not is_answered(case, corpus, count)] == []
