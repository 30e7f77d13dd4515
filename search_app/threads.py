"""Comments in the order they are read: each thread together, replies after what they answer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents import Comment

MAX_DEPTH = 50
"""Replies to replies are indented no deeper in data either; it also ends the walk in any input."""


def threaded(comments: Sequence[Comment]) -> Iterator[tuple[Comment, int]]:
    """Every comment once with its depth. An orphan, or one in a circle of replies, stands at the top."""
    by_id = {comment.id: comment for comment in comments}
    replies: dict[str, list[Comment]] = defaultdict(list)
    top: list[Comment] = []
    for comment in comments:
        if _reaches_top(comment, by_id):
            (replies[comment.parent] if comment.parent in by_id else top).append(comment)
        else:
            top.append(comment)
    waiting = [(comment, 0) for comment in reversed(top)]
    while waiting:
        comment, depth = waiting.pop()
        yield comment, depth
        waiting += [(reply, min(depth + 1, MAX_DEPTH)) for reply in reversed(replies[comment.id])]


def _reaches_top(comment: Comment, by_id: dict[str, Comment]) -> bool:
    """Whether the way up from a comment ends; a circle of replies has no top."""
    seen = {comment.id}
    while comment.parent in by_id:
        comment = by_id[comment.parent]
        if comment.id in seen:
            return False
        seen.add(comment.id)
    return True
