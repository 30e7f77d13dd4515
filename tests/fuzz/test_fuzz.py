"""A short hunt for each target, each time the same; the long one is ``make fuzz``."""

from __future__ import annotations

import pytest

from tests.fuzz import corpus
from tests.fuzz.hunt import hunt
from tests.fuzz.targets import TARGETS, Target

EXAMPLES = 40


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_found(name: str) -> None:
    found = hunt(TARGETS[name], corpus.cases(name), EXAMPLES, random=False)
    assert found is None, f"{found!r}: {TARGETS[name].fault(found)}"


def _stumbles(raw: bytes) -> None:
    assert b"<" not in raw


@pytest.mark.parametrize("random", [False, True])
def test_what_is_found_is_made_small(*, random: bool) -> None:
    cases = [b"<html><body>one</body></html>", b"two"]
    assert hunt(Target(_stumbles), cases, EXAMPLES, random=random) == b"<"
