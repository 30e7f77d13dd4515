"""The answer to one request on one snapshot: matches, their comments, marks and passages."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from index.query import Filters, Search
from index.schema import STORY
from index.stored_documents import load_article, load_comment
from search_app.query.filters import filters
from search_app.query.parser import ParsedQuery, canonical
from search_app.query.plan import plan
from search_app.results.highlight import Marker
from search_app.results.republications import Republications
from search_app.results.snippets import snippets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import tzinfo

    from index.documents import Article
    from index.results import Group, Hit, Matches
    from index.schema import IndexName
    from index.store.snapshot import Snapshot
    from index.stored_documents import StoredArticle
    from search_app.query.parameters import SearchRequest
    from search_app.results.shapes import (
        ArticleHit,
        CommentHit,
        CommentLine,
        CommentsOfHit,
    )


COMMENTS_LISTED = 3
"""Matching comments shown under an article."""


BATCH = 1_000
"""Articles with matching comments that are ranked at a time, most commented first; more where they tie."""


SNIPPETS = 2
"""Passages shown of an article."""


NO_COMMENTS: Mapping[str, Group] = {}


class Answer:
    """One request on one snapshot."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, asked: ParsedQuery, zone: tzinfo) -> None:
        self._zone = zone
        self._snapshot = snapshot
        self._request = request
        self._asked = asked
        self._marker = Marker(asked, snapshot.analyzer)

    def comments(self) -> tuple[list[ArticleHit | CommentHit], int, str]:
        """The page of comments, the total, and the query as it was read."""
        search, reading = self._question("comments")
        matches = self._snapshot.comments.search(search)
        stored = self._snapshot.comments.stored(hit.id for hit in matches.hits)
        return [self._comment_hit(hit, stored[hit.id]) for hit in matches.hits], matches.total, reading

    def articles(self) -> tuple[list[ArticleHit | CommentHit], int, str]:
        """The page of articles with their matching comments, the total, and the query as it was read."""
        search, reading = self._question("articles")
        by_comments = self._request.sort == "comments" and not self._asked.is_empty()
        matches = self._by_comments(search) if by_comments else self._snapshot.articles.search(search)
        ids = [hit.id for hit in matches.hits]
        stored = {id_: load_article(row) for id_, row in self._snapshot.articles.stored(ids).items()}
        also = Republications(self._snapshot, (article.story for article in stored.values()))
        groups = self._comment_groups(Filters((("article", tuple(ids)),)), COMMENTS_LISTED)
        texts = self._snapshot.comments.stored(hit.id for group in groups.values() for hit in group.hits)
        hits = [self._article_hit(hit, stored[hit.id], groups.get(hit.id), texts) for hit in matches.hits]
        for hit in hits:
            hit["also_at"] = also.at(stored[hit["id"]].story, hit["id"])
        return list(hits), matches.total, reading

    def ranking(self) -> tuple[Hit, ...]:
        """The page's articles and their scores."""
        return self._snapshot.articles.search(self._question("articles")[0]).hits

    def _question(self, index: IndexName) -> tuple[Search, str]:
        """What an index is asked for this page."""
        request = self._request
        page = Search(
            filters=filters(self._snapshot, request.filters, index, self._zone),
            order=request.sort if request.sort in ("newest", "oldest") else "relevance",
            offset=(request.page - 1) * request.size,
            limit=request.size,
            fold=STORY if index == "articles" and request.fold and self._snapshot.state.stories else "",
        )
        if not request.text.strip():
            return replace(page, order="oldest" if request.sort == "oldest" else "newest"), ""
        planned = plan(self._asked, self._snapshot.reader(index), index)
        return (
            replace(page, required=planned.required, scoring=planned.scoring),
            canonical(self._asked, planned.aside),
        )

    def _comment_groups(self, filters: Filters, size: int) -> Mapping[str, Group]:
        """The comments that match the query, by article."""
        if self._asked.is_empty():
            return NO_COMMENTS
        planned = plan(self._asked, self._snapshot.comments, "comments")
        search = Search(planned.required, planned.scoring, filters)
        return self._snapshot.comments.groups(search, "article", size)

    def _by_comments(self, search: Search) -> Matches:
        """Articles by the number of their matching comments, then by score; those without any come last."""
        counts = {article: group.total for article, group in self._comment_groups(Filters(), 0).items()}
        wanted = search.offset + search.limit
        ranked: list[Hit] = []
        story_of: dict[str, str] = {}
        for some in _most_first(counts):
            if len(ranked) < wanted:
                found, stories = self._having(search, some)
                story_of |= stories
                ranked = _firsts([*ranked, *sorted(found, key=lambda hit: -counts[hit.id])], story_of)
        every = self._snapshot.articles.search(replace(search, offset=0, limit=1))
        page = ranked[search.offset : wanted]
        if len(ranked) < wanted:
            shown = (("id", tuple(counts)), (STORY, tuple(dict.fromkeys(story_of.values()))))
            others = replace(search.filters, without=(*search.filters.without, *shown))
            offset = max(0, search.offset - len(ranked))
            rest = replace(search, filters=others, offset=offset, limit=search.limit - len(page))
            page += self._snapshot.articles.search(rest).hits
        return replace(every, hits=tuple(page))

    def _having(self, search: Search, ids: Sequence[str]) -> tuple[tuple[Hit, ...], dict[str, str]]:
        """The matches among some articles, all of them, and their stories if these are folded."""
        articles = self._snapshot.articles
        among = replace(search.filters, keywords=(*search.filters.keywords, ("id", tuple(ids))))
        every = replace(search, filters=among, offset=0, limit=len(ids), fold="")
        groups = articles.groups(every, STORY, len(ids)) if search.fold else {}
        stories = {hit.id: story for story, group in groups.items() for hit in group.hits}
        return articles.search(every).hits, stories

    def _article_hit(
        self, hit: Hit, stored: StoredArticle, group: Group | None, texts: Mapping[str, bytes]
    ) -> ArticleHit:
        article, keys, _ = stored
        paragraphs = [article.lead, *_paragraphs(article)]
        comments: CommentsOfHit = {
            "total": len(keys),
            "declared": article.comments_declared,
            "matching": group.total if group else 0,
            "hits": [self._comment_line(texts[found.id]) for found in group.hits] if group else [],
        }
        return {
            "type": "article",
            "id": article.id,
            "url": article.url,
            "title": article.title,
            "title_html": self._marker.mark_up(article.title),
            "snippets": snippets(paragraphs, self._marker, SNIPPETS),
            "date": article.date,
            "date_precision": article.date_precision,
            "source": article.source,
            "section": article.section,
            "author": article.author,
            "score": hit.score,
            "match": "full",
            "missing": [],
            "also_at": [],
            "comments": comments,
        }

    def _comment_line(self, stored: bytes) -> CommentLine:
        comment = load_comment(stored).comment
        return {
            "id": comment.id,
            "author": comment.author,
            "date": comment.date,
            "date_precision": comment.date_precision,
            "snippet": self._snippet(comment.text),
        }

    def _comment_hit(self, hit: Hit, stored: bytes) -> CommentHit:
        found = load_comment(stored)
        return {
            "type": "comment",
            **self._comment_line(stored),
            "article_id": found.article_id,
            "article_title": found.article_title,
            "likes": found.comment.likes,
            "score": hit.score,
            "match": "full",
            "missing": [],
        }

    def _snippet(self, text: str) -> str:
        return " ".join(snippets(text.split("\n"), self._marker, 1))


def _most_first(counts: Mapping[str, int]) -> Iterator[list[str]]:
    """Articles in lots, those with most comments first; those with equally many are in one."""
    lot: list[str] = []
    for _, equal in groupby(sorted(counts, key=lambda each: -counts[each]), key=counts.__getitem__):
        lot += equal
        if len(lot) >= BATCH:
            yield lot
            lot = []
    if lot:
        yield lot


def _firsts(ranked: list[Hit], story_of: Mapping[str, str]) -> list[Hit]:
    """Ranked hits, of each story only the first."""
    firsts = {story_of.get(hit.id, hit.id): hit for hit in reversed(ranked)}
    return [hit for hit in ranked if firsts[story_of.get(hit.id, hit.id)] is hit]


def _paragraphs(article: Article) -> list[str]:
    return [line for part in article.sections for line in (part.heading, *part.text.split("\n"))]
