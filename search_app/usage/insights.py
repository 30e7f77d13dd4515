"""Insights of the usage log: what is asked often, what finds nothing, which results are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kashshaf.search_app.usage.database import HOURS_A_DAY, reading, this_hour

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from kashshaf.search_app.usage.shapes import Asked, Group, Insights, Opened

MOST = 50
"""Rows of each list."""
MOST_SPELLINGS = 10
"""Queries named in a group."""
MOST_READ = 5_000
"""Queries without results that are put into groups, the most frequent of them."""
NOTHING, SOME = 'max("full" + partial) = 0', 'max("full") = 0 AND max(partial) > 0'
_ASKED = """
SELECT query, sum(times) AS asked, max("full"), max(partial), stem FROM searches WHERE hour >= ?
GROUP BY query HAVING {} ORDER BY asked DESC, query LIMIT ?
"""
_TOTALS = "SELECT coalesce(sum(times), 0), count(DISTINCT query) FROM searches WHERE hour >= ?"
_WITHOUT = """
SELECT coalesce(sum(asked), 0) FROM
(SELECT sum(times) AS asked FROM searches WHERE hour >= ? GROUP BY query HAVING max("full" + partial) = 0)
"""
_CLICKS = "SELECT coalesce(sum(times), 0) FROM clicks WHERE hour >= ?"
_OPENED = """
SELECT query, opened, mean_rank, coalesce(asked, 0) FROM
(SELECT query, sum(times) AS opened, sum(rank * times) * 1.0 / sum(times) AS mean_rank FROM clicks
 WHERE hour >= ?1 GROUP BY query ORDER BY opened DESC, query LIMIT ?2)
LEFT JOIN (SELECT query, sum(times) AS asked FROM searches WHERE hour >= ?1 GROUP BY query) USING (query)
ORDER BY opened DESC, query
"""


def insights(path: Path, days: int) -> Insights:
    """The log of the last ``days`` days, 50 rows a list; raises UsageLogError where it cannot be read."""
    since = this_hour() - days * HOURS_A_DAY
    with reading(path) as log:
        return _read(log, days, since) if log else _nothing(days)


def _nothing(days: int) -> Insights:
    return {
        "days": days,
        "searches": 0,
        "queries": 0,
        "searches_without_results": 0,
        "clicks": 0,
        "frequent": [],
        "without_results": [],
        "partial": [],
        "opened": [],
    }


def _read(log: sqlite3.Connection, days: int, since: int) -> Insights:
    searches, queries = log.execute(_TOTALS, (since,)).fetchone()
    return {
        "days": days,
        "searches": searches,
        "queries": queries,
        "searches_without_results": log.execute(_WITHOUT, (since,)).fetchone()[0],
        "clicks": log.execute(_CLICKS, (since,)).fetchone()[0],
        "frequent": [asked for asked, _ in _asked(log, "true", since, MOST)],
        "without_results": groups(_asked(log, NOTHING, since, MOST_READ)),
        "partial": [asked for asked, _ in _asked(log, SOME, since, MOST)],
        "opened": [_opened(row) for row in log.execute(_OPENED, (since, MOST))],
    }


def _asked(log: sqlite3.Connection, having: str, since: int, most: int) -> list[tuple[Asked, str]]:
    """Queries of which ``having`` is true, each with its stems."""
    return [
        ({"query": query, "times": times, "full": full, "partial": partial}, stem)
        for query, times, full, partial, stem in log.execute(_ASKED.format(having), (since, most))
    ]


def groups(asked: list[tuple[Asked, str]]) -> list[Group]:
    """Queries put together by their stems, the most frequent groups first."""
    found: dict[str, Group] = {}
    for query, stem in asked:
        group = found.setdefault(stem or query["query"], {"stem": stem, "times": 0, "queries": []})
        group["times"] += query["times"]
        if len(group["queries"]) < MOST_SPELLINGS:
            group["queries"].append(query)
    return sorted(found.values(), key=lambda group: -group["times"])[:MOST]


def _opened(row: tuple[Any, ...]) -> Opened:
    query, clicks, rank, searches = row
    rate = round(clicks / searches, 2) if searches else 0.0
    return {
        "query": query,
        "searches": searches,
        "clicks": clicks,
        "rate": rate,
        "mean_rank": round(rank, 1),
    }
