"""Reads single articles and comments out of JSON as the write API is given them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.indexer.sources import fields
from kashshaf.indexer.sources.identity import LONGEST_ID, canonical, complete, is_sane
from kashshaf.indexer.sources.outcome import Found, UnfitError
from kashshaf.indexer.sources.reading import ReaderOptions, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from typing import Any

    from kashshaf.index.documents import Article, Comment

NO_NAME = "it has neither an id nor a url with its host, and by one of them it is found again; give one"
UNFIT_ID = (
    f"its id cannot be one: an id has 1 to {LONGEST_ID} characters, all of them visible, no blank at its"
    " ends, and no step of its path is empty, . or .."
)
NO_OBJECT = "it is no JSON object"


class GivenArticle(NamedTuple):
    """An article as it was given, completed. ``with_comments``: False where nothing was said of comments."""

    article: Article
    with_comments: bool
    mended: tuple[str, ...]


class GivenComment(NamedTuple):
    """A comment as it was given, its id perhaps empty."""

    comment: Comment
    mended: tuple[str, ...]


def read_article(value: object, zone: tzinfo) -> GivenArticle:
    """The article in a JSON value; raises UnfitError, with the reason, where it is none."""
    data = _object(value)
    _check_id(data)
    reading = _reading(zone)
    article, notes = fields.article(data, reading)
    if not article.id and not canonical(article.url):
        raise UnfitError(NO_NAME)
    found = complete(Found(article, "", notes), reading, "")
    return GivenArticle(found.article, data.get("comments") is not None, found.mended)


def read_comment(value: object, zone: tzinfo) -> GivenComment:
    """The comment in a JSON value; raises UnfitError, with the reason, where it is none."""
    data = _object(value)
    _check_id(data)
    return GivenComment(*fields.comment(data, _reading(zone)))


def completed(article: Article, comments: tuple[Comment, ...], zone: tzinfo) -> Article:
    """An article with other comments: with their ids, each once, and pointing at others that are there."""
    changed = replace(article, comments=comments)
    return complete(Found(changed, ""), _reading(zone), "").article


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UnfitError(NO_OBJECT)
    return value


def _check_id(data: Mapping[str, Any]) -> None:
    """Raise UnfitError for an id that would be replaced by another: nobody could use it any more."""
    given = data.get("id")
    if given not in (None, "") and not is_sane(str(given)):
        raise UnfitError(UNFIT_ID)


def _reading(zone: tzinfo) -> Reading:
    """The context of what was sent just now: an age such as «منذ ساعة» is counted back from this moment."""
    now = datetime.now(zone)
    return Reading(ReaderOptions(now, zone), now)
