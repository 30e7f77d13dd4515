"""Python's collector of cycles, held back while tables of words grow that have none.

It walks all that lives each time the number of objects has grown by a quarter: while hundreds of thousands of
words are being learnt, an eighth of the time goes there, and nothing is ever found.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

YOUNGEST = 200_000
"""Objects made and not yet gone before the young ones are looked at; Python's own number is 700. What cycles
there are, in exceptions and in readers of pages, still go."""


@contextmanager
def rare_gc() -> Iterator[None]:
    """Leave alone what lives now, and look at the rest seldom; as it was before at the end."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNGEST, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
