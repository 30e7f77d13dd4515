"""The memory that the C library keeps for itself: bounded, and given back, since each process has its own."""

from __future__ import annotations

import contextlib
import ctypes
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

M_ARENA_MAX, ARENAS = -8, 2
"""The bound on heaps, by its name in the library's header: with one a thread a worker was 20 MB larger."""


def bound_heaps() -> None:
    """Have threads share a few heaps; to be called before there are any."""
    with _known_library() as library:
        library.mallopt(M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give what is free to the system: some 6 MB after a start, 4 MB after hundreds of searches."""
    with _known_library() as library:
        library.malloc_trim(0)


@contextlib.contextmanager
def _known_library() -> Iterator[ctypes.CDLL]:
    """The C library; where it is another than GNU's, what it lacks is passed over."""
    with contextlib.suppress(AttributeError, OSError):
        yield ctypes.CDLL(None)
