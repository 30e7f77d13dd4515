"""A stand-in for the search: finds words as they stand, marks whole words, keeps the contract."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyzers.analyzer import Analyzer
from index.errors import NoIndexError, NotFoundError
from search_app.explain.analysis import analysis
from tests.search_app.stories import ARTICLES

if TYPE_CHECKING:
    from index.documents import Article, Comment
    from search_app.explain.shapes import Analysis
    from search_app.query.parameters import SearchRequest
    from search_app.results.shapes import (
        AlsoAt,
        ArticleHit,
        ArticleView,
        CommentHit,
        CommentsOfHit,
        CommentView,
        Overview,
        Response,
    )

_WORD = re.compile(r"\w+")
SNIPPET = 180


@dataclass(slots=True)
class FakeService:
    """The ``Service`` contract over a handful of articles; ``error`` is raised by every call when set."""

    articles: tuple[Article, ...] = ARTICLES
    error: Exception | None = None
    asked: list[SearchRequest] = field(default_factory=list)
    also: dict[str, list[AlsoAt]] = field(default_factory=dict)

    def search(self, request: SearchRequest) -> Response:
        self._fail()
        self.asked.append(request)
        words = _words(request.text)
        hits = self._comments(request, words) if request.target == "comments" else self._hits(request, words)
        start = (request.page - 1) * request.size
        return {
            "query": {"text": request.text, "understood": request.text, "corrected_from": None, "notes": []},
            "total": len(hits),
            "total_partial": 0,
            "page": request.page,
            "size": request.size,
            "took_ms": 1.5,
            "hits": hits[start : start + request.size],
            "facets": {},
            "suggestion": None,
        }

    def article(self, article_id: str) -> Article:
        self._fail()
        for article in self.articles:
            if article.id == article_id:
                return article
        raise NotFoundError(f"there is no article {article_id!r} in the index")

    def also_at(self, article_id: str) -> list[AlsoAt]:
        self.article(article_id)
        return self.also.get(article_id, [])

    def view(self, article_id: str, text: str) -> ArticleView:
        article = self.article(article_id)
        words = _words(text)
        comments = _comment_views(article, words)
        return {
            "id": article.id,
            "url": article.url,
            "kicker_html": _mark(article.kicker, words),
            "title": article.title,
            "title_html": _mark(article.title, words),
            "lead_html": _mark(article.lead, words),
            "sections": [
                {"heading_html": _mark(part.heading, words), "paragraphs_html": _paragraphs(part.text, words)}
                for part in article.sections
            ],
            "date": article.date,
            "date_precision": article.date_precision,
            "date_source": article.date_source,
            "source": article.source,
            "section": article.section,
            "author": article.author,
            "tags": list(article.tags),
            "also_at": self.also_at(article_id),
            "comments_declared": article.comments_declared,
            "comments": comments,
            "matching": sum(comment["matching"] for comment in comments),
        }

    def overview(self) -> Overview:
        self._fail()
        return {
            "articles": len(self.articles),
            "comments": sum(len(article.comments) for article in self.articles),
            "sources": Counter(article.source for article in self.articles).most_common(),
            "sections": Counter(article.section for article in self.articles).most_common(),
        }

    def analyse(self, text: str) -> Analysis:
        self._fail()
        return analysis(text, Analyzer(), None)

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error

    def _hits(self, request: SearchRequest, words: set[str]) -> list[ArticleHit | CommentHit]:
        return [
            {**_hit(article, words), "also_at": self.also.get(article.id, [])}
            for article in self.articles
            if _allowed(article, request) and (not words or words & _words(_all_text(article)))
        ]

    def _comments(self, request: SearchRequest, words: set[str]) -> list[ArticleHit | CommentHit]:
        return [
            _comment_hit(article, comment, words)
            for article in self.articles
            if _allowed(article, request)
            for comment in article.comments
            if not words or words & _words(comment.text)
        ]


def without_index() -> FakeService:
    """A service with nothing to open."""
    return FakeService(error=NoIndexError("there is no index in /secret/place"))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def _all_text(article: Article) -> str:
    parts = [article.title, article.lead, *(part.text for part in article.sections)]
    return " ".join([*parts, *(comment.text for comment in article.comments)])


def _allowed(article: Article, request: SearchRequest) -> bool:
    return (
        (not request.source or article.source in request.source)
        and (not request.section or article.section in request.section)
        and (not request.article or article.id == request.article)
        and (not request.tag or bool({*request.tag} & {*article.tags}))
        and not request.author
    )


def _mark(text: str, words: set[str]) -> str:
    marked, end = [], 0
    for found in _WORD.finditer(text):
        if found[0] in words:
            marked += [html.escape(text[end : found.start()]), f"<mark>{html.escape(found[0])}</mark>"]
            end = found.end()
    return "".join([*marked, html.escape(text[end:])])


def _paragraphs(text: str, words: set[str]) -> list[str]:
    return [_mark(paragraph, words) for paragraph in text.split("\n\n")]


def _hit(article: Article, words: set[str]) -> ArticleHit:
    body = " ".join([article.lead, *(part.text for part in article.sections)]).strip()
    return {
        "type": "article",
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "title_html": _mark(article.title, words),
        "snippets": [_mark(body[:SNIPPET], words) + " …"],
        "date": article.date,
        "date_precision": article.date_precision,
        "source": article.source,
        "section": article.section,
        "author": article.author,
        "score": 1.0,
        "match": "full",
        "missing": [],
        "also_at": [],
        "comments": _comments_of_hit(article, words),
    }


def _comments_of_hit(article: Article, words: set[str]) -> CommentsOfHit:
    matching = [comment for comment in article.comments if words & _words(comment.text)]
    return {
        "total": len(article.comments),
        "declared": article.comments_declared,
        "matching": len(matching),
        "hits": [
            {
                "id": comment.id,
                "author": comment.author,
                "date": comment.date,
                "date_precision": comment.date_precision,
                "snippet": _mark(comment.text[:SNIPPET], words),
            }
            for comment in matching[:3]
        ],
    }


def _comment_hit(article: Article, comment: Comment, words: set[str]) -> CommentHit:
    return {
        "type": "comment",
        "id": comment.id,
        "article_id": article.id,
        "article_title": article.title,
        "author": comment.author,
        "date": comment.date,
        "date_precision": comment.date_precision,
        "snippet": _mark(comment.text, words),
        "likes": comment.likes,
        "score": 1.0,
        "match": "full",
        "missing": [],
    }


def _comment_views(article: Article, words: set[str]) -> list[CommentView]:
    depths = {"": -1}
    views: list[CommentView] = []
    for comment in article.comments:
        depths[comment.id] = depths[comment.parent] + 1
        views.append(
            {
                "id": comment.id,
                "author": comment.author,
                "date": comment.date,
                "date_precision": comment.date_precision,
                "paragraphs_html": _paragraphs(comment.text, words),
                "likes": comment.likes,
                "copies": comment.copies,
                "depth": depths[comment.id],
                "matching": bool(words & _words(comment.text)),
            }
        )
    return views
