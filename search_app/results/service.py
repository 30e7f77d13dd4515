"""The search: both indexes asked, comments joined, passages cut. Knows nothing of the web."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kashshaf.analyzers.analyzer import UNKNOWN_WORD, Analyzer
from kashshaf.analyzers.errors import LexiconError
from kashshaf.analyzers.letters import ALEF
from kashshaf.index.errors import IndexingError, NoIndexError, NotFoundError
from kashshaf.index.query import Filters
from kashshaf.index.results import Group
from kashshaf.index.schema import INDEXES
from kashshaf.index.settings import PINS
from kashshaf.index.store.generations import Store
from kashshaf.index.store.snapshot import Snapshot, Snapshots
from kashshaf.index.stored_documents import comment_key, load_article
from kashshaf.search_app.explain.analysis import analysis
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
from kashshaf.search_app.results.answer import Answer, Page, answer
from kashshaf.search_app.results.article_view import view
from kashshaf.search_app.results.marks.highlight import Marker
from kashshaf.search_app.results.order.tiers import Tiers
from kashshaf.search_app.results.republications import Republications
from kashshaf.search_app.results.similar import NO_ARTICLE, similar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kashshaf.index.documents import Article
    from kashshaf.index.results import Hit
    from kashshaf.index.settings import Settings
    from kashshaf.search_app.explain.shapes import Analysis
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.query.parsed_query import ParsedQuery
    from kashshaf.search_app.results.shapes import (
        AlsoAt,
        ArticleView,
        FacetValue,
        Overview,
        Response,
        Similar,
        Suggestions,
    )
    from kashshaf.search_app.results.suggesting import Suggesting

ENOUGH = 10
"""Full matches that make a query a right one: they fill a page, and a rereading costs time."""
WARMING = ("في", UNKNOWN_WORD, f'"{UNKNOWN_WORD}"')
"""A word that nearly all articles have, one that none has, and that in quotes: they ask every table."""
NO_GROUP = Group(0, ())


class SearchService:
    """Answers searches on the index that the settings name. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._zone = ZoneInfo(settings.timezone)
        self._snapshots = Snapshots(Store(settings.index))
        self.listener: Callable[[SearchRequest, Response], None] | None = None
        """Told of every search that was answered."""
        self._synonyms = SynonymsInUse(settings)
        self._pins = EditedFile(settings.pins, read_pins, required=settings.pins != PINS)

    def search(self, request: SearchRequest) -> Response:
        """The answer to a request; raises UsageError, NoIndexError or BrokenIndexError."""
        with self._snapshots.use() as snapshot:
            started = time.perf_counter()
            asked, page = self._answered(snapshot, request)
            facets = self._with_types(snapshot, asked.request, page)
        response: Response = {
            "query": {
                "text": asked.request.text,
                "understood": page.understood,
                "corrected_from": asked.corrected_from,
                "notes": page.notes,
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
        }
        if self.listener is not None:
            self.listener(request, response)
        return response

    def suggest(self, text: str) -> Suggestions:
        """The texts that one may be the beginning of."""
        with self._snapshots.use() as snapshot:
            return self._suggesting.suggestions(snapshot, text)

    @cached_property
    def _suggesting(self) -> Suggesting:
        from kashshaf.search_app.results.suggesting import Suggesting  # noqa: PLC0415 - a search needs none

        return Suggesting(self._settings, self._zone)

    def _answered(self, snapshot: Snapshot, request: SearchRequest) -> tuple[Rereading, Page]:
        """The page of a request, or of its rereading where few documents match it fully."""
        page = self._answer(snapshot, request).page()
        if page.total >= ENOUGH and all(hit["match"] == "full" for hit in page.hits[:1]):
            return Rereading(request), page
        asked = reread(snapshot, request, self._zone, self._synonyms.current())
        return asked, page if asked.request == request else self._answer(snapshot, asked.request).page()

    def _answer(self, snapshot: Snapshot, request: SearchRequest) -> Answer:
        return answer(snapshot, request, self._zone, self._synonyms.current(), self._pins.current())

    def _with_types(
        self, snapshot: Snapshot, request: SearchRequest, page: Page
    ) -> dict[str, list[FacetValue]]:
        """The facets of a page, with the totals of both indexes where the request asks for them."""
        if TYPE not in request.facets:
            return page.facets
        totals = {request.target: page.total}
        for target in INDEXES:
            if target not in totals:
                other = replace(request, target=target, sort="relevance", page=1, size=0, facets=())
                totals[target] = self._answer(snapshot, other).total()
        types: list[FacetValue] = [{"value": target, "count": totals[target]} for target in INDEXES]
        every = {**page.facets, TYPE: types}
        return {name: every[name] for name in request.facets}

    def ranking(self, request: SearchRequest) -> tuple[Hit, ...]:
        """The hits of a search of articles without what a page shows of them."""
        with self._snapshots.use() as snapshot:
            return answer(snapshot, request, self._zone, self._synonyms.current()).ranking()

    def total(self, request: SearchRequest) -> int:
        """The number of matches of a request, read as typed; no search of a person's, so nobody is told."""
        with self._snapshots.use() as snapshot:
            return self._answer(snapshot, request).total()

    def article(self, article_id: str) -> Article:
        """The stored article with its comments; raises NotFoundError."""
        with self._snapshots.use() as snapshot:
            return _article(snapshot, article_id)

    def also_at(self, article_id: str) -> list[AlsoAt]:
        """The other articles that have the same text; raises NotFoundError."""
        with self._snapshots.use() as snapshot:
            return _also_at(snapshot, article_id)

    def similar(self, article_id: str) -> Similar:
        """The articles most like one, without its re-publications; raises NotFoundError."""
        with self._snapshots.use() as snapshot:
            return {"hits": similar(snapshot, article_id, self._zone)}

    def view(self, article_id: str, text: str) -> ArticleView:
        """The article to read, with the query's words marked; raises NotFoundError."""
        with self._snapshots.use() as snapshot:
            query = parse_now(text, self._zone)
            asked = read(query, snapshot.analyzer, lambda: snapshot.words)
            asked = fitted(asked, snapshot.articles, "articles").query
            asked = self._synonyms.current().beside(asked, snapshot.analyzer, snapshot.articles)
            article = _article(snapshot, article_id)
            matching = _matching_comments(snapshot, asked, article)
            others = _also_at(snapshot, article_id)
        return view(article, Marker(asked, snapshot.analyzer), matching, others)

    def overview(self) -> Overview:
        """The contents of the index, counted."""
        with self._snapshots.use() as snapshot:
            return {
                "articles": snapshot.articles.count(),
                "comments": snapshot.comments.count(),
                "sources": _commonest(snapshot.values("articles", "source")),
                "sections": _commonest(snapshot.values("articles", "section")),
            }

    def analyse(self, text: str) -> Analysis:
        """The analysis of a text: by the lexicon of the index, without an index by the shipped list."""
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

    def warm_up(self) -> None:
        """Load what the first query would otherwise wait for; without an index, nothing."""
        with contextlib.suppress(IndexingError, LexiconError), self._snapshots.use() as snapshot:
            snapshot.analyzer.warm_up()
            self._synonyms.current().warm_up(snapshot.analyzer)
            self._suggesting.suggestions(snapshot, ALEF)
            for text in WARMING:
                request = read_request({"q": [text]}, self._settings)
                reread(snapshot, request, self._zone, self._synonyms.current())
                self._answer(snapshot, request).page()

    def close(self) -> None:
        """Let go of the index."""
        self._snapshots.close()


def _article(snapshot: Snapshot, article_id: str) -> Article:
    article = snapshot.article(article_id)
    if article is None:
        raise NotFoundError(NO_ARTICLE.format(article_id))
    return article


def _also_at(snapshot: Snapshot, article_id: str) -> list[AlsoAt]:
    stored = snapshot.articles.stored([article_id]).get(article_id)
    if stored is None:
        raise NotFoundError(NO_ARTICLE.format(article_id))
    story = load_article(stored).story
    return Republications(snapshot, [story]).at(story, article_id)


def _matching_comments(snapshot: Snapshot, asked: ParsedQuery, article: Article) -> set[str]:
    """The ids of the article's comments that match the query."""
    if asked.is_empty() or not article.comments:
        return set()
    tiers = Tiers(snapshot.comments, plan(asked, snapshot.comments, "comments"), "auto")
    among = Filters((("article", (article.id,)),))
    found = tiers.groups(among, "article", len(article.comments)).get(article.id, NO_GROUP)
    keys = {comment_key(article.id, comment.id): comment.id for comment in article.comments}
    return {keys[hit.id] for hit in found.hits if hit.id in keys}


def _commonest(values: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(values.items(), key=lambda row: (-row[1], row[0]))
