"""Forgetting a query: it is gone from every table and from the bytes of the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import UsageLogError
from kashshaf.search_app.usage import insights as insights_module
from kashshaf.search_app.usage.forget import forget
from kashshaf.search_app.usage.log import Clicked
from tests.kashshaf.command import called
from tests.search_app.usage.logged import HOUR, found, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "usage.sqlite"
    write(made, (0, found("سالم حسن")), (1, found("سالم حسن")), (0, Clicked("سالم حسن", "a", 1)))
    write(made, (0, found("الميناء")))
    return made


def test_nothing_of_it_is_left(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert forget(path, "سالم حسن") == 3
    monkeypatch.setattr(insights_module, "this_hour", lambda: HOUR)
    left = insights_module.insights(path, 30)
    assert [each["query"] for each in left["frequent"]] == ["الميناء"]
    assert left["clicks"] == 0
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "سالم".encode() not in path.read_bytes()


def test_what_is_not_there_is_not_forgotten(path: Path, tmp_path: Path) -> None:
    assert forget(path, "' OR 1=1 --") == 0
    assert forget(tmp_path / "none.sqlite", "الميناء") == 0
    assert not (tmp_path / "none.sqlite").exists()


def test_a_file_that_is_no_log_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(UsageLogError, match=r"a\.sqlite"):
        forget(tmp_path / "a.sqlite", "الميناء")


def test_the_command(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KASHSHAF_USAGE_FILE", str(path))
    ran = called(capsys, "insights", "--forget", "سالم حسن", index=tmp_path / "index")
    assert (ran.status, ran.out) == (0, "deleted from the log: 3 rows\n")
    again = called(capsys, "insights", "--forget", "سالم حسن", index=tmp_path / "index")
    assert (again.status, again.out) == (0, "there is no such query in the log\n")
