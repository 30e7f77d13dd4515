"""Every letter rule by example: what it changes, and what it must leave alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from tests.analyzers.orthography.letter_examples import TABLE
from tests.analyzers.texts import ANY_TEXT, RULES, STEPS, is_rule, name_of, unhurried

if TYPE_CHECKING:
    from tests.analyzers.texts import Step


ROWS = [
    pytest.param(rule, *example, id=name_of(rule)) for rule, examples in TABLE.items() for example in examples
]

NORMALIZED = [step for step in STEPS if is_rule(step)]
ONCE_IS_ENOUGH = list({**dict.fromkeys(RULES), **dict.fromkeys(NORMALIZED)})


@pytest.mark.parametrize(("rule", "word", "into"), ROWS)
def test_rule(rule: Step, word: str, into: str) -> None:
    assert rule(word) == into
    assert rule(into) == into


def test_every_rule_stands_in_the_table() -> None:
    assert set(TABLE) == set(RULES)


@pytest.mark.parametrize("rule", TABLE, ids=name_of)
def test_every_rule_has_right_and_wrong_examples(rule: Step) -> None:
    changed = [example for example in TABLE[rule] if example.word != example.into]
    assert changed
    assert len(changed) < len(TABLE[rule])


def test_every_rule_is_used_by_a_chain() -> None:
    assert set(RULES) <= set(STEPS)


@pytest.mark.parametrize("rule", ONCE_IS_ENOUGH, ids=name_of)
@given(text=ANY_TEXT)
@unhurried
def test_a_second_time_changes_nothing(rule: Step, text: str) -> None:
    once = rule(text)
    assert rule(once) == once


@pytest.mark.parametrize("rule", RULES, ids=name_of)
@given(text=ANY_TEXT)
@unhurried
def test_a_rule_never_raises(rule: Step, text: str) -> None:
    assert isinstance(rule(text), str)


@pytest.mark.parametrize("step", STEPS, ids=name_of)
@given(text=ANY_TEXT.filter(lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text)))
@unhurried
def test_a_step_never_raises(step: Step, text: str) -> None:
    assert isinstance(step(text), str)
