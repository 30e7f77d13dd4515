"""The writer of the log: what it keeps, what it drops, and that no search ever fails or waits by it."""

from __future__ import annotations

import logging
import sqlite3
import stat
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from kashshaf.search_app.usage import log as log_module
from kashshaf.search_app.usage.log import LONGEST_QUERY, Clicked, UsageLog
from tests.search_app.usage.logged import HOUR, found, stems, write

if TYPE_CHECKING:
    from pathlib import Path


def rows(path: Path, table: str = "searches") -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a name of ours


def test_a_search_is_a_count_by_the_hour(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    write(path, (1, found("المدارس")), (1, found("المدارس", 5)), (0, found("المدارس")))
    write(path, (0, found("المدارس", target="comments")))
    assert rows(path) == [
        (HOUR - 1, "المدارس", "articles", "مدارس", 2, 5, 0),
        (HOUR, "المدارس", "articles", "مدارس", 1, 3, 0),
        (HOUR, "المدارس", "comments", "مدارس", 1, 3, 0),
    ]


def test_of_an_hour_the_most_matches_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    write(path, (0, found("س", 0, 2)), (0, found("س", 11, 4)), (0, found("س", 0, 0)))
    assert rows(path) == [(HOUR, "س", "articles", "س", 3, 11, 4)]


def test_clicks_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    write(path, (0, Clicked("س", "a", 2)), (0, Clicked("س", "a", 2)), (0, Clicked("س", "b", 1)))
    assert rows(path, "clicks") == [(HOUR, "س", "a", 2, 2), (HOUR, "س", "b", 1, 1)]


def test_there_is_no_column_for_a_person_or_a_minute(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    write(path, (0, found("س")))
    with closing(sqlite3.connect(path)) as connection:
        names = {
            row[1]
            for table in ("searches", "clicks")
            for row in connection.execute(f"PRAGMA table_info({table})")
        }
    assert names == {"hour", "query", "target", "stem", "times", "full", "partial", "article", "rank"}


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.sqlite"
    write(path, (0, found("س")))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("query", ["", "ا" * (LONGEST_QUERY + 1)], ids=["empty", "long"])
def test_what_is_no_question_is_not_kept(query: str, tmp_path: Path) -> None:
    write(tmp_path / "a.sqlite", (0, found(query)))
    assert not (tmp_path / "a.sqlite").exists()


@pytest.mark.parametrize("query", ["'; DROP TABLE searches; --", "<script>", "\u202e", "\ud800", "a\0b"])
def test_hostile_queries_do_no_harm(query: str, tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    write(path, (0, found("قبل")), (0, found(query)), (0, found("بعد")))
    assert {"قبل", "بعد"} <= {row[1] for row in rows(path)}


def test_old_rows_go(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    write(
        path, (49, found("قديم")), (49, Clicked("قديم", "a", 1)), (47, found("باق")), (0, found("س")), days=2
    )
    assert {row[1] for row in rows(path)} == {"باق", "س"}
    assert rows(path, "clicks") == []
    assert "قديم".encode() not in path.read_bytes()


def test_rows_are_bounded_and_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "MOST_ROWS", 3)
    path = tmp_path / "a.sqlite"
    write(path, *((10 - number, found(f"س{number}")) for number in range(8)))
    assert [row[1] for row in rows(path)] == ["س5", "س6", "س7"]


def test_a_log_that_cannot_be_written_is_said_once_and_raises_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"no database" * 1000)
    log = UsageLog(path, 90, stems)
    with caplog.at_level(logging.ERROR):
        for number in range(3):
            log.put(found(f"س{number}"))
            log.flush()
    log.close()
    assert len(caplog.records) == 1
    assert "a.sqlite" in caplog.text
    assert "س0" not in caplog.text


def test_stems_that_cannot_be_had_lose_one_entry_and_no_more(tmp_path: Path) -> None:
    def failing(text: str) -> str:
        if text == "سيئ":
            raise ValueError(text)
        return text

    log = UsageLog(tmp_path / "a.sqlite", 90, failing)
    for query in ("سيئ", "حسن"):
        log.put(found(query))
        log.flush()
    log.close()
    assert [row[1] for row in rows(tmp_path / "a.sqlite")] == ["حسن"]


def test_a_full_queue_drops_and_does_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "MOST_WAITING", 5)

    def slow(text: str) -> str:
        time.sleep(0.05)
        return text

    log = UsageLog(tmp_path / "a.sqlite", 90, slow)
    started = time.perf_counter()
    for number in range(200):
        log.put(found(f"س{number}"))
    assert time.perf_counter() - started < 1
    log.close()
    assert 0 < len(rows(tmp_path / "a.sqlite")) < 200


def test_two_processes_may_write(tmp_path: Path) -> None:
    logs = [UsageLog(tmp_path / "a.sqlite", 90, stems) for _ in range(2)]
    for number in range(50):
        logs[number % 2].put(found(f"س{number}"))
    for log in logs:
        log.close()
    assert len(rows(tmp_path / "a.sqlite")) == 50


def test_a_log_of_another_version_is_left_as_it_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    write(path, (0, found("المدارس")))
    assert "another version" in caplog.text
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
