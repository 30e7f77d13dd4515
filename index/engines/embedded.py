"""The places of an embedded engine: the folder holds all of an index."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


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
