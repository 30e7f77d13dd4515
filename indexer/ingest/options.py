"""The options of a run: how its sources are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.ingest.web.options import AS_SET, Fetching
from indexer.sources.reading import AS_NAMED, POSTS, Columns

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from index.store.ledger import FileMark
    from indexer.profiles.library import ProfileLibrary


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are read: the moment the pages were saved, if it is known, and the zone of bare clocks.

    ``columns``: what fields are called in tables and JSON. ``types``: of the posts of a WordPress export.
    ``profiles``: the site profiles, and what folders teach of their pages; None to go by no site.
    """

    as_of: datetime | None
    zone: tzinfo
    columns: Columns = AS_NAMED
    types: tuple[str, ...] = POSTS
    fetching: Fetching = AS_SET
    profiles: ProfileLibrary | None = None

    def key(self) -> str:
        """The options as the ledger keeps them: a file read with others is read again."""
        more = [f"{name}={column}" for name, column in self.columns]
        more += [] if self.types == POSTS else self.types
        more += [self.profiles.key()] if self.profiles else []
        return " ".join([self.as_of.isoformat() if self.as_of else "", str(self.zone), *more])

    def keeping_nothing(self) -> Options:
        """The same, but what was fetched is not kept for another run."""
        return replace(self, fetching=replace(self.fetching, folder=None))

    def is_as_before(self, before: FileMark, now: FileMark) -> bool:
        """Whether a file need not be read; without ``--as-of`` the moment it was read with then goes on.

        One that the ledger distrusts is always read.
        """
        if before.modified < 0:
            return False
        if self.as_of is None:
            return before[:2] == now[:2] and before.options.endswith(now.options)
        return before == now
