"""The search: both indexes asked, comments joined, passages cut. Knows nothing of the web."""

from __future__ import annotations

import contextlib
import time
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from kashshaf.analyzers.analyzer import UNKNOWN_WORD, Analyzer
from kashshaf.analyzers.errors import LexiconError
from kashshaf.analyzers.letters import ALEF
from kashshaf.index.errors import IndexingError, NoIndexError, NotFoundError
from kashshaf.index.limits.deadline import in_time, time_limit
from kashshaf.index.query import Filters, Search
from kashshaf.index.schema import INDEXES
from kashshaf.index.settings import PINS
from kashshaf.index.store.generations import Store
from kashshaf.index.store.snapshot import Snapshot, Snapshots
from kashshaf.index.stored_documents import comment_key, load_comment
from kashshaf.search_app.query.edited.edited_file import EditedFile
from kashshaf.search_app.query.edited.pins import read_pins
from kashshaf.search_app.query.fallback import fitted
from kashshaf.search_app.query.language.reader import parse_now
from kashshaf.search_app.query.parameters import TYPE
from kashshaf.search_app.query.parameters import read as read_request
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.query.plan import plan
from kashshaf.search_app.query.rereading import Rereading, reread
from kashshaf.search_app.query.rewrites.corpus_words import CorpusWords
from kashshaf.search_app.query.rewrites.near import near
from kashshaf.search_app.query.synonyms.in_use import SynonymsInUse
from kashshaf.search_app.results.answer import NO_WORDS, Answer, answer
from kashshaf.search_app.results.article_page import PAGE, Part, article_page, comments
from kashshaf.search_app.results.article_view import MatchingComments, view
from kashshaf.search_app.results.garbage import collect_rarely
from kashshaf.search_app.results.marks.highlight import Marker
from kashshaf.search_app.results.order.tiers import Tiers
from kashshaf.search_app.results.page import others_counted
from kashshaf.search_app.results.republications import Republications
from kashshaf.search_app.results.similar import NO_ARTICLE, similar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kashshaf.index.documents import Article
    from kashshaf.index.results import Hit
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.explain.shapes import Analysis
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.query.parsed_query import ParsedQuery
    from kashshaf.search_app.results.article_page import ArticlePage
    from kashshaf.search_app.results.page import Page
    from kashshaf.search_app.results.shapes import (
        AlsoAt,
        ArticleView,
        CommentHit,
        FacetValue,
        Overview,
        Response,
        Similar,
        Suggestions,
    )
    from kashshaf.search_app.results.suggesting import Suggesting

ENOUGH = 10
"""Full matches that make a query a right one: they fill a page, and a rereading costs time."""
REREADING = 0.25
"""Share of the time limit in which another reading is looked for: the page is made after it."""
WARMING = ("في", UNKNOWN_WORD, f'"{UNKNOWN_WORD}"')
"""A word that nearly all articles have, one that none has, and that in quotes: they ask every table."""
TIME_LIMIT = "time_limit"
"""The note on an answer that lacks what was not done at the time limit."""
ELSEWHERE = 20
"""Matching comments named of those on other pages of an article."""
NO_OTHERS: list[AlsoAt] = []
NO_MATCHES = MatchingComments(0, set(), ())
FIRST = Part()


class IndexState(NamedTuple):
    """An index as monitoring tells it; ``committed`` is the time of its last commit."""

    generation: str
    engine: str
    articles: int
    comments: int
    committed: datetime


