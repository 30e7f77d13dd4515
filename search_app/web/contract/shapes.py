"""The shapes of answers that no search gives: health, and problems by RFC 9457."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Alive(TypedDict):
    """The process lives."""

    status: Literal["alive"]


class Ready(TypedDict):
    """An index can be searched: the number of its articles and comments."""

    status: Literal["ready"]
    articles: int
    comments: int


class Problem(TypedDict):
    """A failure by RFC 9457, its sentences in Arabic or English; ``param`` where one is at fault."""

    type: str
    title: str
    status: int
    detail: str
    param: NotRequired[str]
