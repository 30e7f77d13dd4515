"""The context of a reader: moments, zone and names that are known beside the document itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from indexer.sources.profile import Choice


Columns = tuple[tuple[str, str], ...]
"""Pairs of an article's field and the name that a table's column, or a key of JSON, has for it."""


AS_NAMED: Columns = ()


POSTS = ("post",)
"""The types of posts that are read of a WordPress export; its pages and menus are no articles."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader knows beside the document itself.

    ``as_of``: when the page was saved, as the user states it (relative ages are counted back from it).
    ``file_time``: when the file was last changed; the base of last resort. ``zone``: for dates without one.
    Both times carry a zone. ``columns`` and ``types``: what fields are called, and which posts are read.
    ``address``: where a page was fetched from; it is known by it when it names no other itself. ``largest``:
    bytes that may come out of a packed file, None where there is no bound. ``profiles``: how pages of known
    sites are read, None to go by no site.
    """

    as_of: datetime | None
    file_time: datetime
    zone: tzinfo
    columns: Columns = AS_NAMED
    types: tuple[str, ...] = POSTS
    address: str = ""
    largest: int | None = None
    profiles: Choice | None = None

    @property
    def base(self) -> datetime:
        """The moment that relative ages are counted back from."""
        return self.as_of or self.file_time
