"""Bytes of a file within bounds, taken out of gzip where they are in it."""

from __future__ import annotations

import gzip
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from kashshaf.indexer.sources.outcome import UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

HEAD = 4096
"""Bytes at a file's beginning by which its format and its stated encoding are told."""
PACKED = ".gz"
"""The suffix of a file in gzip, after that of its format."""
GZIP_MAGIC = b"\x1f\x8b"
UNREADABLE = (OSError, EOFError, zlib.error)
"""Errors that reading a damaged file raises."""
_MEGABYTE = 1_000_000


class Peekable(Protocol):
    """An open file of bytes, as readers use one."""

    def peek(self, size: int, /) -> bytes:
        """Some of the next bytes, which stay to be read."""

    def read(self, size: int, /) -> bytes:
        """The next ``size`` bytes, or as many as there are."""

    def readline(self, size: int, /) -> bytes:
        """The rest of the line, at most ``size`` bytes of it."""


class Bounded:
    """A stream that raises UnfitError once more than ``most`` bytes have come out of it."""

    def __init__(self, stream: Peekable, most: int) -> None:
        self._stream = stream
        self._most = most
        self._left = most

    def peek(self, size: int, /) -> bytes:
        """Some of the next bytes, which are not counted."""
        return self._stream.peek(size)

    def read(self, size: int, /) -> bytes:
        """The next bytes of the stream, counted."""
        return self._counted(self._stream.read(min(size, self._left + 1)))

    def readline(self, size: int, /) -> bytes:
        """The rest of the stream's line, counted."""
        return self._counted(self._stream.readline(min(size, self._left + 1)))

    def _counted(self, raw: bytes) -> bytes:
        self._left -= len(raw)
        if self._left < 0:
            raise UnfitError(f"there is more in it than {self._most // _MEGABYTE} MB")
        return raw


@contextmanager
def unpacked(
    stream: BufferedReader, path: Path, largest: int | None = None
) -> Iterator[tuple[Peekable, str]]:
    """The bytes in a file, taken out of gzip once if they are in it, and its suffix without ``.gz``.

    With ``largest``, a stream of more bytes raises UnfitError when it is read.
    """
    suffix = path.suffix.lower()
    if not stream.peek(HEAD).startswith(GZIP_MAGIC):
        yield Bounded(stream, largest) if largest else stream, suffix
        return
    with gzip.GzipFile(fileobj=stream) as inner:
        suffix = path.with_suffix("").suffix.lower() if suffix == PACKED else suffix
        yield Bounded(inner, largest) if largest else inner, suffix
