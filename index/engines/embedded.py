"""The places of an embedded engine: the folder holds all of an index."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kashshaf.index.engine import Reader
    from kashshaf.index.query import Ask


class Embedded:
    """The part of :class:`kashshaf.index.engine.Engine` that is the same for each that keeps files."""

    embedded = True

    def drop(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)

    def prune(self, generations: Path) -> None:
        """Nothing is kept elsewhere."""

    def size(self, folder: Path) -> int:
        del folder  # its files are counted with the others of the generation
        return 0

    def board(self) -> None:
        """No other machine reaches its folder."""

    def foresee(self, asked: Sequence[tuple[Reader, Ask]]) -> None:
        """A question costs no request here, so that none is asked before its time."""

    def foreseen(self, reader: Reader, ask: Ask) -> None:
        """Nothing is."""
