"""The hostile requests that the search is measured with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bench.hostile import __main__ as bench
from bench.hostile.queries import KINDS, WAYS, hostile
from kashshaf.search_app.query.parameters import MAX_TEXT

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.indexer.report import Report

WORDS = [f"كلمة{number}" for number in range(300)]


def test_they_are_the_same_on_every_run() -> None:
    assert [*hostile(WORDS)] == [*hostile(WORDS)]


def test_every_kind_is_asked_in_every_way() -> None:
    asked = [*hostile(WORDS)]
    assert len(asked) == 1_000
    pairs = Counter((each.kind, each.path, *sorted({*each.parameters} - {"q", "text"})) for each in asked)
    assert {kind for kind, *_ in pairs} == {*KINDS}
    assert {path for _, path, *_ in pairs} == {path for path, _ in WAYS}
    assert max(pairs.values()) <= 10


def test_none_is_longer_than_a_request_may_be() -> None:
    texts = [each.parameters.get("q") or each.parameters.get("text", "") for each in hostile(WORDS)]
    assert all(0 < len(text) <= MAX_TEXT for text in texts)


def test_all_are_answered_and_the_slowest_is_named(
    samples_index: tuple[Settings, Report],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bench, "hostile", lambda words: [*hostile(words, 60)])
    bench.main([str(samples_index[0].index)])
    told = capsys.readouterr().out
    assert told.startswith("60 requests: slowest ")
    assert ", 0 failed\n" in told


def test_without_an_index_it_says_how_to_ask() -> None:
    with pytest.raises(SystemExit, match=r"bench\.hostile INDEX"):
        bench.main([])
