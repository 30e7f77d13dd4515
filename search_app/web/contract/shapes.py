"""The shapes of what no search gives: health, problems by RFC 9457, and what is written with its outcome."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Alive(TypedDict):
    """The process lives."""

    status: Literal["alive"]


class Ready(TypedDict):
    """An index can be searched: how many articles and comments; ``warning`` where it is not the newest."""

    status: Literal["ready"]
    articles: int
    comments: int
    warning: NotRequired[str]


class Problem(TypedDict):
    """A failure by RFC 9457, its sentences in Arabic or English; ``param`` where one is at fault."""

    type: str
    title: str
    status: int
    detail: str
    param: NotRequired[str]
    request_id: NotRequired[str]


class GivenSection(TypedDict, total=False):
    """A part of an article that is sent."""

    heading: str
    text: str


class GivenComment(TypedDict, total=False):
    """A comment that is sent; it needs a text."""

    id: str
    author: str
    date: str | None
    text: str
    parent: str
    likes: int


class GivenArticle(TypedDict, total=False):
    """An article that is sent; it needs an id or a url, and a title or a body (as it is, or in sections)."""

    id: str
    url: str
    image: str
    kicker: str
    title: str
    lead: str
    body: str
    sections: list[GivenSection]
    date: str | None
    source: str
    section: str
    author: str
    tags: list[str]
    comments_declared: int | None
    comments: list[GivenComment]


class Written(TypedDict):
    """The outcome for an article."""

    id: str
    status: Literal["added", "updated", "unchanged", "removed"]
    mended: list[str]


class WrittenComment(Written):
    """The outcome for a comment."""

    article_id: str


class WrittenLine(TypedDict):
    """The outcome for one line: as for an article, or the reason that it was refused."""

    line: int
    status: Literal["added", "updated", "unchanged", "refused"]
    id: NotRequired[str]
    mended: NotRequired[list[str]]
    reason: NotRequired[str]


class WrittenLines(TypedDict):
    """The outcome for articles that were sent one a line."""

    added: int
    updated: int
    unchanged: int
    refused: int
    results: list[WrittenLine]
