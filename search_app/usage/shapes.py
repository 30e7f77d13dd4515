"""The shapes of what the usage log tells, as ``kashshaf insights --json`` prints it and the desk shows it."""

from __future__ import annotations

from typing import TypedDict


class Asked(TypedDict):
    """A query in canonical form, how often it was asked, and the most matches that it had.

    ``full``: matches of all its words; ``partial``: of some.
    """

    query: str
    times: int
    full: int
    partial: int


class Group(TypedDict):
    """Queries that share their stems; ``times`` of all of them, the most frequent first."""

    stem: str
    times: int
    queries: list[Asked]


class Opened(TypedDict):
    """Results opened from a query.

    ``rate``: clicks a search, which may be above 1; ``mean_rank``: of the results opened, from 1.
    """

    query: str
    searches: int
    clicks: int
    rate: float
    mean_rank: float


class Insights(TypedDict):
    """The log of the last ``days``: totals, and lists with the most frequent first."""

    days: int
    searches: int
    queries: int
    searches_without_results: int
    clicks: int
    frequent: list[Asked]
    without_results: list[Group]
    partial: list[Asked]
    opened: list[Opened]
