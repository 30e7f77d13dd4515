"""Numbers in sentences."""

from __future__ import annotations

import pytest

from kashshaf.index.counted import counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 comments"), (1, "1 comment"), (2, "2 comments"), (12_000, "12,000 comments")]
)
def test_one_has_no_s(number: int, said: str) -> None:
    assert counted(number, "comment") == said
