"""Errors of the disk as ours, space for a rebuild, and files that last: written whole, and synced."""

from __future__ import annotations

import errno
import os
import pwd
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kashshaf.index.errors import IndexingError, NoSpaceError

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT)
FORBIDDEN = (errno.EACCES, errno.EPERM)
FAILING = (errno.EIO, errno.EREMOTEIO, errno.ESTALE)
NO_SPACE = "the disk is full; what was committed before serves; free some space and try again"
DISK_FAILS = (
    "the disk failed ({}); what was committed before serves; see the system's log of the disk, then try again"
)
FULL_OR_FAILS = (
    "the disk is full or fails ({}); what was committed before serves; free some space, see the system's log"
    " of the disk, and try again"
)
LINKLESS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EMLINK)
"""Errors of file systems, or of files, that cannot have a second name."""


def require_space(folder: Path, needed: int) -> None:
    """Raise NoSpaceError where the disk of ``folder`` has fewer than ``needed`` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NoSpaceError(
            f"a rebuild needs about {_shown(needed)} and {folder} has {_shown(free)} free;"
            " nothing was changed; free some space, or put the index elsewhere with --index"
        )


def _shown(size: int) -> str:
    """A size in megabytes, rounded up: a small site needs some, too."""
    return f"{-(-size >> 20)} MB"


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Translate the OSError of a block that writes at ``path`` to NoSpaceError or IndexingError."""
    try:
        yield
    except OSError as error:
        raise told(error, path) from error


def told(error: OSError, path: Path) -> IndexingError:
    """Return the error of a write at ``path`` as ours: a full disk, one that fails, or another's folder."""
    if error.errno in FULL:
        return NoSpaceError(NO_SPACE)
    if error.errno in FAILING:
        return IndexingError(DISK_FAILS.format(f"{path}: {error.strerror}"))
    if error.errno in FORBIDDEN:
        return IndexingError(forbidden(path))
    return IndexingError(f"cannot write {path}: {error.strerror}; is the folder yours, and is there space?")


def forbidden(path: Path) -> str:
    """Tell whose a file is that may not be written, and who should write it; or that of the folder above."""
    existing = [each for each in (path, *path.absolute().parents) if os.access(each, os.F_OK)]
    there = next((each for each in existing[:2] if not os.access(each, os.W_OK)), existing[0])
    owner, ours = _user(there.stat().st_uid), _user(os.geteuid())
    told = f"cannot write {path}: {there} belongs to {owner}, and this is {ours}"
    if owner == ours:
        return f"{told}; let yourself write there: chmod u+w {there}"
    return f"{told}; run the command as {owner}, or let {ours} write there"


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step; the new content is on disk when this returns."""
    aside = path.with_suffix(".new")
    with writing(path):
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(aside, path)


def put_in_place(aside: Path, path: Path) -> None:
    """Give a synced file its name, which lasts when this returns; raises OSError."""
    aside.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Have a file's content, or a folder's names, on disk; raises OSError. A second time costs little."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sync_tree(folder: Path) -> None:
    """Have all below a folder on disk, and its own name; files that go meanwhile are passed over."""
    for parent, _, files in os.walk(folder, topdown=False):
        for name in files:
            _sync_if_there(folder.joinpath(parent, name))
        _sync_if_there(folder.joinpath(parent))
    sync(folder.parent)


def _sync_if_there(path: Path) -> None:
    try:
        sync(path)
    except FileNotFoundError:  # merged away by the engine
        return


def link(path: Path, name: Path) -> None:
    """Give a file that nobody writes to any more a second name; a copy where there are no such names."""
    try:
        name.hardlink_to(path)
    except OSError as error:
        if error.errno not in LINKLESS:
            raise
        shutil.copyfile(path, name)


def link_files(folder: Path, to: Path, without: Container[str] = ()) -> None:
    """Make a folder with second names of the files of another, but for some names; raises OSError."""
    to.mkdir()
    for path in folder.iterdir():
        if path.is_file() and path.name not in without:
            link(path, to / path.name)


def drop_asides(folder: Path) -> None:
    """Delete what writes that were cut short left beside their files; nobody may be writing there."""
    for path in folder.glob("*.new"):
        path.unlink(missing_ok=True)
