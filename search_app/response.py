"""The shapes of an answer, as the API prints them and the pages show them.

Names ending in ``_html``, ``snippet`` and ``snippets`` hold HTML-safe text: escaped, with ``<mark>`` as the
only tag. Everything else is text as the source had it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, TypedDict

if TYPE_CHECKING:
    from index.documents import Article
    from search_app.request import Request


class Understood(TypedDict):
    """What was asked: as typed, and as it was read (words set aside and phrases shown)."""

    text: str
    understood: str
    corrected_from: str | None


class CommentLine(TypedDict):
    """A matching comment under its article."""

    id: str
    author: str
    date: str | None
    date_precision: str | None
    snippet: str


class CommentsOfHit(TypedDict):
    """``total`` distinct comments, ``declared`` by the page, ``matching`` the query; up to three listed."""

    total: int
    declared: int | None
    matching: int
    hits: list[CommentLine]


class AlsoAt(TypedDict):
    """Another article that has the same text; strings are empty where nothing is known."""

    id: str
    url: str
    title: str
    source: str
    date: str | None
    date_precision: str | None


class ArticleHit(TypedDict):
    """One article found. With ``fold`` it stands for those of ``also_at``, whether these match or not."""

    type: Literal["article"]
    id: str
    url: str
    title: str
    title_html: str
    snippets: list[str]
    date: str | None
    date_precision: str | None
    source: str
    section: str
    author: str
    score: float
    also_at: list[AlsoAt]
    comments: CommentsOfHit


class CommentHit(TypedDict):
    """One comment found, with ``in=comments``."""

    type: Literal["comment"]
    id: str
    article_id: str
    article_title: str
    author: str
    date: str | None
    date_precision: str | None
    snippet: str
    likes: int
    score: float


class Response(TypedDict):
    """The answer to a search. ``took_ms`` covers all from the open index to this object."""

    query: Understood
    total: int
    page: int
    size: int
    took_ms: float
    hits: list[ArticleHit | CommentHit]
    facets: dict[str, Any]
    suggestion: str | None


class SectionView(TypedDict):
    """A part of an article: ``heading_html`` may be empty; a paragraph each in ``paragraphs_html``."""

    heading_html: str
    paragraphs_html: list[str]


class CommentView(TypedDict):
    """A comment on the article's page; ``depth`` counts the comments above it in its thread."""

    id: str
    author: str
    date: str | None
    date_precision: str | None
    paragraphs_html: list[str]
    likes: int
    copies: int
    depth: int
    matching: bool


class ArticleView(TypedDict):
    """An article to read, with the words of the search marked."""

    id: str
    url: str
    kicker_html: str
    title: str
    title_html: str
    lead_html: str
    sections: list[SectionView]
    date: str | None
    date_precision: str | None
    date_source: str | None
    source: str
    section: str
    author: str
    tags: list[str]
    also_at: list[AlsoAt]
    comments_declared: int | None
    comments: list[CommentView]
    matching: int


class Overview(TypedDict):
    """What the index holds: for the first page and the filters; values with their counts, commonest first."""

    articles: int
    comments: int
    sources: list[tuple[str, int]]
    sections: list[tuple[str, int]]


class Attested(TypedDict):
    """A folded word that a rule asked for; ``times`` 0: it is attested nowhere."""

    word: str
    times: int


class RuleApplied(TypedDict):
    """What a rule did on the way to ``level``; ``after`` is empty where a stop word loses its stem."""

    level: str
    rule: str
    says: str
    before: str
    after: str
    evidence: list[Attested]


class TokenView(TypedDict):
    """A word of a text: ``text[start:end] == surface`` in code points; ``attested`` None where not Arabic."""

    surface: str
    start: int
    end: int
    position: int
    attested: int | None
    levels: dict[str, list[str]]
    rules: list[RuleApplied]


class LexiconView(TypedDict):
    """Where the counts come from: the index, or the shipped ``base`` list alone; ``words`` it counts."""

    source: Literal["index", "base"]
    generation: str | None
    words: int


class Analysis(TypedDict):
    """How a text is understood."""

    text: str
    tokens: list[TokenView]
    lexicon: LexiconView


class Service(Protocol):
    """What pages and API ask of the search. Safe to call from many threads."""

    def search(self, request: Request) -> Response:
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
