"""The file of an index's completions: a prefix index of each kind, mapped into memory.

    magic, byte order, checksum of the rest; for each kind the lengths of its five parts; the parts

The checksum is compared when the file is opened.
"""

from __future__ import annotations

import mmap
import struct
import sys
from typing import TYPE_CHECKING
from zlib import crc32

from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.index.completions.entry import KINDS, Kind
from kashshaf.index.completions.prefix_index import PrefixIndex, build
from kashshaf.index.disk import write_whole
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kashshaf.index.completions.entry import Entry

MAGIC = b"KSHCOMP1" + sys.byteorder.encode()[:3]
_HEADER = struct.Struct("<11sI")
_PARTS = len(PrefixIndex._fields)
_LENGTHS = struct.Struct(f"<{len(KINDS) * _PARTS}Q")


class EntryFile:
    """The completions of a generation. Never changes; threads may share it."""

    def __init__(self, kinds: Mapping[Kind, PrefixIndex]) -> None:
        self._kinds = kinds

    @classmethod
    def of(cls, entries: Iterable[Entry], words: FoldedWords | None = None) -> EntryFile:
        """The completions of some entries of any kind; ``words`` remembers those of their texts."""
        known = FoldedWords() if words is None else words  # an empty one is false
        by_kind: dict[Kind, list[Entry]] = {kind: [] for kind in KINDS}
        for entry in entries:
            by_kind[entry.kind].append(entry)
        return cls({kind: build(found, known) for kind, found in by_kind.items()})

    @classmethod
    def open(cls, path: Path) -> EntryFile:
        """The file that ``save`` wrote; BrokenIndexError if it is missing, cut short, foreign or damaged."""
        try:
            with path.open("rb") as file:
                content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError) as error:
            raise _unusable(path, "are missing or cannot be read") from error
        if len(content) < _HEADER.size + _LENGTHS.size:
            raise _unusable(path, "are cut short")
        magic, checksum = _HEADER.unpack_from(content)
        if magic != MAGIC or crc32(content[_HEADER.size :]) != checksum:
            raise _unusable(path, "are damaged, or of another version")
        return cls(dict(zip(KINDS, _indexes(content[_HEADER.size :]), strict=True)))

    def save(self, path: Path) -> None:
        """Write the file whole or not at all; NoSpaceError or IndexingError where it cannot be written."""
        parts = [memoryview(part).cast("B") for kind in KINDS for part in self._kinds[kind]]
        body = _LENGTHS.pack(*map(len, parts)) + b"".join(parts)
        write_whole(path, _HEADER.pack(MAGIC, crc32(body)) + body)

    def starting(self, kind: Kind, key: str) -> Iterator[Entry]:
        """The entries of a kind whose folded or bare key begins so, best first; one may come twice."""
        return self._kinds[kind].starting(key, kind)

    def inside(self, kind: Kind, key: str) -> Iterator[Entry]:
        """The entries of a kind with ``key`` where a later word of their bare key begins, best first."""
        return self._kinds[kind].inside(key, kind)


def _indexes(body: memoryview) -> Iterator[PrefixIndex]:
    at = _LENGTHS.size
    parts = []
    for length in _LENGTHS.unpack_from(body):
        parts.append(body[at : at + length])
        at += length
    for first in range(0, len(parts), _PARTS):
        records, *numbers = parts[first : first + _PARTS]
        yield PrefixIndex(records, *(each.cast("I") for each in numbers))


def _unusable(path: Path, fault: str) -> BrokenIndexError:
    return BrokenIndexError(f"the completions {path} {fault}; rebuild with: kashshaf reindex")
