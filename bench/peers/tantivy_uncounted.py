"""tantivy-py without a count of matches: it may pass over documents that cannot be among the ten best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.peers import tantivy_py

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

index = tantivy_py.index


def opened(folder: Path) -> Callable[[str], object]:
    """Without the number of matches."""
    return tantivy_py.opened(folder, count=False)
