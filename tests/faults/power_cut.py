"""A power cut: the folder as a disk may have it then, from what had been synced.

``contents``: names are as they were last, and files that were not synced since they were written are as they
were synced last, or empty. ``names``: names are as their folders were synced last, too.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

MODELS = ("contents", "names")


class Disk(NamedTuple):
    """What was on disk before: by inode the content of files, and the names in folders with their inodes."""

    files: dict[int, bytes]
    folders: dict[int, dict[str, int]]


def disk_of(folder: Path) -> Disk:
    """A folder and all below it, as they are."""
    disk = Disk({}, {})
    for parent, folders, files in os.walk(folder):
        below = {name: Path(parent, name).lstat().st_ino for name in (*folders, *files)}
        disk.folders[Path(parent).stat().st_ino] = below
        disk.files.update(
            {below[name]: Path(parent, name).read_bytes() for name in files if _is_file(parent, name)}
        )
    return disk


def _is_file(parent: str, name: str) -> bool:
    return not Path(parent, name).is_symlink()


def cut(folder: Path, before: Disk, shadows: Path, model: str) -> None:
    """Make of a folder what a cut leaves of it."""
    now = disk_of(folder)
    root = folder.stat().st_ino
    lasting = Disk(
        {
            number: _synced_file(number, before, shadows)
            for number in {*now.files, *before.files, *_shadowed(shadows)}
        },
        {number: _synced_names(number, before, shadows) for number in {*now.folders, *before.folders}},
    )
    aside = folder.with_name("cut")
    _make(aside, root, lasting, lasting.folders if model == "names" else now.folders)
    shutil.rmtree(folder)
    aside.rename(folder)


def _shadowed(shadows: Path) -> set[int]:
    return {int(path.name) for path in shadows.iterdir() if path.suffix != ".names"}


def _synced_file(number: int, before: Disk, shadows: Path) -> bytes:
    path = shadows / str(number)
    return path.read_bytes() if path.exists() else before.files.get(number, b"")


def _synced_names(number: int, before: Disk, shadows: Path) -> dict[str, int]:
    path = shadows / f"{number}.names"
    if not path.exists():
        return before.folders.get(number, {})
    rows = (line.split(" ", 1) for line in path.read_text().splitlines())
    return {name: int(inode) for inode, name in rows}


def _make(folder: Path, number: int, lasting: Disk, folders: dict[int, dict[str, int]]) -> None:
    folder.mkdir()
    for name, below in folders.get(number, {}).items():
        if below in lasting.folders:
            _make(folder / name, below, lasting, folders)
        else:
            (folder / name).write_bytes(lasting.files.get(below, b""))
