"""Checksums of the files of a folder, in a file of their own: what ``verify`` and each opening compare.

    checksums.json    {"files": {"articles/MAIN_1.seg": [bytes, CRC-32], …}, "checksum": …}

Files are never written again once they are listed. So a commit reads and syncs only those that it added: one
that shares its inode with a listed file is that file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from kashshaf.index.disk import sync
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.store.sealed.json_files import read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LIST = "checksums.json"
MEND = "go back with: kashshaf rollback, or rebuild with: kashshaf reindex SOURCE"
AT_ONCE = 1 << 20


class Sum(NamedTuple):
    """The size of a file in bytes, and the CRC-32 of its content."""

    size: int
    crc: int


Sums = dict[str, Sum]
"""Sums of files by their paths below the folder of the list, with slashes."""


def sum_of(path: Path) -> Sum:
    """Read a file; raises OSError."""
    size = crc = 0
    with path.open("rb") as file:
        while part := file.read(AT_ONCE):
            size, crc = size + len(part), crc32(part, crc)
    return Sum(size, crc)


def listed(folder: Path) -> Sums:
    """Read the list of a folder; raises BrokenIndexError where it is missing or damaged."""
    rows: Any = read_json(folder / LIST).get("files")
    try:
        return {name: Sum(*map(int, row)) for name, row in rows.items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise damaged(folder / LIST) from error


def write_list(folder: Path, files: Iterable[Path], before: Path | None = None) -> None:
    """Sync files below a folder and list them there; those that another folder's list has are not read again.

    Raises OSError, NoSpaceError and IndexingError.
    """
    known = _by_inode(before) if before else {}
    sums = {path.relative_to(folder).as_posix(): known.get(_inode(path)) or _synced(path) for path in files}
    write_json(folder / LIST, {"files": {name: [*found] for name, found in sorted(sums.items())}})


def compare(folder: Path, sums: Mapping[str, Sum], *, read: int | None = None) -> None:
    """Raise BrokenIndexError, naming the file, unless each is as it was written.

    Sizes are compared of all, contents of the smallest files, ``read`` bytes in all; of all files without it.
    """
    for name, expected in sorted(sums.items(), key=lambda row: row[1].size):
        path = folder / name
        if read is not None:
            read -= expected.size
        try:
            whole = read is None or read >= 0
            same = sum_of(path) == expected if whole else path.stat().st_size == expected.size
        except FileNotFoundError as error:
            raise BrokenIndexError(f"the index is damaged: {path} is missing; {MEND}") from error
        except OSError as error:
            raise BrokenIndexError(f"cannot read {path}: {error.strerror}; {MEND}") from error
        if not same:
            raise damaged(path)


def damaged(path: Path) -> BrokenIndexError:
    """Return the error that names a file as damaged, with the way back."""
    return BrokenIndexError(f"the index is damaged: {path} is not as it was written; {MEND}")


def _synced(path: Path) -> Sum:
    sync(path)
    return sum_of(path)


def _by_inode(folder: Path) -> dict[tuple[int, int], Sum]:
    return {_inode(folder / name): found for name, found in listed(folder).items()}


def _inode(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino
