"""A site that is written to as the write API writes."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from kashshaf.indexer.live.documents import read_article, read_comment
from kashshaf.indexer.live.writer import LiveWriter, Written

if TYPE_CHECKING:
    from tests.kashshaf.site import Row, Site


def put(site: Site, *rows: Row) -> list[Written]:
    """Write articles in one go."""
    return LiveWriter(site.settings).put_articles([read_article(each, UTC) for each in rows])


def comment(site: Site, article_id: str, **fields: Any) -> Written:
    """Write a comment."""
    return LiveWriter(site.settings).put_comment(article_id, read_comment(fields, UTC).comment)


def statuses(written: list[Written]) -> list[str]:
    """The outcomes alone."""
    return [each.status for each in written]
