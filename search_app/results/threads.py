"""Comments in the order they are read: each thread together, replies after what they answer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kashshaf.index.documents import Comment

MAX_DEPTH = 50
"""Replies to replies are indented no deeper in data either; it also ends the walk in any input."""


def threaded(comments: Sequence[Comment]) -> Iterator[tuple[Comment, int]]:
    """Every comment once with its depth; an orphan stands at the top, and so does the first of a circle."""
    known = {comment.id for comment in comments}
    replies: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        replies[comment.parent if comment.parent in known else ""].append(comment)
    shown: set[str] = set()
    for start in ([*replies.pop("", ())], comments):  # those in circles are reached from no top
        for comment in start:
            yield from _thread(comment, replies, shown)


def _thread(
    top: Comment, replies: Mapping[str, Sequence[Comment]], shown: set[str]
) -> Iterator[tuple[Comment, int]]:
    """A comment and what answers it, as far as that was not shown yet."""
    waiting = [(top, 0)]
    while waiting:
        comment, depth = waiting.pop()
        if comment.id not in shown:
            shown.add(comment.id)
            yield comment, depth
            below = reversed(replies.get(comment.id, ()))
            waiting += [(reply, min(depth + 1, MAX_DEPTH)) for reply in below]
