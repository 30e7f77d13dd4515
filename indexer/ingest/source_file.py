"""A file, a page of a site or a query on its way into the index, and the articles it gave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from kashshaf.index.store.ledger import FileMark, FileRow
from kashshaf.indexer.sources.outcome import Refused
from kashshaf.indexer.sources.source import Query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kashshaf.index.documents import Article
    from kashshaf.index.store.ledger import Known


LATEST = 2**63 - 2**53
"""Nanoseconds since 1970, in the year 2262: a file that claims a later time has none worth keeping."""
Content = Path | Query | Refused | None
"""The place articles are read from; Refused where it could not be had, None where nothing has changed."""
Lost = Literal["document", "list"]
""""document": its server says that it is gone (404, 410). "list": a sitemap or list could not be read, so
that what it named has not vanished."""


class Fetched(NamedTuple):
    """The address that a page came from, redirects followed, and the moment it was fetched."""

    address: str
    at: datetime


class SourceFile(NamedTuple):
    """A file, a page of a site or a database query: a unit of reading, and a row of the ledger.

    ``name`` is what made ids rest on: the path below the source, or the address. ``known``: how it was when
    it was read last. ``fetched``: where and when a page was had from its site; ``rolling``: it only ever
    lists the newest articles, so that those it no longer has have not vanished. ``comment_feeds``: the files
    of the comment feeds that its items name, by their addresses.
    """

    content: Content
    root: str
    name: str
    key: str
    mark: FileMark
    known: Known | None = None
    validators: str = ""
    fetched: Fetched | None = None
    rolling: bool = False
    lost: Lost | None = None
    comment_feeds: Mapping[str, Path] | None = None

    def row(self) -> FileRow:
        """The row that the ledger keeps."""
        return FileRow(self.key, self.name, self.root, self.mark, self.validators)


class Gathered(NamedTuple):
    """An article on its way into the index, with where it came from and the hash of its content."""

    article: Article
    key: str
    place: str
    digest: bytes
