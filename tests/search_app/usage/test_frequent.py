"""Frequent queries: only what was asked on several occasions and finds something."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.usage import frequent as frequent_module
from kashshaf.search_app.usage.frequent import MOST, OCCASIONS, FrequentQueries, frequent_queries
from kashshaf.search_app.usage.log import Clicked
from tests.search_app.usage.logged import found, write

if TYPE_CHECKING:
    from pathlib import Path


def often(query: str, occasions: int = OCCASIONS, full: int = 3) -> list[tuple[int, object]]:
    return [(ago, found(query, full)) for ago in range(occasions)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "usage.sqlite"
    rows = [
        *often("المدارس الجديدة", 4),
        *often("المدرسة", 5),
        *often("المدير", 2),
        *[(0, found("المدينة"))] * 9,
        *often("المدى", 5, full=0),
        *often("أخبار"),
        (0, Clicked("المدير", "a", 1)),
    ]
    write(path, *rows)  # type: ignore[arg-type] # rows of one kind
    return path


def test_the_most_frequent_come_first(path: Path) -> None:
    assert FrequentQueries(path)("المد") == ["المدرسة", "المدارس الجديدة"]


def test_the_beginning_is_folded_and_the_query_is_as_it_was(path: Path) -> None:
    assert FrequentQueries(path)("اخ") == FrequentQueries(path)("إخ") == ["أخبار"]
    assert FrequentQueries(path)("المدرسه") == ["المدرسة"]
    assert FrequentQueries(path)("زز") == []


def test_without_a_log_there_is_none(tmp_path: Path) -> None:
    assert FrequentQueries(tmp_path / "none.sqlite")("ا") == []
    (tmp_path / "bad.sqlite").write_bytes(b"no database" * 1000)
    assert FrequentQueries(tmp_path / "bad.sqlite")("ا") == []


def test_the_log_is_read_again_when_it_is_old(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frequent = FrequentQueries(path)
    assert frequent("قط") == []
    write(path, *often("قطار"))  # type: ignore[arg-type]
    assert frequent("قط") == []
    monkeypatch.setattr(frequent_module, "FRESH_SECONDS", 0.0)
    deadline = time.monotonic() + 5
    while not frequent("قط") and time.monotonic() < deadline:
        time.sleep(0.01)
    assert frequent("قط") == ["قطار"]


def test_the_settings_say_whether_there_are_any(path: Path) -> None:
    on = Settings(log_searches="yes", usage_file=path)
    assert frequent_queries(on)("اخ") == ["أخبار"]
    assert frequent_queries(replace(on, log_searches="no"))("اخ") == []


def test_a_frequent_query_completes_what_is_typed(path: Path, stories_settings: Settings) -> None:
    write(path, *often("الميناء القديم"))  # type: ignore[arg-type]
    settings = replace(stories_settings, log_searches="yes", usage_file=path)
    service = SearchService(settings)
    offered = service.suggest("المينا")["suggestions"]
    service.close()
    assert {"text": "الميناء القديم", "kind": "query"} in offered


def test_a_call_is_cheap_and_bounded() -> None:
    frequent = FrequentQueries(frequent_module.__file__)  # type: ignore[arg-type] # never opened
    frequent._queries = sorted(
        frequent_module._Query(f"ا{number}", f"أ{number}", number) for number in range(frequent_module.KEPT)
    )
    frequent._read_at = time.monotonic()
    started = time.process_time()
    for _ in range(20):
        assert len(frequent("ا")) == MOST
    assert (time.process_time() - started) / 20 < 0.01
