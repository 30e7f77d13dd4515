"""The comments of an article as its page shows them: their order, their groups, the passage that matches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashshaf.search_app.results.shapes import CommentView

Order = Literal["thread", "likes", "newest"]
ORDERS: dict[str, str] = {"thread": "المحادثات", "likes": "الأكثر إعجاباً", "newest": "الأحدث أولاً"}
"""The orders of comments with their labels; the first is the default."""
GROUP = 200
"""Comments shown at once; the others lie folded in groups of about this many, cut where a thread begins."""
LISTED = 20
"""Matching comments that the list of links names; a search of the comments has the rest."""
SHOWN = 3
"""Of these, those that are not folded."""
WORDS_BEFORE = 8
"""Words of a passage before its first match."""
MARK = "<mark>"
UNDATED = float("-inf")


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive comments, numbered from ``first`` to ``last``; ``matching`` of them match the query."""

    first: int
    last: int
    matching: int
    comments: list[CommentView]


@dataclass(frozen=True, slots=True)
class Match:
    """A matching comment in the list of links: HTML-safe ``passage`` with the words found in ``<mark>``."""

    comment: CommentView
    passage: str


def read_order(value: str) -> Order:
    """The order named in a request; the first one for any other text."""
    known: tuple[Order, ...] = get_args(Order)
    return next((order for order in known if order == value), known[0])


def ordered(comments: Sequence[CommentView], order: Order) -> list[CommentView]:
    """The comments, which come in threads, in an order; those that tie stay as they stood."""
    if order == "likes":
        return sorted(comments, key=lambda comment: -comment["likes"])
    if order == "newest":
        return sorted(comments, key=lambda comment: -_seconds(comment["date"]))
    return list(comments)


def _seconds(iso: str | None) -> float:
    """The time of a date in seconds, in UTC where it names no zone; ``UNDATED`` where it is none."""
    try:
        moment = datetime.fromisoformat(iso or "")
    except ValueError:
        return UNDATED
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def orders(comments: Sequence[CommentView]) -> list[Order]:
    """The orders that differ for these comments: none is offered that would change nothing."""
    if len(comments) < 2:
        return []
    differing: dict[Order, bool] = {
        "thread": True,
        "likes": any(comment["likes"] > 0 for comment in comments),
        "newest": len({comment["date"] for comment in comments}) > 1,
    }
    found = [order for order, differs in differing.items() if differs]
    return found if len(found) > 1 else []


def groups(comments: Sequence[CommentView], order: Order = "thread", first: int = 1) -> list[Group]:
    """The comments in groups of ``GROUP``, a little more where a thread runs on, at most twice that.

    ``first``: the number of the first of them.
    """
    found: list[list[CommentView]] = []
    for comment in comments:
        full = bool(found) and len(found[-1]) >= GROUP
        whole = order != "thread" or comment["depth"] == 0
        if not found or (full and (whole or len(found[-1]) >= 2 * GROUP)):
            found.append([])
        found[-1].append(comment)
    numbered = []
    for members in found:
        matching = sum(comment["matching"] for comment in members)
        numbered.append(Group(first, first + len(members) - 1, matching, members))
        first += len(members)
    return numbered


def matches(comments: Sequence[CommentView]) -> list[Match]:
    """The first ``LISTED`` matching comments, each with the passage that matches."""
    matching = [comment for comment in comments if comment["matching"]]
    return [Match(comment, passage(comment["paragraphs_html"])) for comment in matching[:LISTED]]


def following(comments: Sequence[CommentView]) -> dict[str, str]:
    """The next matching comment's id, by the id of the one before it."""
    return dict(pairwise(comment["id"] for comment in comments if comment["matching"]))


def passage(paragraphs_html: Sequence[str]) -> str:
    """The paragraph with the first match, from a few words before it on; without a match the first one."""
    marked = [paragraph for paragraph in paragraphs_html if MARK in paragraph]
    before, found, after = (marked or [*paragraphs_html, ""])[0].partition(MARK)
    words = before.split(" ")
    if not found or len(words) <= WORDS_BEFORE + 1:
        return before + found + after
    return "… " + " ".join(words[-WORDS_BEFORE - 1 :]) + found + after
