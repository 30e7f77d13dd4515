"""An article to read: its parts with the query's words marked, its comments in their threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kashshaf.search_app.results.marks.snippets import ELLIPSIS
from kashshaf.search_app.results.threads import threaded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from kashshaf.index.documents import Comment
    from kashshaf.search_app.results.article_page import ArticlePage
    from kashshaf.search_app.results.marks.highlight import Marker
    from kashshaf.search_app.results.shapes import AlsoAt, ArticleView, CommentView, SectionView


LONGEST = 20_000
"""Characters shown of one comment, or of a lead."""


class MatchingComments(NamedTuple):
    """The comments that match a query: how many, the ids of the best, and some that stand on other pages."""

    total: int
    ids: set[str]
    elsewhere: Sequence[Comment]


def view(page: ArticlePage, marker: Marker, matching: MatchingComments, also_at: list[AlsoAt]) -> ArticleView:
    """An article as it is read on a page."""
    article = page.article
    return {
        "id": article.id,
        "url": article.url,
        "image": article.image,
        "kicker_html": marker.mark_up(article.kicker),
        "title": article.title,
        "title_html": marker.mark_up(article.title),
        "lead_html": marker.mark_up(_cut(article.lead)),
        "sections": [_section_view(part.heading, part.text, marker) for part in article.sections],
        "date": article.date,
        "date_precision": article.date_precision,
        "date_source": article.date_source,
        "source": article.source,
        "section": article.section,
        "author": article.author,
        "tags": list(article.tags),
        "also_at": also_at,
        "comments_declared": article.comments_declared,
        "comments": _comment_views(article.comments, marker, matching.ids),
        "comments_total": len(page.keys),
        "comments_page": page.comments_page,
        "comments_pages": page.comments_pages,
        "matching": matching.total,
        "elsewhere": _comment_views(matching.elsewhere, marker, matching.ids),
        "part": page.part,
        "parts": page.parts,
    }


def _section_view(heading: str, text: str, marker: Marker) -> SectionView:
    return {"heading_html": marker.mark_up(heading), "paragraphs_html": _marked(text, marker)}


def _comment_views(
    comments: Sequence[Comment], marker: Marker, matching: AbstractSet[str]
) -> list[CommentView]:
    return [
        {
            "id": comment.id,
            "author": comment.author,
            "date": comment.date,
            "date_precision": comment.date_precision,
            "paragraphs_html": _marked(_cut(comment.text), marker),
            "likes": comment.likes,
            "copies": comment.copies,
            "depth": depth,
            "matching": comment.id in matching,
        }
        for comment, depth in threaded(comments)
    ]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + ELLIPSIS


def _marked(text: str, marker: Marker) -> list[str]:
    return [marker.mark_up(line) for line in text.split("\n") if line.strip()]