class SearchService:
    """Answers searches on the index that the settings name. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._zone = ZoneInfo(settings.timezone)
        self._seconds = settings.search_time_limit
        self._snapshots = Snapshots(Store(settings.index))
        self.listener: Callable[[SearchRequest, Response], None] | None = None
        """Told of every search that was answered."""
        self._synonyms = SynonymsInUse(settings)
        self._pins = EditedFile(settings.pins, read_pins, required=settings.pins != PINS)

    def search(self, request: SearchRequest) -> Response:
        """The answer to a request; raises UsageError, TimeLimitError, NoIndexError or BrokenIndexError.

        At the time limit it is what has been found by then; TimeLimitError where that is nothing.
        """
        with time_limit(self._seconds) as deadline, self._snapshots.use() as snapshot:
            started = time.perf_counter()
            asked, page = self._answered(snapshot, request)
            facets = in_time(lambda: self._with_types(snapshot, asked.request, page), page.facets)
        response: Response = {
            "query": {
                "text": asked.request.text,
                "understood": page.understood,
                "corrected_from": asked.corrected_from,
                "notes": [*page.notes, *([TIME_LIMIT] if deadline.reached else [])],
                "period": page.period,
                "excluded": page.excluded,
            },
            "total": page.total,
            "total_partial": page.total_partial,
            "page": request.page,
            "size": request.size,
            "took_ms": round((time.perf_counter() - started) * 1000, 1),
            "hits": page.hits,
            "facets": facets,
            "suggestion": asked.suggestion,
            "timed_out": deadline.reached,
        }
        if self.listener is not None:
            self.listener(request, response)
        return response

    def suggest(self, text: str) -> Suggestions:
        """The texts that one may be the beginning of."""
        with time_limit(self._seconds), self._snapshots.use() as snapshot:
            return self._suggesting.suggestions(snapshot, text)

    @cached_property
    def _suggesting(self) -> Suggesting:
        from kashshaf.search_app.results.suggesting import Suggesting  # noqa: PLC0415 - a search needs none

        return Suggesting(self._settings, self._zone)

    def _answered(self, snapshot: Snapshot, request: SearchRequest) -> tuple[Rereading, Page]:
        """The page of a request, or of its rereading where few documents match it fully."""
        typed = self._answer(snapshot, request)
        matches, as_typed = typed.matches, Rereading(request)
        if matches.total >= ENOUGH and all(hit.id in matches.full for hit in matches.hits[:1]):
            return as_typed, typed.page()
        asked = in_time(lambda: self._reread(snapshot, request), as_typed)
        if asked.request != request:
            meant = in_time(lambda: self._answer(snapshot, asked.request).page(), None)
            return (asked, meant) if meant else (as_typed, typed.page())
        return asked, typed.page()

    def _reread(self, snapshot: Snapshot, request: SearchRequest) -> Rereading:
        synonyms = self._synonyms.current()
        with time_limit(self._seconds * REREADING):
            snapshot.rehearse(lambda aside: reread(aside, request, self._zone, synonyms), 2)
            return reread(snapshot, request, self._zone, synonyms)

    def _answer(self, snapshot: Snapshot, request: SearchRequest) -> Answer:
        return answer(snapshot, request, self._zone, self._synonyms.current(), self._pins.current())

    def _with_types(
        self, snapshot: Snapshot, request: SearchRequest, page: Page
    ) -> dict[str, list[FacetValue]]:
        """The facets of a page, with the totals of both indexes where the request asks for them."""
        if TYPE not in request.facets:
            return page.facets
        totals = {request.target: page.total}
        for other in others_counted(request):
            totals[other.target] = self._answer(snapshot, other).total()
        types: list[FacetValue] = [{"value": target, "count": totals[target]} for target in INDEXES]
        every = {**page.facets, TYPE: types}
        return {name: every[name] for name in request.facets}

    def ranking(self, request: SearchRequest) -> tuple[Hit, ...]:
        """The hits of a search of articles without what a page shows of them."""
        with self._snapshots.use() as snapshot:
            return answer(snapshot, request, self._zone, self._synonyms.current()).ranking()

    def total(self, request: SearchRequest) -> int:
        """The number of matches of a request, read as typed; no search of a person's, so nobody is told."""
        with time_limit(self._seconds), self._snapshots.use() as snapshot:
            return self._answer(snapshot, request).total()

    def article(self, article_id: str) -> Article:
        """The stored article with its comments; raises NotFoundError."""
        with self._snapshots.use() as snapshot:
            return _article(snapshot, article_id)

    def comment_texts(self, hits: Iterable[CommentHit]) -> list[str]:
        """The whole text of each comment found; empty for one that was removed meanwhile."""
        keys = [comment_key(hit["article_id"], hit["id"]) for hit in hits]
        with self._snapshots.use() as snapshot:
            stored = snapshot.comments.stored(keys)
        return [load_comment(stored[key]).comment.text if key in stored else "" for key in keys]

    def similar(self, article_id: str) -> Similar:
        """The articles most like one, without its re-publications; raises NotFoundError."""
        with time_limit(self._seconds), self._snapshots.use() as snapshot:
            return {"hits": similar(snapshot, article_id, self._zone)}

    def page(self, article_id: str, asked: Part = FIRST) -> tuple[ArticlePage, list[AlsoAt]]:
        """The part of an article that is asked for, and its other publications; raises NotFoundError."""
        with self._snapshots.use() as snapshot:
            page = _page(snapshot, article_id, asked)
            return page, _others(snapshot, page)

    def view(self, article_id: str, text: str, asked: Part = FIRST) -> ArticleView:
        """The part of an article to read, with the query's words marked; raises NotFoundError.

        At the time limit it lacks marks and matching comments that were not found by then.
        """
        with time_limit(self._seconds), self._snapshots.use() as snapshot:
            page = _page(snapshot, article_id, asked)
            query = in_time(lambda: self._understood(snapshot, text), NO_WORDS)
            matching = in_time(lambda: _matching_comments(snapshot, query, page), NO_MATCHES)
            others = in_time(lambda: _others(snapshot, page), NO_OTHERS)
            return view(page, Marker(query, snapshot.analyzer), matching, others)

    def _understood(self, snapshot: Snapshot, text: str) -> ParsedQuery:
        """The query of a text, as a search of articles asks it."""
        asked = read(parse_now(text, self._zone), snapshot.analyzer, lambda: snapshot.words)
        asked = fitted(asked, snapshot.articles, "articles").query
        return self._synonyms.current().beside(asked, snapshot.analyzer, snapshot.articles)

    def overview(self) -> Overview:
        """The contents of the index, counted."""
        with self._snapshots.use() as snapshot:
            return {
                "articles": snapshot.articles.count(),
                "comments": snapshot.comments.count(),
                "sources": _commonest(snapshot.values("articles", "source")),
                "sections": _commonest(snapshot.values("articles", "section")),
            }

    def index_state(self) -> IndexState:
        """The generation that serves, and what it holds; raises NoIndexError or BrokenIndexError."""
        with self._snapshots.use() as snapshot:
            generation, engine = snapshot.generation.name, snapshot.generation.engine().name
            counts = snapshot.articles.count(), snapshot.comments.count()
            committed = datetime.fromisoformat(snapshot.state.committed)
            return IndexState(generation, engine, *counts, committed)

    def analyse(self, text: str) -> Analysis:
        """The analysis of a text: by the lexicon of the index, without an index by the shipped list."""
        from kashshaf.search_app.explain.analysis import analysis  # noqa: PLC0415 - a search explains none

        try:
            with self._snapshots.use() as snapshot:
                return analysis(text, snapshot.analyzer, snapshot.generation.name)
        except NoIndexError:
            return analysis(text, Analyzer(), None)

    def state(self) -> str:
        """A name of what answers depend on, another after each commit or edit; empty without an index."""
        with contextlib.suppress(Exception):  # whatever it is, the request that follows tells it better
            return f"{self._snapshots.stamp()} {self._synonyms.version()} {self._pins.stamp()}"
        return ""

    def stems(self, text: str) -> str:
        """The stems of a text in alphabetical order, each once: texts that share them ask for one thing."""
        with self._snapshots.use() as snapshot:
            found = {stem for token in snapshot.analyzer.tokens(text) for stem in token.forms.stem[:1]}
        return " ".join(sorted(found))

    def near(self, text: str) -> list[str]:
        """Texts near to this one in spelling whose words the index has, likeliest first, a few at most."""
        with self._snapshots.use() as snapshot:
            if not snapshot.words:
                return []
            corpus = CorpusWords(snapshot.words, snapshot.analyzer.lexicon)
            return near(text, corpus)

    def is_behind(self) -> bool:
        """Tell whether a newer index is there that cannot be opened; the log says why."""
        return self._snapshots.trouble is not None

    def warm_up(self) -> None:
        """Load what the first query would otherwise wait for; without an index, nothing.

        For a process that only serves: its garbage is collected rarely from then on.
        """
        with contextlib.suppress(IndexingError, LexiconError), self._snapshots.use() as snapshot:
            snapshot.analyzer.warm_up()
            self._synonyms.current().warm_up(snapshot.analyzer)
            self._suggesting.suggestions(snapshot, ALEF)
            for text in WARMING:
                request = read_request({"q": [text]}, self._settings)
                reread(snapshot, request, self._zone, self._synonyms.current())
                self._answer(snapshot, request).page()
        collect_rarely()

    def close(self) -> None:
        """Let go of the index."""
        self._snapshots.close()


