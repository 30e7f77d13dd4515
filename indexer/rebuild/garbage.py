"""Garbage collection, run rarely while large tables of words are built.

The tables hold no cycles, and a full collection walks all of them each time the objects have grown by a
quarter: an eighth of the time of a rebuild would go there.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kashshaf.index.limits import allocator

if TYPE_CHECKING:
    from collections.abc import Iterator

YOUNGEST = 200_000
"""Objects made and not yet freed at which the youngest are collected; Python's own number is 700. Cycles in
exceptions and in readers of pages are still freed."""


@contextmanager
def rare_gc() -> Iterator[None]:
    """Freeze the objects there are and collect new ones rarely, until the block ends."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNGEST, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def give_back() -> None:
    """Give the memory of large tables, of which nobody has a use any more, to the system."""
    gc.collect()
    allocator.give_back()
