"""The stored bytes of articles and comments: written with a record, read with a hit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import orjson

from index.documents import Article, Comment
from index.schema import STORY


def comment_key(article_id: str, comment_id: str) -> str:
    """Make the id of a comment's record: comment ids are unique only within their article."""
    return f"{article_id}\n{comment_id}"


def store_article(article: Article, story: str) -> bytes:
    """Encode an article with the ids of its comments: these are stored as records of their own."""
    data = replace(article, comments=()).to_dict()
    return orjson.dumps({**data, "comments": [comment.id for comment in article.comments], STORY: story})


class StoredArticle(NamedTuple):
    """An article as stored, without its comments, the keys of their records in order, and its story."""

    article: Article
    comment_keys: list[str]
    story: str


def load_article(stored: bytes) -> StoredArticle:
    """Decode a stored article."""
    data: dict[str, Any] = orjson.loads(stored)
    keys = [comment_key(data["id"], comment_id) for comment_id in data["comments"]]
    story = data.pop(STORY)
    return StoredArticle(Article.from_dict({**data, "comments": ()}), keys, story)


def store_comment(article: Article, comment: Comment) -> bytes:
    """Encode a comment with the id and title of its article, which lists of comments show."""
    return orjson.dumps({"comment": comment.to_dict(), "article_id": article.id, "title": article.title})


class StoredComment(NamedTuple):
    """A comment as stored, with its article's id and title."""

    comment: Comment
    article_id: str
    article_title: str


def load_comment(stored: bytes) -> StoredComment:
    """Decode a stored comment."""
    data: dict[str, Any] = orjson.loads(stored)
    return StoredComment(Comment.from_dict(data["comment"]), data["article_id"], data["title"])
