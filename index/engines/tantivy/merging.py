"""Merging segments that hold removed documents, for which tantivy-py has no call.

Tantivy merges segments of like sizes when there are eight of them, and any that has a larger share of
removed documents than a setting allows, which is 1 and which tantivy-py does not reach. So Tantivy is given a
copy of the index, made of links to its files, in which every segment with removed documents is said to have
as many of them as can be said. It reads what is really removed from the files, and merges. What it made is
taken over only if it holds what it should; until the last step, the exchange of one file, the index is as it
was.
"""

from __future__ import annotations

import fcntl
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import orjson
from tantivy import Index

from kashshaf.index.engines.tantivy.checksums import segments
from kashshaf.index.engines.tantivy.errors import LOCKED
from kashshaf.index.engines.tantivy.open_index import META, link_files
from kashshaf.index.errors import LockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAP = 15_000_000
"""The least that Tantivy lets a writer have; merging uses none of it."""
ASIDE = "merging"
"""Folder within the index's own where it is done; what a crash leaves of it the next writer takes away."""
MANAGED, LOCK = ".managed.json", ".tantivy-writer.lock"
"""Tantivy's list of the files it may delete, and the file that its writer locks."""
MAX_U32 = 2**32 - 1


def tidy(folder: Path) -> None:
    """Take away what merging left behind that was cut short; the lock must be held."""
    shutil.rmtree(folder / ASIDE, ignore_errors=True)


def removed_share(folder: Path) -> float:
    """The share of the documents in the files that are removed."""
    every, removed = _counts(segments(folder))
    return removed / every if every else 0.0


def merge(folder: Path) -> None:
    """Merge the segments that hold removed documents; nobody may be writing, and nobody can meanwhile."""
    with _locked(folder), _aside(folder) as aside:
        every, removed = _counts(segments(folder))
        _overstate_deletes(folder, aside)
        writer = Index.open(str(aside)).writer(HEAP, 1)
        writer.commit()
        writer.wait_merging_threads()
        if _counts(segments(aside)) == (every - removed, 0):
            _take_over(aside, folder)


def _counts(found: list[dict[str, Any]]) -> tuple[int, int]:
    """Documents in the files, and how many of them are removed."""
    removed = sum(segment["deletes"]["num_deleted_docs"] for segment in found if segment["deletes"])
    return sum(segment["max_doc"] for segment in found), removed


def _overstate_deletes(folder: Path, aside: Path) -> None:
    meta = orjson.loads((folder / META).read_bytes())
    for segment in meta["segments"]:
        if segment["deletes"]:
            segment["deletes"]["num_deleted_docs"] = MAX_U32
    (aside / META).unlink()
    (aside / META).write_bytes(orjson.dumps(meta))


def _take_over(aside: Path, folder: Path) -> None:
    """The new files first, noted as Tantivy's own so that it can delete them one day; then their list."""
    made = [file for file in aside.iterdir() if not file.is_symlink() and not file.name.startswith(".")]
    managed = set(orjson.loads((folder / MANAGED).read_bytes())) | {file.name for file in made}
    (aside / MANAGED).write_bytes(orjson.dumps(sorted(managed)))
    (aside / MANAGED).replace(folder / MANAGED)
    for file in sorted(made, key=lambda file: file.name == META):
        file.replace(folder / file.name)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    tidy(folder)
    (folder / ASIDE).mkdir()
    try:
        link_files(folder, folder / ASIDE)
        yield folder / ASIDE
    finally:
        tidy(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of Tantivy's writer."""
    with (folder / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise LockedError(LOCKED) from error
        yield
