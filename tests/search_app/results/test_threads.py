"""Comments in the order they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kashshaf.index.documents import Comment
from kashshaf.search_app.results.threads import MAX_DEPTH, threaded


def order(*pairs: tuple[str, str]) -> list[tuple[str, int]]:
    comments = [Comment(id=id_, parent=parent) for id_, parent in pairs]
    return [(comment.id, depth) for comment, depth in threaded(comments)]


THREADS = [
    ([("1", ""), ("2", "")], [("1", 0), ("2", 0)]),
    ([("1", ""), ("2", ""), ("3", "1")], [("1", 0), ("3", 1), ("2", 0)]),
    ([("3", "1"), ("1", "")], [("1", 0), ("3", 1)]),
    ([("1", ""), ("2", "1"), ("3", "2"), ("4", "1")], [("1", 0), ("2", 1), ("3", 2), ("4", 1)]),
    ([("orphan", "gone"), ("1", "")], [("orphan", 0), ("1", 0)]),
    ([("a", "b"), ("b", "a")], [("a", 0), ("b", 1)]),
    ([("a", "a")], [("a", 0)]),
    ([("a", "b"), ("b", "a"), ("c", "a")], [("a", 0), ("b", 1), ("c", 1)]),
]


@pytest.mark.parametrize(("comments", "expected"), THREADS)
def test_threads(comments: list[tuple[str, str]], expected: list[tuple[str, int]]) -> None:
    assert order(*comments) == expected


def test_a_long_chain_is_no_deeper_than_the_bound() -> None:
    chain = [("0", ""), *((str(number), str(number - 1)) for number in range(1, 3000))]
    found = order(*chain)
    assert len(found) == 3000
    assert found[-1][1] == MAX_DEPTH


IDS = st.sampled_from("abcdef")


@given(st.dictionaries(IDS, IDS | st.just("")))
def test_every_comment_stands_once(parents: dict[str, str]) -> None:
    assert sorted(id_ for id_, _ in order(*parents.items())) == sorted(parents)
