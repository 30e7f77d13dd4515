"""Answers that were foreseen: what is kept of them, and for how many questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engines.opensearch.answers import KEPT, Answers
from kashshaf.index.engines.opensearch.counts import hidden
from kashshaf.index.query import Ask, Search, Term
from kashshaf.index.results import Hit, Matches

if TYPE_CHECKING:
    from kashshaf.index.query import Order

PAGE = Search(Term("text", "stem", "جسر"), offset=0, limit=10)
FOUND = Matches(25, tuple(Hit(f"a{at}", 1.0) for at in range(10)))


def test_a_page_answers_for_its_parts_and_for_its_total() -> None:
    answers = Answers()
    answers.keep(Ask("search", (PAGE,)), FOUND)
    part = answers.answer(Ask("search", (replace(PAGE, offset=2, limit=3),)))
    assert part == Matches(25, FOUND.hits[2:5])
    assert answers.answer(Ask("search", (replace(PAGE, limit=0),))) == Matches(25, ())
    assert answers.answer(Ask("search", (replace(PAGE, offset=5, limit=10),))) is None


def test_pages_of_one_query_are_kept_within_the_bound() -> None:
    answers = Answers()
    orders: tuple[Order, ...] = ("relevance", "newest", "oldest")
    for at in range(2 * KEPT):
        words = Term("text", "stem", str(at // len(orders)))
        page = replace(PAGE, required=words, order=orders[at % len(orders)])
        answers.keep(Ask("search", (page,)), FOUND)
        assert len(answers._pages) <= KEPT
    assert answers.answer(Ask("search", (page,))) == FOUND


def test_what_folding_hides_is_asked_for_where_an_answer_does_not_tell_it() -> None:
    steps = hidden({"match_all": {}}, "story", {"hits": {}})
    assert "every" in next(steps)["aggs"]
    with pytest.raises(StopIteration) as done:
        steps.send({"aggregations": {"every": {"buckets": [{"key": {}, "doc_count": 3}]}}})
    assert done.value.value == 2
