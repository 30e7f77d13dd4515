"""The traffic that the server is measured with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bench import serving
from bench.errors import NotHereError

if TYPE_CHECKING:
    from pathlib import Path


def test_topics_are_distinct_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "WARM", 1)
    file = tmp_path / "topics.txt"
    file.write_text("بحر\n\nنهر\nبحر\n", encoding="utf-8")
    assert serving.topics_of(file) == ["بحر", "نهر"]


def test_too_few_topics_are_told(tmp_path: Path) -> None:
    file = tmp_path / "topics.txt"
    file.write_text("بحر\n", encoding="utf-8")
    with pytest.raises(NotHereError, match="has 1 queries"):
        serving.topics_of(file)


def test_queries_are_drawn_by_zipfs_law() -> None:
    found = Counter(serving.drawn(["a", "b", "c", "d"], 10_000))
    assert found["a"] / found["b"] == pytest.approx(2, rel=0.1)
    assert found["a"] / found["d"] == pytest.approx(4, rel=0.1)
    assert serving.drawn(["a", "b"], 5) == serving.drawn(["a", "b"], 5)
