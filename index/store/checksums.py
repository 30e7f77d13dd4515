"""Checksums of the files of a folder, in a file of their own: what ``verify`` and each opening compare.

    checksums.json    {"files": {"articles/MAIN_1.seg": [bytes, CRC-32], …}, "checksum": …}

Files are never written again once they are listed. So a commit reads and syncs only those that it added: one
that shares its inode with a listed file is that file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import orjson

from kashshaf.index.disk import sync
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.store.generations import LEXICON, STATE
from kashshaf.index.store.json_files import check_json, read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kashshaf.index.store.generations import Generation, Store

LIST = "checksums.json"
MEND = "go back with: kashshaf rollback, or rebuild it with: kashshaf reindex SOURCE"
AT_ONCE = 1 << 20
AT_OPENING = 16 << 20
"""Bytes, the smallest files first, that are read and compared whenever an index is opened: 10 ms at the most.
Of the files beyond it only the sizes are."""


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
        raise _damaged(folder / LIST) from error


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
            raise _damaged(path)


def require_sound(generation: Generation, *, frozen: bool) -> None:
    """Raise BrokenIndexError where a look at the files that searches rest on shows damage.

    ``frozen`` files are those of the rebuild; words and completions compare their own when they are opened.
    """
    compare(generation.commit_folder(), listed(generation.commit_folder()), read=AT_OPENING)
    if frozen:
        rows = listed(generation.folder)
        compare(generation.folder, {name: rows[name] for name in rows if name == LEXICON}, read=AT_OPENING)


def check_pointer(store: Store) -> None:
    """Raise BrokenIndexError where the file that names the serving generation is missing or damaged."""
    pointer = store.pointer()
    if not pointer.exists() and any(store.root.glob(f"generations/*/{STATE}")):
        raise _damaged(pointer)
    store.current()
    names: dict[str, str | None] = orjson.loads(pointer.read_bytes())
    before = names.get("before")
    if names.keys() != {"current", "before"} or (
        before and not (store.root / "generations" / before).is_dir()
    ):
        raise _damaged(pointer)


def check_all(generation: Generation) -> None:
    """Raise BrokenIndexError, naming the file, unless every file of a generation is as it was written."""
    for path in (generation.folder / STATE, generation.folder / LIST, generation.commit_folder() / LIST):
        check_json(path)
    for folder in (generation.folder, generation.commit_folder()):
        compare(folder, listed(folder))


def _damaged(path: Path) -> BrokenIndexError:
    return BrokenIndexError(f"the index is damaged: {path} is not as it was written; {MEND}")


def _synced(path: Path) -> Sum:
    sync(path)
    return sum_of(path)


def _by_inode(folder: Path) -> dict[tuple[int, int], Sum]:
    return {_inode(folder / name): found for name, found in listed(folder).items()}


def _inode(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino
