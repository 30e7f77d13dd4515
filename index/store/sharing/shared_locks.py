"""The locks of an index that several machines may share: the writer tells what serves, readers take none."""

from __future__ import annotations

from abc import abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kashshaf.index.store.locks import PATIENCE, Locks
from kashshaf.index.store.sharing import roles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class SharedLocks(Locks):
    """The locks of one index folder, by the role of this machine; for one that is alone, no others."""

    @abstractmethod
    def told(self) -> tuple[str, list[Path]] | None:
        """Return what readers are to be told: the name of a generation, and its files in their order."""

    @contextmanager
    def rebuild_lock(self, doing: str) -> Iterator[None]:
        """See :class:`Locks`; raises NotWriterError where another machine writes to the index."""
        if writer := roles.publisher(self.root):
            writer.require_ours()
        with super().rebuild_lock(doing):
            yield

    @contextmanager
    def serving_lock(self, doing: str, patience: float = PATIENCE) -> Iterator[None]:
        """See :class:`Locks`; raises NotWriterError where another machine writes to the index.

        Readers are told what serves when it is given back, whatever became of the work; and before the work,
        if a command did not come to it.
        """
        writer = roles.publisher(self.root)
        with super().serving_lock(doing, patience):
            if writer is None:
                yield
                return
            writer.claim()
            self.tell()
            try:
                yield
            finally:
                self.tell()

    def tell(self) -> None:
        """Tell readers what serves by now, where this machine is the writer; also in the midst of long work.

        Hold the lock of what serves. Where readers were told of it before, nothing is asked.
        """
        writer = roles.publisher(self.root)
        if writer is not None and (told := self.told()):
            writer.publish(*told)

    def follow(self) -> None:
        """Take over what the writer told, where this machine is a reader; else do nothing.

        Raises NoIndexError, BrokenIndexError and ClusterError; what is here then stays.
        """
        if reader := roles.follower(self.root):
            reader.follow()

    def is_follower(self) -> bool:
        """Tell whether this machine is a reader, which has nothing that only a writer needs: no ledger."""
        return roles.follower(self.root) is not None

    def take_over(self) -> None:
        """Make this machine the writer of the index that readers follow (``roles.take_over``).

        Raises SettingsError where it is not to be one.
        """
        roles.require_writer(self.root)
        with super().rebuild_lock("take-over"), super().serving_lock("take-over"):
            roles.take_over(self.root)
