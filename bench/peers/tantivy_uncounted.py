"""The same tantivy-py asked for its ten best alone: it may then pass over what cannot be among them."""

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
