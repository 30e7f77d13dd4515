"""The stored bytes of articles and comments: written with a record, read with a hit.

They are JSON and, after it, the stem vector of the texts that a hit shows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from kashshaf.analyzers.stem_vectors import from_bytes
from kashshaf.index.documents import Article, Comment
from kashshaf.index.schema import STORY

if TYPE_CHECKING:
    from kashshaf.analyzers.stem_vectors import StemVector

LENGTH = 4
"""Bytes of the length of the JSON, which stands before it."""


def comment_key(article_id: str, comment_id: str) -> str:
    """Make the id of a comment's record: comment ids are unique only within their article."""
    return f"{article_id}\n{comment_id}"


def shown_texts(article: Article) -> list[str]:
    """The texts of an article that a hit shows, in the order of its stem vector."""
    body = (text for part in article.sections for text in (part.heading, part.text))
    return [article.title, article.lead, *body]


def store_article(article: Article, story: str, vector: bytes) -> bytes:
    """Encode an article with the ids of its comments: these are stored as records of their own."""
    data = replace(article, comments=()).to_dict()
    return _stored({**data, "comments": [comment.id for comment in article.comments], STORY: story}, vector)


class StoredArticle(NamedTuple):
    """An article as stored, without its comments, the keys of their records in order, and its story.

    ``vector`` is the stem vector of :func:`shown_texts`, one after the other.
    """

    article: Article
    comment_keys: list[str]
    story: str
    vector: StemVector


def load_article(stored: bytes) -> StoredArticle:
    """Decode a stored article."""
    data, vector = _loaded(stored)
    keys = [comment_key(data["id"], comment_id) for comment_id in data["comments"]]
    story = data.pop(STORY)
    return StoredArticle(Article.from_dict({**data, "comments": ()}), keys, story, vector)


def store_comment(article: Article, comment: Comment, vector: bytes) -> bytes:
    """Encode a comment with the id and title of its article, which lists of comments show."""
    data = {"comment": comment.to_dict(), "article_id": article.id, "title": article.title}
    return _stored(data, vector)


class StoredComment(NamedTuple):
    """A comment as stored, with its article's id and title, and the stem vector of its text."""

    comment: Comment
    article_id: str
    article_title: str
    vector: StemVector


def load_comment(stored: bytes) -> StoredComment:
    """Decode a stored comment."""
    data, vector = _loaded(stored)
    return StoredComment(Comment.from_dict(data["comment"]), data["article_id"], data["title"], vector)


def _stored(data: dict[str, Any], vector: bytes) -> bytes:
    text = orjson.dumps(data)
    return len(text).to_bytes(LENGTH, "little") + text + vector


def _loaded(stored: bytes) -> tuple[dict[str, Any], StemVector]:
    end = LENGTH + int.from_bytes(stored[:LENGTH], "little")
    return orjson.loads(stored[LENGTH:end]), from_bytes(stored[end:])
