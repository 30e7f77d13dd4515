from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from kashshaf.search_app.web.reading.comments import (
    LISTED,
    following,
    groups,
    matches,
    ordered,
    orders,
    passage,
)
from kashshaf.search_app.web.reading.comments import read_order as read

if TYPE_CHECKING:
    from kashshaf.search_app.results.shapes import CommentView


def _comment(name: str, date: str | None = None, likes: int = 0, **more: Any) -> CommentView:
    given = {"id": name, "date": date, "likes": likes, "depth": 0, "matching": False, **more}
    return cast("CommentView", given)


DATED = (
    _comment("morning", "2016-05-24T08:00:00+03:00", 2),
    _comment("unknown", None, 0),
    _comment("day", "2016-05-25", 2),
    _comment("noon", "2016-05-24T07:00:00Z", 9),
    _comment("nonsense", "nonsense", 0),
)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("thread", ["morning", "unknown", "day", "noon", "nonsense"]),
        ("likes", ["noon", "morning", "day", "unknown", "nonsense"]),
        ("newest", ["day", "noon", "morning", "unknown", "nonsense"]),
    ],
)
def test_comments_are_ordered_and_ties_stay(order: Any, names: list[str]) -> None:
    assert [comment["id"] for comment in ordered(DATED, order)] == names


def test_only_orders_that_change_something_are_offered() -> None:
    assert orders(DATED) == ["thread", "likes", "newest"]
    assert orders([_comment("a", "2016"), _comment("b", "2017")]) == ["thread", "newest"]
    assert orders([_comment("a", "2016", 3), _comment("b", "2016")]) == ["thread", "likes"]
    assert orders([_comment("a", "2016"), _comment("b", "2016")]) == []
    assert orders(DATED[:1]) == []


def test_an_order_is_named_or_the_first() -> None:
    assert [read(value) for value in ("", "likes", "newest", "best")] == [
        "thread",
        "likes",
        "newest",
        "thread",
    ]


def test_groups_end_where_threads_begin_but_never_grow_without_end() -> None:
    reply: Any = {"depth": 1, "matching": False, "id": "x"}
    found = groups([reply] * 900)
    assert [(group.first, group.last) for group in found] == [(1, 400), (401, 800), (801, 900)]
    assert [group.last for group in groups([reply] * 500, "likes")] == [200, 400, 500]
    assert groups([]) == []


def test_each_matching_comment_leads_to_the_next() -> None:
    comments = [_comment(name, matching=name in "bd") for name in "abcd"]
    assert following(comments) == {"b": "d"}


def test_the_list_of_matches_is_bounded() -> None:
    comments = [_comment(str(n), matching=n % 2 == 1, paragraphs_html=["<mark>x</mark>"]) for n in range(100)]
    found = matches(comments)
    assert len(found) == LISTED
    assert (found[0].comment["id"], found[0].passage) == ("1", "<mark>x</mark>")


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["قليل قبل <mark>الميناء</mark> وبعده"], "قليل قبل <mark>الميناء</mark> وبعده"),
        (["لا شيء", "هنا <mark>الميناء</mark>"], "هنا <mark>الميناء</mark>"),
        (["1 2 3 4 5 6 7 8 9 10 <mark>س</mark> ص"], "… 3 4 5 6 7 8 9 10 <mark>س</mark> ص"),
        (["1 2 3 4 5 6 7 &lt; 9 &amp; <mark>س</mark>"], "… 3 4 5 6 7 &lt; 9 &amp; <mark>س</mark>"),
        (["بلا علامة", "أيضاً"], "بلا علامة"),
        ([], ""),
    ],
)
def test_a_passage_begins_a_little_before_its_match(paragraphs: list[str], expected: str) -> None:
    assert passage(paragraphs) == expected
