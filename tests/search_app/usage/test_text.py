"""Insights on a terminal: totals, lists, and nothing that turns a line around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import orjson
import pytest

from kashshaf.search_app.usage import insights as insights_module
from kashshaf.search_app.usage.log import Clicked
from kashshaf.search_app.usage.text import insights_text
from tests.kashshaf.command import called
from tests.search_app.usage.logged import HOUR, found, write

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.search_app.usage.shapes import Insights


@pytest.fixture
def insights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Insights:
    monkeypatch.setattr(insights_module, "this_hour", lambda: HOUR)
    monkeypatch.setenv("KASHSHAF_USAGE_FILE", str(tmp_path / "usage.sqlite"))
    write(
        tmp_path / "usage.sqlite",
        (0, found("الميناء", 1)),
        (1, found("الميناء", 1)),
        (0, found("المترو", 0)),
        (0, found("مترو", 0)),
        (0, found("قطار الساحل", 0, 7)),
        (0, found("\u202eعكس\u2066", 2)),
        (0, Clicked("الميناء", "a", 2)),
    )
    return insights_module.insights(tmp_path / "usage.sqlite", 30)


def test_every_list_has_its_heading(insights: Insights) -> None:
    lines = click.unstyle(insights_text(insights, logs=True)).split("\n")
    assert lines[0] == "6 searches for 5 queries in 30 days, 2 of them without results; 1 result opened"
    assert "       2  الميناء 1 result" in lines
    assert "       1  قطار الساحل 7 results with some of the words" in lines
    assert "       2  المترو x1 | مترو x1" in lines
    assert "       1  الميناء 0.50 clicks a search, mean rank 2.0" in lines


def test_invisible_signs_stay_out(insights: Insights) -> None:
    assert not set(insights_text(insights, logs=True)) & {"\u202e", "\u2066"}


def test_without_a_log_the_setting_is_named(insights: Insights) -> None:
    assert "log_searches" in insights_text(insights, logs=False)
    assert "log_searches" not in insights_text(insights, logs=True)


def test_the_command(insights: Insights, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = called(capsys, "insights", "--json", index=tmp_path / "index")
    assert (ran.status, orjson.loads(ran.out)) == (0, insights)
    shown = called(capsys, "insights", "--days", "7", index=tmp_path / "index")
    assert "6 searches for 5 queries in 7 days" in shown.out
    assert called(capsys, "insights", "--days", "0", index=tmp_path / "index").status == 2


def test_a_file_that_is_no_log_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "usage.sqlite"
    path.write_bytes(b"no database" * 1000)
    monkeypatch.setenv("KASHSHAF_USAGE_FILE", str(path))
    ran = called(capsys, "insights", index=tmp_path / "index")
    assert ran.status == 1
    assert ran.err.startswith("kashshaf: ")
    assert ran.err.count("\n") == 1
