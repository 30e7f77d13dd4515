"""Garbage collection of a process that searches."""

from __future__ import annotations

import atexit
import gc

YOUNGEST = 10_000
"""Objects made and not yet freed at which the youngest are collected, once in a search or two; Python's own
number, 700, is reached dozens of times in each."""


def collect_rarely() -> None:
    """Never walk again what is loaded by now, and collect what comes after rarely.

    The tables of words hold no cycles, and the walk over all of them held one search in a hundred for up to
    a tenth of a second.
    """
    gc.freeze()
    atexit.register(gc.unfreeze)  # else files that stand open would not be flushed when the process ends
    gc.set_threshold(YOUNGEST, *gc.get_threshold()[1:])
