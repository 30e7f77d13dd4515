"""The answer to one request on one snapshot: matches, their comments, marks and passages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.index.limits.deadline import in_time, is_over
from kashshaf.index.query import Filters, Search
from kashshaf.index.schema import STORY
from kashshaf.index.stored_documents import load_article, load_comment, shown_texts
from kashshaf.search_app.query.edited.pins import NO_PIN, NO_PINS
from kashshaf.search_app.query.fallback import fitted
from kashshaf.search_app.query.filters import filters
from kashshaf.search_app.query.language.canonical import canonical
from kashshaf.search_app.query.language.reader import parse_now
from kashshaf.search_app.query.language.shown import excluded_values, period
from kashshaf.search_app.query.language.time_words import literally
from kashshaf.search_app.query.names import with_whole_names
from kashshaf.search_app.query.parsed_query import ParsedQuery
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.query.plan import Plan, listing, plan
from kashshaf.search_app.query.synonyms.synonyms import NO_SYNONYMS
from kashshaf.search_app.results.article_page import beginning
from kashshaf.search_app.results.facets import Facets
from kashshaf.search_app.results.marks.highlight import Marker
from kashshaf.search_app.results.marks.snippets import snippets
from kashshaf.search_app.results.order.comment_order import CommentOrder
from kashshaf.search_app.results.order.pinning import pinned, with_pinned, without_hidden
from kashshaf.search_app.results.order.tiers import TieredMatches, Tiers
from kashshaf.search_app.results.republications import Republications

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from kashshaf.index.documents import Article
    from kashshaf.index.query import Order
    from kashshaf.index.results import Group, Hit
    from kashshaf.index.schema import IndexName
    from kashshaf.index.store.snapshot import Snapshot
    from kashshaf.index.stored_documents import StoredArticle
    from kashshaf.search_app.query.edited.pins import Pins
    from kashshaf.search_app.query.language.shown import Period
    from kashshaf.search_app.query.language.tree import Query
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.query.request_values import Sort
    from kashshaf.search_app.query.synonyms.synonyms import Synonyms
    from kashshaf.search_app.results.shapes import (
        ArticleHit,
        CommentHit,
        CommentLine,
        CommentsOfHit,
        FacetValue,
        Kind,
    )
    from kashshaf.search_app.results.why import Reasons


COMMENTS_LISTED = 3
"""Matching comments shown under an article."""
SNIPPETS = 2
"""Passages shown of an article."""
NO_WORDS = ParsedQuery((), ())
NO_COMMENTS: Mapping[str, Group] = {}
ORDERS: Mapping[Sort, Order] = {"newest": "newest", "oldest": "oldest", "likes": "likes"}
"""The orders in which an engine ranks whatever the words are."""
TIME_AS_WORDS = "time_as_words"
"""The note on words of time whose days have nothing: they are looked for as a phrase."""


class Found(NamedTuple):
    """A hit, its kind, and the words and phrases of the query that it lacks."""

    hit: Hit
    kind: Kind
    missing: list[str]


class Page(NamedTuple):
    """The hits of a page, the totals, and the query as it was read."""

    hits: list[ArticleHit | CommentHit]
    total: int
    total_partial: int
    understood: str
    notes: list[str]
    period: Period | None
    excluded: list[str]
    facets: dict[str, list[FacetValue]]


def answer(
    snapshot: Snapshot,
    request: SearchRequest,
    zone: tzinfo,
    synonyms: Synonyms = NO_SYNONYMS,
    pins: Pins = NO_PINS,
) -> Answer:
    """The answer to a request; words of time («أمس») restrict its dates only where that finds something."""
    query = parse_now(request.text, zone)
    found = Answer(snapshot, request, query, zone, (), synonyms, pins)
    if query.dates and query.dates.surface and not found.total():
        return Answer(snapshot, request, literally(query), zone, (TIME_AS_WORDS,), synonyms, pins)
    return found


class Answer:
    """One request, with its text read as a query, on one snapshot."""

    def __init__(
        self,
        snapshot: Snapshot,
        request: SearchRequest,
        query: Query,
        zone: tzinfo,
        notes: tuple[str, ...] = (),
        synonyms: Synonyms = NO_SYNONYMS,
        pins: Pins = NO_PINS,
    ) -> None:
        self._zone = zone
        self._query = query
        self._snapshot = snapshot
        self._request = request
        self._index: IndexName = request.target
        parsed = read(query, snapshot.analyzer, lambda: snapshot.words)
        fit, done = fitted(parsed, snapshot.reader(self._index), self._index)
        self._asked = synonyms.beside(fit, snapshot.analyzer, snapshot.reader(self._index))
        self._excluded = [part.typed() for part in parsed.excluded]
        self._notes = (*query.notes, *notes, *parsed.notes, *done)
        self._named = with_whole_names(query, lambda name: snapshot.spellings(self._index, name))
        self._pin = pins.of(parsed, snapshot.analyzer) if self._index == "articles" else NO_PIN
        self._marker = Marker(self._asked if request.passages else NO_WORDS, snapshot.analyzer)
        restricts = query.filters or query.dates or parsed.excluded
        self._lists = parsed.is_empty() and bool(restricts or not request.text.strip())
        self._plan = listing(parsed, self._index) if self._lists else self._planned(self._index)
        self._tiers = Tiers(snapshot.reader(self._index), self._plan, request.match)

    def page(self) -> Page:
        """The page that the request asks for."""
        matches, found = self._matches()
        hits: list[ArticleHit | CommentHit] = (
            self._comments(found) if self._index == "comments" else [*self._articles(found)]
        )
        return Page(
            hits,
            matches.total,
            matches.total_partial,
            canonical(self._query),
            list(self._notes),
            period(self._query),
            [*self._excluded, *excluded_values(self._query)],
            self._facets(),
        )

    @cached_property
    def _reasons(self) -> Reasons | None:
        """The reasons of the hits, where these were asked for."""
        request, reader = self._request, self._snapshot.reader(self._index)
        if not (request.why or request.explain):
            return None
        # The command line asks for none, and these follow every rule of the analysis.
        from kashshaf.search_app.explain.scores import zone_scores  # noqa: PLC0415
        from kashshaf.search_app.results.why import Reasons  # noqa: PLC0415

        ids = tuple(hit.id for hit in self._tiered.hits)
        if not request.explain:
            return Reasons(self._asked, self._snapshot.analyzer, self._marker)
        scores = in_time(lambda: zone_scores(self._plan.scoring, ids, reader), None)
        return None if scores is None else Reasons(self._asked, self._snapshot.analyzer, self._marker, scores)

    def total(self) -> int:
        """The number of matches: of full ones if there are any, else of partial ones."""
        return self._tiered.total

    def ranking(self) -> tuple[Hit, ...]:
        """The page's hits and their scores."""
        return self._tiered.hits

    def listed(self, hits: Sequence[Hit]) -> list[ArticleHit]:
        """Articles found by another search, as a page shows them."""
        return self._articles([Found(hit, "full", []) for hit in hits])

    def _matches(self) -> tuple[TieredMatches, list[Found]]:
        matches = self._tiered
        partial = [hit.id for hit in matches.hits if hit.id not in matches.full]
        unknown: dict[str, list[str]] = {id_: [] for id_ in partial}
        missing = unknown
        if partial and self._request.passages:
            missing = in_time(lambda: self._tiers.missing(partial), unknown)
        return matches, [
            Found(hit, "partial" if hit.id in missing else "full", missing.get(hit.id, []))
            for hit in matches.hits
        ]

    def _facets(self) -> dict[str, list[FacetValue]]:
        counting = Facets(self._snapshot, self._request, self._tiers, self._named, self._zone, self._pin)
        return in_time(lambda: counting.counted(self._search), {}) if self._request.facets else {}

    @cached_property
    def _search(self) -> Search:
        """The page that is asked for, without the words."""
        request = self._request
        listed: Order = "newest" if self._lists else "relevance"
        page = Search(
            filters=filters(request.filters, self._index, self._zone, self._named),
            order=ORDERS.get(request.sort, listed),
            offset=(request.page - 1) * request.size,
            limit=request.size,
            fold=STORY if self._index == "articles" and request.fold and self._snapshot.state.stories else "",
        )
        return without_hidden(page, self._pin)

    @cached_property
    def _tiered(self) -> TieredMatches:
        request, page = self._request, self._search
        if request.sort == "comments" and self._index == "articles" and not self._asked.is_empty():
            counts = {article: group.total for article, group in self._comment_groups(Filters(), 0).items()}
            order = CommentOrder(self._snapshot.articles, counts)
            return self._tiers.page(page, order.search, both=False)
        rank = self._snapshot.reader(self._index).search
        by_words = page.order == "relevance"
        if by_words and (first := pinned(self._snapshot, self._pin, page, self._plan.scoring)):
            return with_pinned(
                self._snapshot, first, page, lambda rest: self._tiers.page(rest, rank, both=True), self._tiers
            )
        return self._tiers.page(page, rank, both=by_words)

    def _planned(self, index: IndexName) -> Plan:
        return plan(self._asked, self._snapshot.reader(index), index)

    def _comment_groups(self, filters: Filters, size: int) -> Mapping[str, Group]:
        """The comments that match the query, by article."""
        if self._asked.is_empty() or not self._snapshot.comments.count():
            return NO_COMMENTS
        tiers = Tiers(self._snapshot.comments, self._planned("comments"), self._request.match)
        return tiers.groups(filters, "article", size)

    def _comments(self, found: Sequence[Found]) -> list[ArticleHit | CommentHit]:
        stored = self._snapshot.comments.stored(each.hit.id for each in found)
        return [self._comment_hit(each, stored[each.hit.id]) for each in found]

    def _articles(self, found: Sequence[Found]) -> list[ArticleHit]:
        """Articles with their matching comments."""
        ids = [each.hit.id for each in found]
        stored = {id_: load_article(row) for id_, row in self._snapshot.articles.stored(ids).items()}
        stories = [article.story for article in stored.values()]
        nowhere = Republications(self._snapshot, ())
        also = in_time(lambda: Republications(self._snapshot, stories), nowhere)
        among = Filters((("article", tuple(ids)),))
        groups = in_time(lambda: self._comment_groups(among, COMMENTS_LISTED), NO_COMMENTS)
        texts = self._snapshot.comments.stored(hit.id for group in groups.values() for hit in group.hits)
        hits = [
            self._article_hit(each, stored[each.hit.id], groups.get(each.hit.id), texts) for each in found
        ]
        for hit in hits:
            if self._request.sort == "relevance" and hit["id"] in self._pin.articles:
                hit["pinned"] = True
            hit["also_at"] = also.at(stored[hit["id"]].story, hit["id"])
            if self._reasons and not is_over():
                group = groups.get(hit["id"])
                listed = [load_comment(texts[each.id]).comment.text for each in group.hits] if group else []
                self._reasons.of_article(hit, beginning(stored[hit["id"]].article), listed)
        return hits

    def _article_hit(
        self, found: Found, stored: StoredArticle, group: Group | None, texts: Mapping[str, bytes]
    ) -> ArticleHit:
        self._marker.knows(shown_texts(stored.article), stored.vector)
        article = beginning(stored.article)
        paragraphs = [article.lead, *_paragraphs(article)]
        comments: CommentsOfHit = {
            "total": len(stored.comment_keys),
            "declared": article.comments_declared,
            "matching": group.total if group else 0,
            "hits": [self._comment_line(texts[hit.id]) for hit in group.hits] if group else [],
        }
        return {
            "type": "article",
            "id": article.id,
            "url": article.url,
            "image": article.image,
            "title": article.title,
            "title_html": self._marker.mark_up(article.title),
            "snippets": snippets(paragraphs, self._marker, SNIPPETS),
            "date": article.date,
            "date_precision": article.date_precision,
            "source": article.source,
            "section": article.section,
            "author": article.author,
            "score": found.hit.score,
            "match": found.kind,
            "missing": found.missing,
            "also_at": [],
            "comments": comments,
        }

    def _comment_line(self, stored: bytes) -> CommentLine:
        loaded = load_comment(stored)
        comment = loaded.comment
        self._marker.knows([comment.text], loaded.vector)
        return {
            "id": comment.id,
            "author": comment.author,
            "date": comment.date,
            "date_precision": comment.date_precision,
            "snippet": self._snippet(comment.text),
        }

    def _comment_hit(self, found: Found, stored: bytes) -> CommentHit:
        loaded = load_comment(stored)
        line = self._comment_line(stored)
        hit: CommentHit = {
            "type": "comment",
            "id": line["id"],
            "author": line["author"],
            "date": line["date"],
            "date_precision": line["date_precision"],
            "snippet": line["snippet"],
            "article_id": loaded.article_id,
            "article_title": loaded.article_title,
            "likes": loaded.comment.likes,
            "score": found.hit.score,
            "match": found.kind,
            "missing": found.missing,
        }
        if self._reasons and not is_over():
            self._reasons.of_comment(hit, loaded.comment.text)
        return hit

    def _snippet(self, text: str) -> str:
        return " ".join(snippets(text.split("\n"), self._marker, 1))


def _paragraphs(article: Article) -> list[str]:
    return [line for part in article.sections for line in (part.heading, *part.text.split("\n"))]
