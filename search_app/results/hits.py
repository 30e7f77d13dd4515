"""Hits as a page shows them: what was stored of an article or a comment, with passages and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.stored_documents import load_comment, shown_texts
from kashshaf.search_app.results.article_page import beginning, paragraphs
from kashshaf.search_app.results.marks.snippets import snippets
from kashshaf.search_app.results.page import SNIPPETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kashshaf.index.results import Group
    from kashshaf.index.stored_documents import StoredArticle, StoredComment
    from kashshaf.search_app.results.marks.highlight import Marker
    from kashshaf.search_app.results.page import Found
    from kashshaf.search_app.results.shapes import ArticleHit, CommentHit, CommentLine, CommentsOfHit


def article_hit(
    found: Found, stored: StoredArticle, group: Group | None, texts: Mapping[str, bytes], marker: Marker
) -> ArticleHit:
    """An article with its matching comments, whose stored bytes are ``texts``, by their ids."""
    marker.knows(shown_texts(stored.article), stored.vector)
    article = beginning(stored.article)
    lines = [article.lead, *paragraphs(article)]
    matching = group.hits if group else ()
    comments: CommentsOfHit = {
        "total": len(stored.comment_keys),
        "declared": article.comments_declared,
        "matching": group.total if group else 0,
        "hits": [comment_line(load_comment(texts[hit.id]), marker) for hit in matching],
    }
    return {
        "type": "article",
        "id": article.id,
        "url": article.url,
        "image": article.image,
        "title": article.title,
        "title_html": marker.mark_up(article.title),
        "snippets": snippets(lines, marker, SNIPPETS),
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


def comment_line(stored: StoredComment, marker: Marker) -> CommentLine:
    """A comment under its article."""
    comment = stored.comment
    marker.knows([comment.text], stored.vector)
    return {
        "id": comment.id,
        "author": comment.author,
        "date": comment.date,
        "date_precision": comment.date_precision,
        "snippet": " ".join(snippets(comment.text.split("\n"), marker, 1)),
    }


def comment_hit(found: Found, stored: StoredComment, marker: Marker) -> CommentHit:
    """A comment that was found by itself."""
    line = comment_line(stored, marker)
    return {
        "type": "comment",
        "id": line["id"],
        "author": line["author"],
        "date": line["date"],
        "date_precision": line["date_precision"],
        "snippet": line["snippet"],
        "article_id": stored.article_id,
        "article_title": stored.article_title,
        "likes": stored.comment.likes,
        "score": found.hit.score,
        "match": found.kind,
        "missing": found.missing,
    }
