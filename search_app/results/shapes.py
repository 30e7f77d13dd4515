"""The shapes of an answer, as the API prints them and the pages show them.

Names ending in ``_html``, ``snippet`` and ``snippets`` hold HTML-safe text: escaped, with ``<mark>`` as the
only tag. Everything else is text as the source had it.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from kashshaf.index.documents import DateSource, Precision
from kashshaf.search_app.explain.shapes import Explanation
from kashshaf.search_app.query.language.shown import Period

Kind = Literal["full", "partial"]
"""Of a hit: it has all words of the query, or lacks those that ``missing`` names as they were typed."""


class Understood(TypedDict):
    """A query as it was answered, and its canonical form, which is read as the same query.

    ``corrected_from`` is what was typed, where other words than those were looked for; ``text`` has these.
    ``notes`` says what was read otherwise than typed: ``unquoted``, a sentence that is nowhere was read as
    words; ``cut``, only the most telling words were asked for; ``time_as_words``, words of time restrict no
    dates; ``not_expanded``, a beginning or a spelling was read as the word itself; ``time_limit``, the answer
    lacks what was not done in time; or an Arabic sentence.
    ``period`` are the dates in the query, ``excluded`` the parts that no hit has, in canonical form.
    """

    text: str
    understood: str
    corrected_from: str | None
    notes: list[str]
    period: Period | None
    excluded: list[str]


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
    """One article found. With ``fold`` it stands for those of ``also_at``, whether these match or not.

    ``pinned`` is there, and true, where an editor put it first; ``why``, a sentence, and ``explain`` where
    the request asked for them.
    """

    type: Literal["article"]
    id: str
    url: str
    image: str
    title: str
    title_html: str
    snippets: list[str]
    date: str | None
    date_precision: str | None
    source: str
    section: str
    author: str
    score: float
    match: Kind
    missing: list[str]
    also_at: list[AlsoAt]
    comments: CommentsOfHit
    pinned: NotRequired[bool]
    why: NotRequired[str]
    explain: NotRequired[Explanation]


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
    match: Kind
    missing: list[str]
    why: NotRequired[str]
    explain: NotRequired[Explanation]


class FacetValue(TypedDict):
    """A value of a facet, as most often written, and the total that the search has when it is chosen."""

    value: str
    count: int


class Response(TypedDict):
    """The answer to a search. ``took_ms`` covers all from the open index to this object.

    ``suggestion`` is a query that finds more, in another spelling; None where there is none.
    ``total`` counts full matches and ``total_partial`` the others; without a full match, ``total`` counts the
    partial ones and ``total_partial`` is 0. ``facets`` has those that the request names. ``timed_out``: the
    time limit came first, so marks, matching comments, reasons, facets or a suggestion may lack.
    """

    query: Understood
    total: int
    total_partial: int
    page: int
    size: int
    took_ms: float
    hits: list[ArticleHit | CommentHit]
    facets: dict[str, list[FacetValue]]
    suggestion: str | None
    timed_out: bool


class Similar(TypedDict):
    """Articles like one, the most alike first; they were not searched for, so nothing in them is marked."""

    hits: list[ArticleHit]


class Suggestion(TypedDict):
    """A completed text; ``kind`` says what completes it."""

    text: str
    kind: Literal["word", "title", "name", "phrase", "query"]


class Suggestions(TypedDict):
    """Completions, likeliest first."""

    suggestions: list[Suggestion]


class StoredSection(TypedDict):
    """A part of an article: ``heading`` may be empty; paragraphs are parted by an empty line."""

    heading: str
    text: str


class StoredComment(TypedDict):
    """A comment as it is kept; ``parent`` is the id of the one it answers, or empty."""

    id: str
    author: str
    date: str | None
    date_precision: Precision | None
    text: str
    parent: str
    likes: int
    copies: int


class StoredArticle(TypedDict):
    """An article as it is kept (``Article.to_dict`` of ``index/documents.py``), with its re-publications.

    ``sections`` are those of one ``part`` of ``parts``, ``comments`` those of one page of ``comments_pages``.
    """

    id: str
    url: str
    image: str
    kicker: str
    title: str
    lead: str
    sections: list[StoredSection]
    date: str | None
    date_precision: Precision | None
    date_source: DateSource | None
    source: str
    section: str
    author: str
    tags: list[str]
    comments_declared: int | None
    comments: list[StoredComment]
    also_at: list[AlsoAt]
    comments_total: int
    comments_page: int
    comments_pages: int
    part: int
    parts: int


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
    """An article to read, with the words of the search marked.

    ``sections`` are those of one ``part`` of ``parts``; ``comments`` are those of one page of
    ``comments_pages``, ``comments_total`` all; ``elsewhere`` has the first matching ones of other pages.
    """

    id: str
    url: str
    image: str
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
    comments_total: int
    comments_page: int
    comments_pages: int
    matching: int
    elsewhere: list[CommentView]
    part: int
    parts: int


class Overview(TypedDict):
    """The contents of the index, for first page and filters; values with their counts, commonest first."""

    articles: int
    comments: int
    sources: list[tuple[str, int]]
    sections: list[tuple[str, int]]
