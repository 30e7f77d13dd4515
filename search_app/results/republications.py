"""Re-publications of an article: the others of its story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.query import Filters, Search
from kashshaf.index.schema import STORY
from kashshaf.index.stored_documents import load_article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashshaf.index.documents import Article
    from kashshaf.index.store.snapshot import Snapshot
    from kashshaf.search_app.results.shapes import AlsoAt

NAMED = 20
"""Other articles named of a story, the oldest first; a text that more papers have is news by that alone."""


class Republications:
    """The others of some stories, looked up at once."""

    def __init__(self, snapshot: Snapshot, stories: Iterable[str]) -> None:
        self._members: dict[str, list[AlsoAt]] = {}
        wanted = tuple(sorted({story for story in stories if story}))
        if not wanted:
            return
        search = Search(filters=Filters(((STORY, wanted),)), order="oldest")
        groups = snapshot.articles.groups(search, STORY, NAMED + 1)
        stored = snapshot.articles.stored(hit.id for group in groups.values() for hit in group.hits)
        self._members = {
            story: [_named(load_article(stored[hit.id]).article) for hit in group.hits]
            for story, group in groups.items()
        }

    def at(self, story: str, article_id: str) -> list[AlsoAt]:
        """The articles of a story but for one."""
        others = [member for member in self._members.get(story, ()) if member["id"] != article_id]
        return others[:NAMED]


def _named(article: Article) -> AlsoAt:
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "source": article.source,
        "date": article.date,
        "date_precision": article.date_precision,
    }
