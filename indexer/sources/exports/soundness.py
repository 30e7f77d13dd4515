"""Looks through articles in their stored form, which nothing mends: each field is as the index has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kashshaf.index.documents import DATE_SOURCES, PRECISIONS, Article, Comment
from kashshaf.indexer.sources.identity import is_sane

TEXTS = ("id", "url", "image", "kicker", "title", "lead", "source", "section", "author")


def sound_article(data: dict[str, Any]) -> Article | None:
    """The article in the JSON form that :meth:`Article.to_dict` returns; None for anything else."""
    try:
        article = Article.from_dict(data)
        return article if _is_sound(article) else None
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def _is_sound(article: Article) -> bool:
    headings = (text for section in article.sections for text in (section.heading, section.text))
    return (
        _are_texts(*(getattr(article, name) for name in TEXTS), *article.tags, *headings)
        and is_sane(article.id)
        and _is_date(article.date, article.date_precision)
        and article.date_source in (None, *DATE_SOURCES)
        and _are_counts(article.comments_declared or 0)
        and all(map(_is_comment, article.comments))
    )


def _is_comment(comment: Comment) -> bool:
    return (
        _are_texts(comment.id, comment.author, comment.text, comment.parent)
        and is_sane(comment.id)
        and _is_date(comment.date, comment.date_precision)
        and _are_counts(comment.likes, comment.copies)
    )


def _are_texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def _are_counts(*values: object) -> bool:
    return all(isinstance(value, int) and not isinstance(value, bool) for value in values)


def _is_date(date: object, precision: object) -> bool:
    """True for an ISO date with a precision, and for neither; raises ValueError for another text."""
    if date is None or precision is None:
        return date is precision
    return precision in PRECISIONS and isinstance(date, str) and bool(datetime.fromisoformat(date))
