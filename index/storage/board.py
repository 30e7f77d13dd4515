"""The board: where one machine tells others, which share no folder with it, which index serves.

The one that writes puts files there, in pieces that are named by their content, and then a notice that names
them. A notice is replaced in one step, and only by whoever has seen the one before: so of two machines that
both mean to write one is refused. An engine of which several machines reach the indexes has a board
(``Engine.board``); what stands on the notice is of ``store/sharing``.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PIECE = 256 << 10
"""Bytes of a piece, at most: written as text, it stays below what a small Java heap (512 MB, regions of 1 MB)
takes for huge and collects late, so that a cluster of little memory calls itself too busy."""
Version = tuple[int, int]
"""The version of a notice: each replacement makes another."""


class Posted(NamedTuple):
    """A notice as it hangs there: its version, and what stands on it."""

    version: Version
    content: Mapping[str, Any]


class Board(Protocol):
    """A board. Each method raises ClusterError where the cluster that keeps it does not answer."""

    name: str
    """What the board is called in sentences."""

    def version(self) -> Version | None:
        """Return the version of the notice; None where there is none."""

    def posted(self) -> Posted | None:
        """Return the notice; None where there is none."""

    def replace(self, content: Mapping[str, Any], before: Version | None) -> bool:
        """Put a notice in place of the one of that version, of none with None.

        Return False, with nothing changed, where another has been put there since.
        """

    def lacking(self, names: Iterable[str]) -> set[str]:
        """Return those of the names of pieces of which there is no piece."""

    def put(self, pieces: Iterable[bytes]) -> None:
        """Put pieces there, each by its name; they last when this returns."""

    def fetched(self, names: Sequence[str]) -> Iterator[bytes | None]:
        """Yield what is kept by each name of a piece, whatever it is; None where there is nothing."""

    def pieces(self) -> list[str]:
        """Return the names of all pieces."""

    def drop(self, names: Iterable[str]) -> None:
        """Take pieces away; those that are not there are passed over."""


def name_of(piece: bytes) -> str:
    """Name a piece by its content."""
    return blake2b(piece, digest_size=32).hexdigest()
