"""The context of a reader: the options of its run, and all that is known of a file beside its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo
    from pathlib import Path

    from kashshaf.indexer.sources.profile import Choice

Columns = tuple[tuple[str, str], ...]
"""Pairs of an article's field and the name that a table's column, or a key of JSON, has for it."""
AS_NAMED: Columns = ()
POSTS = ("post",)
"""The types of posts that are read of a WordPress export; its pages and menus are no articles."""


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """The options of a run that readers go by.

    ``as_of``: when the pages were saved, as the user states it, with its zone. ``zone``: for dates without
    one. ``columns``: names of fields in tables and JSON. ``types``: of the posts of a WordPress export.
    """

    as_of: datetime | None
    zone: tzinfo
    columns: Columns = AS_NAMED
    types: tuple[str, ...] = POSTS


@dataclass(frozen=True, slots=True)
class Reading:
    """The options of the run, and what is known of one file.

    ``file_time``: when the file was last changed, with its zone. ``saved_at``: when the page in it was saved
    or fetched. ``address``: where it was fetched from. ``largest``: bytes that may come out of a packed file,
    None for no bound. ``profiles``: those for the pages of its source, None to go by no site.
    ``comment_feeds``: the files of the comment feeds that its items name, by their addresses.
    """

    options: ReaderOptions
    file_time: datetime
    saved_at: datetime | None = None
    address: str = ""
    largest: int | None = None
    profiles: Choice | None = None
    comment_feeds: Mapping[str, Path] | None = None

    @property
    def zone(self) -> tzinfo:
        """The zone of dates that state none."""
        return self.options.zone

    @property
    def as_of(self) -> datetime | None:
        """The moment the page was saved, the user's word before the page's; None where nobody says."""
        return self.options.as_of or self.saved_at

    @property
    def base(self) -> datetime:
        """The moment that relative ages are counted back from; the file's time is the last resort."""
        return self.as_of or self.file_time
