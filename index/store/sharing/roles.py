"""What this machine is to the index of a folder, by the settings: alone with it, its writer, or a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kashshaf.index.engine import open_engine
from kashshaf.index.errors import NotWriterError, SettingsError
from kashshaf.index.settings import ALONE, CLUSTER, READER, WRITER, in_use
from kashshaf.index.store.sharing.following import Follower
from kashshaf.index.store.sharing.publishing import Publisher

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.storage.board import Board

NO_READER = (
    "this machine is a reader of the index that {} writes (opensearch_role); nothing was changed; write there"
)
NOT_SHARED = (
    "only a writer can take over, and this machine is {}; set opensearch_role to writer, and try again"
)


def publisher(root: Path) -> Publisher | None:
    """What tells readers, where this machine is the writer; None where it is alone.

    Raises NotWriterError where it is a reader.
    """
    role = _role(root)
    if role == READER:
        writer = Follower(root, _board()).writer()
        raise NotWriterError(NO_READER.format(writer or "another machine"))
    return Publisher(root, _board()) if role == WRITER else None


def follower(root: Path) -> Follower | None:
    """What follows the writer, where this machine is a reader; else None."""
    return Follower(root, _board()) if _role(root) == READER else None


def require_writer(root: Path) -> None:
    """Raise SettingsError where this machine is not to be a writer."""
    role = _role(root)
    if role != WRITER:
        raise SettingsError(NOT_SHARED.format(role))


def take_over(root: Path) -> None:
    """Make this machine the writer, in place of the one that told last, with the index as it was told.

    Hold both locks. Raises NoIndexError where nothing was told, NotWriterError where the other writes at this
    moment.
    """
    follower = Follower(root, _board(), own=True)
    Publisher(root, _board()).adopt(follower.follow())
    follower.forget()


def _role(root: Path) -> str:
    """The role; it counts for the folder that the settings name, and for no other."""
    settings = in_use()
    return settings.opensearch_role if settings.index.absolute() == root.absolute() else ALONE


def _board() -> Board:
    return cast("Board", open_engine(CLUSTER).board())  # the engine is not embedded
