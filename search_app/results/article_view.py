"""An article to read: its parts with the query's words marked, its comments in their threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.search_app.results.threads import threaded

if TYPE_CHECKING:
    from kashshaf.index.documents import Article
    from kashshaf.search_app.results.marks.highlight import Marker
    from kashshaf.search_app.results.shapes import AlsoAt, ArticleView, CommentView, SectionView


def view(article: Article, marker: Marker, matching: set[str], also_at: list[AlsoAt]) -> ArticleView:
    """An article as it is read on a page; ``matching`` are the ids of comments that match."""
    return {
        "id": article.id,
        "url": article.url,
        "image": article.image,
        "kicker_html": marker.mark_up(article.kicker),
        "title": article.title,
        "title_html": marker.mark_up(article.title),
        "lead_html": marker.mark_up(article.lead),
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
        "comments": _comment_views(article, marker, matching),
        "matching": len(matching),
    }


def _section_view(heading: str, text: str, marker: Marker) -> SectionView:
    return {"heading_html": marker.mark_up(heading), "paragraphs_html": _marked(text, marker)}


def _comment_views(article: Article, marker: Marker, matching: set[str]) -> list[CommentView]:
    return [
        {
            "id": comment.id,
            "author": comment.author,
            "date": comment.date,
            "date_precision": comment.date_precision,
            "paragraphs_html": _marked(comment.text, marker),
            "likes": comment.likes,
            "copies": comment.copies,
            "depth": depth,
            "matching": comment.id in matching,
        }
        for comment, depth in threaded(article.comments)
    ]


def _marked(text: str, marker: Marker) -> list[str]:
    return [marker.mark_up(line) for line in text.split("\n") if line.strip()]
