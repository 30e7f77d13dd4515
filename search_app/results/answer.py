"""The answer to one request on one snapshot: matches, their comments, marks and passages."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kashshaf.index.limits.deadline import in_time, is_over
from kashshaf.index.query import Filters, Search
from kashshaf.index.schema import INDEXES, STORY
from kashshaf.index.stored_documents import load_article, load_comment
from kashshaf.search_app.query.edited.pins import NO_PIN, NO_PINS
from kashshaf.search_app.query.fallback import fitted
from kashshaf.search_app.query.filters import filters, of_articles
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
from kashshaf.search_app.results.hits import article_hit, comment_hit
from kashshaf.search_app.results.marks.highlight import Marker
from kashshaf.search_app.results.order.comment_order import CommentOrder
from kashshaf.search_app.results.order.nearness import narrowed
from kashshaf.search_app.results.order.pinning import ask_pinned, pinned, with_pinned, without_hidden
from kashshaf.search_app.results.order.tiers import TieredMatches, Tiers
from kashshaf.search_app.results.page import (
    COMMENTS_LISTED,
    ORDERS,
    TIME_AS_WORDS,
    Found,
    Page,
    ordered_by_comments,
    others_counted,
)
from kashshaf.search_app.results.republications import Republications

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from kashshaf.index.query import Order
    from kashshaf.index.results import Group, Hit
    from kashshaf.index.schema import IndexName
    from kashshaf.index.store.snapshot import Snapshot
    from kashshaf.search_app.query.edited.pins import Pins
    from kashshaf.search_app.query.language.tree import Query
    from kashshaf.search_app.query.parameters import SearchRequest
    from kashshaf.search_app.query.synonyms.synonyms import Synonyms
    from kashshaf.search_app.results.shapes import (
        ArticleHit,
        CommentHit,
        FacetValue,
    )
    from kashshaf.search_app.results.why import Reasons


NO_WORDS = ParsedQuery((), ())
NO_COMMENTS: Mapping[str, Group] = {}


def answer(
    snapshot: Snapshot,
    request: SearchRequest,
    zone: tzinfo,
    synonyms: Synonyms = NO_SYNONYMS,
    pins: Pins = NO_PINS,
) -> Answer:
    """The answer to a request; words of time («أمس») restrict its dates only where that finds something."""
    query = parse_now(request.text, zone)
    found = _planned(snapshot, request, query, zone, (), synonyms, pins)
    if query.dates and query.dates.surface and not found.total():
        return _planned(snapshot, request, literally(query), zone, (TIME_AS_WORDS,), synonyms, pins)
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
        self._edited = synonyms, pins
        parsed = read(query, snapshot.analyzer, lambda: snapshot.words)
        fit, done = fitted(parsed, snapshot.reader(self._index), self._index)
        self._asked = synonyms.beside(fit, snapshot.analyzer, snapshot.reader(self._index))
        self._excluded = [part.typed() for part in parsed.excluded]
        self._notes = (*query.notes, *notes, *parsed.notes, *done)
        self._named = with_whole_names(query, lambda name: snapshot.spellings(self._index, name))
        self._pin = pins.of(parsed, snapshot.analyzer) if self._index == "articles" else NO_PIN
        self._marker = Marker(self._asked if request.passages else NO_WORDS, snapshot.analyzer)
        self._by_comments = ordered_by_comments(request) and not self._asked.is_empty()
        restricts = query.filters or query.dates or parsed.excluded
        self._lists = parsed.is_empty() and bool(restricts or not request.text.strip())
        self._plan = listing(parsed, self._index) if self._lists else self._planned(self._index)
        self._tiers = Tiers(snapshot.reader(self._index), self._plan, request.match)

    def plan_both(self) -> None:
        """Plan the query for both indexes, as a page that is not listed needs it."""
        for index in () if self._asked.is_empty() else INDEXES:
            self._planned(index)

    @cached_property
    def matches(self) -> TieredMatches:
        """The totals, and the hits without what a page shows of them."""
        self._snapshot.rehearse(lambda aside: self._on(aside)._ask_first())
        self._snapshot.rehearse(lambda aside: self._on(aside)._ask_for_hits())
        return self._tiered

    def page(self) -> Page:
        """The page that the request asks for."""
        matches = self.matches
        in_time(lambda: self._foresee_beside(matches), None)  # the hits are shown without it all the same
        found = self._found(matches)
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

    def _on(self, aside: Snapshot) -> Answer:
        """The request, planned already, on another snapshot."""
        other = copy(self)
        other._snapshot = aside
        if not self._asked.is_empty():
            other._comments_plan = self._comments_plan
        other._tiers = Tiers(aside.reader(self._index), self._plan, self._request.match)
        return other

    def total(self) -> int:
        """The number of matches: of full ones if there are any, else of partial ones."""
        self._snapshot.rehearse(lambda aside: self._on(aside)._tiered)
        return self._tiered.total

    def ranking(self) -> tuple[Hit, ...]:
        """The page's hits and their scores."""
        return self._tiered.hits

    def listed(self, hits: Sequence[Hit]) -> list[ArticleHit]:
        """Articles found by another search, as a page shows them."""
        return self._articles([Found(hit, "full", []) for hit in hits])

    def _found(self, matches: TieredMatches) -> list[Found]:
        """The hits, each with the words that it lacks."""
        partial = _partial(matches)
        missing: dict[str, list[str]] = {id_: [] for id_ in partial}
        if partial and self._request.passages:
            missing = in_time(lambda: self._tiers.missing(partial), missing)
        return [
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
        page = self._search
        if self._by_comments:
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
        reader = self._snapshot.reader(index)
        planned = plan(self._asked, reader, index)
        if self._request.match == "near" and index == self._index == "articles":
            return narrowed(planned, self._asked, self._snapshot.analyzer, reader, self._search.filters)
        return planned

    @cached_property
    def _comments_plan(self) -> Plan:
        return self._planned("comments")

    def _comment_groups(self, filters: Filters, size: int) -> Mapping[str, Group]:
        """The comments that match the query, by article."""
        if self._asked.is_empty() or not self._snapshot.comments.count():
            return NO_COMMENTS
        tiers = Tiers(self._snapshot.comments, self._comments_plan, self._request.match)
        return tiers.groups(filters, "article", size)

    def _ask_first(self) -> None:
        """Ask for the articles that an editor put first, or for the comments that order a page."""
        if self._by_comments:
            self._comment_groups(Filters(), 0)
        facets = bool(self._request.facets)
        ask_pinned(self._snapshot, self._pin, self._search, self._plan.scoring, facets=facets)

    def _ask_for_hits(self) -> None:
        """Ask for the hits and what is counted of all matches."""
        _ = self._tiered
        self._facets()
        for other in others_counted(self._request):
            _ = Answer(self._snapshot, other, self._query, self._zone, (), *self._edited)._tiered

    def _foresee_beside(self, matches: TieredMatches) -> None:
        self._snapshot.rehearse(lambda aside: self._on(aside)._ask_beside(matches))

    def _ask_beside(self, matches: TieredMatches) -> None:
        """Ask what stands beside the hits: words they lack, re-publications, comments."""
        if self._request.passages:
            self._tiers.missing(_partial(matches))
        if self._index == "articles" and matches.hits:
            stored = self._snapshot.articles.stored(ids := [hit.id for hit in matches.hits])
            Republications(self._snapshot, [load_article(row).story for row in stored.values()])
            self._comment_groups(of_articles(ids), COMMENTS_LISTED)

    def _comments(self, found: Sequence[Found]) -> list[ArticleHit | CommentHit]:
        stored = self._snapshot.comments.stored(each.hit.id for each in found)
        hits: list[ArticleHit | CommentHit] = []
        for each in found:
            loaded = load_comment(stored[each.hit.id])
            hit = comment_hit(each, loaded, self._marker)
            if self._reasons and not is_over():
                self._reasons.of_comment(hit, loaded.comment.text)
            hits.append(hit)
        return hits

    def _articles(self, found: Sequence[Found]) -> list[ArticleHit]:
        """Articles with their matching comments."""
        ids = [each.hit.id for each in found]
        stored = {id_: load_article(row) for id_, row in self._snapshot.articles.stored(ids).items()}
        stories = [article.story for article in stored.values()]
        also = in_time(lambda: Republications(self._snapshot, stories), Republications(self._snapshot, ()))
        groups = in_time(lambda: self._comment_groups(of_articles(ids), COMMENTS_LISTED), NO_COMMENTS)
        texts = self._snapshot.comments.stored(hit.id for group in groups.values() for hit in group.hits)
        hits = [
            article_hit(each, stored[each.hit.id], groups.get(each.hit.id), texts, self._marker)
            for each in found
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


def _partial(matches: TieredMatches) -> list[str]:
    """The ids of the hits that match partially."""
    return [hit.id for hit in matches.hits if hit.id not in matches.full]


def _planned(snapshot: Snapshot, *asked: Any) -> Answer:
    snapshot.rehearse(lambda aside: Answer(aside, *asked).plan_both(), 2)
    return Answer(snapshot, *asked)