def _article(snapshot: Snapshot, article_id: str) -> Article:
    article = snapshot.article(article_id)
    if article is None:
        raise NotFoundError(NO_ARTICLE.format(article_id))
    return article


def _page(snapshot: Snapshot, article_id: str, asked: Part) -> ArticlePage:
    page = article_page(snapshot, article_id, asked)
    if page is None:
        raise NotFoundError(NO_ARTICLE.format(article_id))
    return page


def _others(snapshot: Snapshot, page: ArticlePage) -> list[AlsoAt]:
    return Republications(snapshot, [page.story]).at(page.story, page.article.id)


def _matching_comments(snapshot: Snapshot, asked: ParsedQuery, page: ArticlePage) -> MatchingComments:
    """The comments of an article that match the query, the best ``PAGE`` of them by id."""
    if asked.is_empty() or not page.keys:
        return NO_MATCHES
    tiers = Tiers(snapshot.comments, plan(asked, snapshot.comments, "comments"), "auto")
    among = Search(filters=Filters((("article", (page.article.id,)),)), limit=min(len(page.keys), PAGE))
    found = tiers.page(among, snapshot.comments.search, both=False)
    keys = {hit.id for hit in found.hits}
    shown = {comment_key(page.article.id, comment.id) for comment in page.article.comments}
    others = [key for key in page.keys if key in keys and key not in shown][:ELSEWHERE]
    ids = {key.removeprefix(comment_key(page.article.id, "")) for key in keys}
    return MatchingComments(found.total, ids, comments(snapshot, others))


def _commonest(values: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(values.items(), key=lambda row: (-row[1], row[0]))
