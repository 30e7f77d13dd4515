"""The options of a run: those of its readers, of fetching, and the site profiles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kashshaf.indexer.ingest.fetching import AS_SET, Fetching
from kashshaf.indexer.sources.reading import POSTS, ReaderOptions

if TYPE_CHECKING:
    from kashshaf.index.store.ledger import FileMark
    from kashshaf.indexer.profiles.library import ProfileLibrary


@dataclass(frozen=True, slots=True)
class Options(ReaderOptions):
    """The options of a run. ``profiles``: None to go by no site."""

    fetching: Fetching = AS_SET
    profiles: ProfileLibrary | None = None

    def key(self) -> str:
        """The options as the ledger keeps them: a file that was read with others is read again."""
        more = [f"{name}={column}" for name, column in self.columns]
        more += [] if self.types == POSTS else self.types
        more += [self.profiles.key()] if self.profiles else []
        return " ".join([self.as_of.isoformat() if self.as_of else "", str(self.zone), *more])

    def keeping_nothing(self) -> Options:
        """These options, but pages that were fetched are not kept for another run."""
        return replace(self, fetching=replace(self.fetching, folder=None))

    def is_as_before(self, before: FileMark, now: FileMark) -> bool:
        """True if a file need not be read; without ``--as-of``, the moment it was read with stays valid.

        A file that the ledger marks as stale is always read.
        """
        if before.modified < 0:
            return False
        if self.as_of is None:
            return before[:2] == now[:2] and before.options.endswith(now.options)
        return before == now
