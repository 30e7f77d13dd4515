"""Two systems asked in turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.peers import ours, tantivy_py
from bench.serving import WARM
from bench.turns.articles import flat
from bench.turns.search import Times, asked

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from kashshaf.index.settings import Settings
    from kashshaf.indexer.report import Report


def test_topics_before_the_clock_are_asked_but_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(ours, "opened", lambda _: lambda text: heard.append(f"ours {text}"))
    monkeypatch.setattr(tantivy_py, "opened", lambda _: lambda text: heard.append(f"raw {text}"))
    found = asked(tmp_path, tmp_path, [str(number) for number in range(WARM + 2)])
    assert heard[:4] == ["ours 0", "raw 0", "ours 1", "raw 1"]
    assert len(heard) == 2 * (WARM + 2)
    assert [len(times.clock) for times in found] == [2, 2]


def test_a_row_has_both_clocks() -> None:
    times = Times([1.0, 2.0, 3.0], [0.5, 0.5, 2.0])
    assert times.cells() == ["2.00", "2.98", "2.00", "0.50", "1.97", "1.00"]
    assert (times.p50(), times.p50(processor=True), times.mean()) == (2.0, 0.5, 1.0)


def test_peers_get_every_article_of_an_index(samples_index: tuple[Settings, Report]) -> None:
    settings, report = samples_index
    rows = list(flat(settings.index))
    assert len({row.id for row in rows}) == len(rows) == report.articles
    assert all(row.title or row.text for row in rows)
