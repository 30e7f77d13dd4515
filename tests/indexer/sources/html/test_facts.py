"""Whose word counts for a fact of a page, where readers differ."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kashshaf.indexer.sources.html.facts import PRECEDENCE, Facts, first_word

READERS = ("written", "drafted", "machine", "rules")
ORDER = {
    "title": ["written", "drafted", "rules"],
    "author": ["written", "machine", "drafted", "rules"],
    "section": ["written", "machine", "drafted", "rules"],
    "date": ["written", "drafted", "machine", "rules"],
}


@pytest.mark.parametrize("fact", ORDER)
def test_the_word_of_the_first_reader_that_has_one(fact: str) -> None:
    readers: dict[str, Any] = {name: SimpleNamespace(**{fact: name}) for name in READERS}
    heard = []
    while (word := first_word(fact, readers, frozenset())) != "":
        heard.append(word)
        readers[word] = Facts()
    assert heard == ORDER[fact]


def test_a_final_profile_is_believed_where_it_finds_nothing() -> None:
    readers = {"written": Facts(), "machine": Facts(author="رامي", section="محليات")}
    assert first_word("author", readers, {"author"}) == ""
    assert first_word("section", readers, {"author"}) == "محليات"


def test_every_fact_has_its_order() -> None:
    assert list(PRECEDENCE) == list(Facts.__dataclass_fields__)
    assert all(set(order) <= set(READERS) for order in PRECEDENCE.values())


class _Lazy:
    @property
    def title(self) -> str:
        pytest.fail("it was asked in vain")


def test_a_reader_is_not_asked_once_another_has_answered() -> None:
    assert first_word("title", {"written": Facts(title="عنوان"), "rules": _Lazy()}, frozenset()) == "عنوان"
