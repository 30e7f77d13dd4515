"""The service that the web application asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.documents import Article
    from search_app.explain.shapes import Analysis
    from search_app.query.parameters import SearchRequest
    from search_app.results.shapes import AlsoAt, ArticleView, Overview, Response


class Service(Protocol):
    """What pages and API ask of the search. Safe to call from many threads."""

    def search(self, request: SearchRequest) -> Response:
        """The answer; raises UsageError for a request that makes no sense."""

    def article(self, article_id: str) -> Article:
        """The stored article with all its comments; raises NotFoundError."""

    def also_at(self, article_id: str) -> list[AlsoAt]:
        """The other articles that have the same text; raises NotFoundError."""

    def view(self, article_id: str, text: str) -> ArticleView:
        """The article to read, the words of the query ``text`` marked; raises NotFoundError."""

    def overview(self) -> Overview:
        """What the index holds; raises NoIndexError or BrokenIndexError where there is nothing to open."""

    def analyse(self, text: str) -> Analysis:
        """How a text is understood: by the lexicon of the index, without an index by the shipped list."""
