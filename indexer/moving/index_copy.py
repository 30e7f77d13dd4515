"""An index as files with checksums: a snapshot of the generation that serves, and the way back."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from kashshaf.index.disk import sync_tree, writing
from kashshaf.index.errors import BrokenIndexError, IndexingError, SourceError
from kashshaf.index.store.changeover.removals import take_out_removed
from kashshaf.index.store.generations import Generation, Store
from kashshaf.index.store.ledger import NAME as LEDGER
from kashshaf.index.store.parts import now
from kashshaf.index.store.tombstones import NAME as TOMBSTONES
from kashshaf.index.store.tombstones import Tombstones
from kashshaf.indexer.remove import writable_generation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from kashshaf.index.settings import Settings

LIST = "snapshot.json"
INSIDE = "generation"
FORMAT = 1
LINKED = 1 << 20
"""Bytes from which a file is linked, not copied: such files of an index are written once and never changed,
but for the ledger."""
LOCKS = (".lock", "WRITELOCK")
NO_SNAPSHOT = "{} has no snapshot: {} is not there or cannot be read; nothing was changed"
DAMAGED = "the snapshot in {} is damaged: {} is not as it was written; nothing was changed"
OLDER = (
    "the snapshot in {} cannot be used by this version: {}; nothing was changed; restore it with the version"
    " that made it, export its content there, and import that here"
)
NOT_EMPTY = (
    "there is an index in {} already; nothing was changed; put the snapshot in its place with --replace,"
    " and kashshaf rollback goes back, or name another folder with --index"
)
ELSEWHERE = (
    "the index is kept by the engine {}, on a cluster, and its files here are but a part of it; nothing was"
    " written; keep its content by: kashshaf export FILE, or make a snapshot on the cluster (docs/cluster.md)"
)
OCCUPIED = "{} has files in it already; name a folder that is new or empty"


@dataclass(frozen=True, slots=True)
class Copied:
    """A snapshot: where it is, its files, its bytes, and how many of the files are links."""

    folder: Path
    files: int
    bytes: int
    linked: int


def snapshot(settings: Settings, folder: Path, zone: tzinfo) -> Copied:
    """Copy the generation that serves to ``folder``, large files as links where the disk is the same.

    Writers wait while files are copied and linked, searches do not. Raises IndexingError where the folder has
    anything in it; NoIndexError and BrokenIndexError as commands do.
    """
    store = Store(settings.index)
    if folder.exists() and any(folder.iterdir()):
        raise IndexingError(OCCUPIED.format(folder))
    store.current()  # an index that is not there has no folder for a lock either
    with store.serving_lock("snapshot"):
        generation = writable_generation(store, zone)
        _require_files(generation)
        with writing(folder):
            linked = _copy_all(generation.folder, folder / INSIDE, links=True)
            if (store.root / TOMBSTONES).exists():
                shutil.copyfile(store.root / TOMBSTONES, folder / TOMBSTONES)
    rows = [_row(folder, file) for file in _files(folder)]
    written = {"format": FORMAT, "generation": generation.name, "created": now(), "files": rows}
    _write_lasting(folder / LIST, orjson.dumps(written, option=orjson.OPT_INDENT_2))
    return Copied(folder, len(rows), sum(row["bytes"] for row in rows), linked)


def restore(settings: Settings, folder: Path, zone: tzinfo, *, replaces: bool = False) -> Generation:
    """Put a snapshot into service as a new generation; what is removed for good by now stays so.

    Raises SourceError for a snapshot that is missing or damaged, BrokenIndexError for one of another version,
    IndexingError where there is an index and it shall not be replaced; then nothing was changed.
    """
    store = Store(settings.index)
    if store.exists() and not replaces:
        raise IndexingError(NOT_EMPTY.format(store.root))
    _check(folder)
    _check_version(folder)
    with store.lock("restore"):
        store.sweep()
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        generation = Generation(store.root / "generations" / name)
        try:
            with writing(generation.folder):
                _copy_all(folder / INSIDE, generation.folder, links=False)
                sync_tree(generation.folder)
                _check_copy(folder, generation.folder)
                _add_tombstones(folder, store)
            take_out_removed(generation, Tombstones.load(store.root), zone)
        except BaseException:
            shutil.rmtree(generation.folder, ignore_errors=True)
            raise
        store.switch(generation)
    return generation


def _require_files(generation: Generation) -> None:
    """Raise IndexingError where the folder of a generation does not hold all of it."""
    engine = generation.engine()
    if not engine.embedded:
        raise IndexingError(ELSEWHERE.format(engine.name))


def _copy_all(source: Path, target: Path, *, links: bool) -> int:
    """Copy a folder, its locks left out, to disk; the number of files that were linked."""
    linked = 0
    for file in _files(source):
        if not file.name.endswith(LOCKS):
            to = target / file.relative_to(source)
            to.parent.mkdir(parents=True, exist_ok=True)
            linked += _copy(file, to, links=links)
    return linked


def _copy(file: Path, to: Path, *, links: bool) -> bool:
    """Copy a file; True where a link did."""
    if links and file.name != LEDGER and file.stat().st_size >= LINKED:
        with suppress(OSError):  # another disk, or one that knows no links
            os.link(file, to)
            return True
    with file.open("rb") as source, to.open("xb") as target:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())
    return False


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _row(folder: Path, file: Path) -> dict[str, Any]:
    name = file.relative_to(folder).as_posix()
    return {"name": name, "bytes": file.stat().st_size, "sha256": _sum(file)}


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _write_lasting(path: Path, content: bytes) -> None:
    with writing(path), path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with writing(path):
        sync_tree(path.parent)


def _rows(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Name, bytes and checksum of each file of a snapshot, by its list; no name leads out of it."""
    try:
        data = orjson.loads((folder / LIST).read_bytes())
        rows = [(str(row["name"]), int(row["bytes"]), str(row["sha256"])) for row in data["files"]]
        sound = data["format"] == FORMAT and all(_is_inside(name) for name, _, _ in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(NO_SNAPSHOT.format(folder, LIST)) from error
    if not sound:
        raise SourceError(NO_SNAPSHOT.format(folder, LIST))
    yield from rows


def _is_inside(name: str) -> bool:
    parts = Path(name).parts
    return bool(parts) and not Path(name).is_absolute() and ".." not in parts


def _check(folder: Path) -> None:
    """Raise SourceError unless every file is there as it was written, and no other."""
    listed = {name: (size, digest) for name, size, digest in _rows(folder)}
    there = {file.relative_to(folder).as_posix(): file for file in _files(folder) if file.name != LIST}
    for name in sorted(listed.keys() | there.keys()):
        file = there.get(name)
        if file is None or name not in listed or (file.stat().st_size, _sum(file)) != listed[name]:
            raise SourceError(DAMAGED.format(folder, name))


def _check_copy(folder: Path, copy: Path) -> None:
    """Raise SourceError unless what was copied is what was checked."""
    for name, _, digest in _rows(folder):
        inside = Path(name)
        if inside.parts[0] == INSIDE and _sum(copy / inside.relative_to(INSIDE)) != digest:
            raise SourceError(DAMAGED.format(folder, name))


def _check_version(folder: Path) -> None:
    generation = Generation(folder / INSIDE)
    try:
        generation.engine()
        generation.check_analyzer()
    except BrokenIndexError as error:
        raise BrokenIndexError(OLDER.format(folder, error)) from error


def _add_tombstones(folder: Path, store: Store) -> None:
    """Add the removals of a snapshot to those that there are."""
    before = Tombstones.load(store.root)
    file = folder / TOMBSTONES
    rows = (
        [orjson.loads(line) for line in file.read_bytes().splitlines() if line.strip()]
        if file.exists()
        else []
    )
    for row in rows:
        if not before.contains(row["article"], row.get("comment") or ""):
            before.add(row["article"], row.get("comment"), row.get("by", ""))
