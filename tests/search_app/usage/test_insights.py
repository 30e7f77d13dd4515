"""Insights: frequent queries, gaps by stem, partial matches, clicks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import UsageLogError
from kashshaf.search_app.usage import insights as insights_module
from kashshaf.search_app.usage.insights import MOST, MOST_SPELLINGS, groups, insights
from kashshaf.search_app.usage.log import Clicked
from tests.search_app.usage.logged import HOUR, found, write

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.search_app.usage.shapes import Asked


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insights_module, "this_hour", lambda: HOUR)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "usage.sqlite"
    write(
        path,
        *[(ago, found("الميناء")) for ago in (0, 1, 2)],
        (0, found("الميناء", 1, target="comments")),
        (0, found("المترو", 0)),
        (1, found("مترو", 0)),
        (2, found("مترو", 0)),
        (0, found("قطار النهر", 0, 7)),
        (5, found("جسر", 0)),
        (0, found("جسر", 2)),
        (40 * 24, found("قديم", 0)),
        (0, Clicked("الميناء", "a", 1)),
        (1, Clicked("الميناء", "b", 4)),
        (40 * 24, Clicked("قديم", "b", 4)),
    )
    return path


def test_totals_are_of_the_days(path: Path) -> None:
    month, always = insights(path, 30), insights(path, 90)
    assert (month["searches"], month["queries"], month["clicks"]) == (10, 5, 2)
    assert month["searches_without_results"] == 3
    assert (always["searches"], always["queries"], always["clicks"]) == (11, 6, 3)


def test_frequent_queries_with_the_most_matches_they_had(path: Path) -> None:
    first, *rest = insights(path, 30)["frequent"]
    assert first == {"query": "الميناء", "times": 4, "full": 3, "partial": 0}
    assert [each["query"] for each in rest] == ["جسر", "مترو", "المترو", "قطار النهر"]


def test_queries_without_results_are_one_group_by_their_stems(path: Path) -> None:
    (group,) = insights(path, 30)["without_results"]
    assert (group["stem"], group["times"]) == ("مترو", 3)
    assert [each["query"] for each in group["queries"]] == ["مترو", "المترو"]


def test_queries_with_only_some_of_their_words(path: Path) -> None:
    assert [each["query"] for each in insights(path, 30)["partial"]] == ["قطار النهر"]


def test_clicks_by_query(path: Path) -> None:
    (opened,) = insights(path, 30)["opened"]
    assert opened == {"query": "الميناء", "searches": 4, "clicks": 2, "rate": 0.5, "mean_rank": 2.5}


def test_a_click_without_its_search_has_no_rate(tmp_path: Path) -> None:
    write(tmp_path / "a.sqlite", (0, Clicked("س", "a", 3)))
    (opened,) = insights(tmp_path / "a.sqlite", 30)["opened"]
    assert (opened["searches"], opened["rate"], opened["mean_rank"]) == (0, 0.0, 3.0)


def test_without_a_log_there_is_nothing(tmp_path: Path) -> None:
    found_ = insights(tmp_path / "none.sqlite", 30)
    assert (found_["searches"], found_["frequent"]) == (0, [])
    assert not (tmp_path / "none.sqlite").exists()


def test_a_file_that_is_no_log_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(UsageLogError, match=r"a\.sqlite"):
        insights(path, 30)


def test_a_log_of_another_version_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageLogError, match="another version"):
        insights(path, 30)


def test_groups_are_bounded() -> None:
    asked: list[tuple[Asked, str]] = [
        ({"query": f"س{number}", "times": 1, "full": 0, "partial": 0}, f"{number % (2 * MOST)}")
        for number in range(100 * MOST)
    ]
    found_ = groups(asked)
    assert len(found_) == MOST
    assert all(len(group["queries"]) == MOST_SPELLINGS for group in found_)
    assert all(group["times"] == 50 for group in found_)
