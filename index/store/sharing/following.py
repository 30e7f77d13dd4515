"""The reader's side: a folder that is filled from a board, and is an index folder as any other then.

    followed.json    the notice that was taken over last, and its version
    follow.lock      held by the process that takes over; its time is when the board was asked last

A file gets its name when all of it is on disk and is what the notice says. The file that names the
generation comes last, and the files of a commit before the state that names it. So whoever reads beside it,
or finds what was cut short, sees one commit or another, never a part.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from kashshaf.index.disk import put_in_place, sync, write_whole, writing
from kashshaf.index.errors import BrokenIndexError, NoIndexError, SettingsError
from kashshaf.index.storage.board import name_of
from kashshaf.index.store.locks import held
from kashshaf.index.store.parts import COMMITS, GENERATIONS, POINTER
from kashshaf.index.store.sealed.json_files import read_json, write_json
from kashshaf.index.store.sharing.notice import Notice, Row, notice_of

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.storage.board import Board, Posted, Version

NOTE, LOCK = "followed.json", "follow.lock"
PATIENCE = 300.0
"""Seconds that a process waits for another that is fetching the index."""
ATTEMPTS = 3
"""Attempts where the writer takes away what is being fetched, since it has told of something newer."""


class GonePieceError(BrokenIndexError):
    """A piece is not there any more."""


@dataclass(frozen=True, slots=True)
class Follower:
    """Fills the folder ``root`` from a board. ``own``: also a folder with an index that was built there."""

    root: Path
    board: Board
    own: bool = False

    def follow(self, patience: float = PATIENCE) -> Version:
        """Take over what the board tells, unless it is here; return the version of it.

        Raises NoIndexError where nothing was told yet, BrokenIndexError where a piece is damaged, missing or
        another than was told, LockedError where another process is about it for longer than ``patience``.
        What is there stays then.
        """
        self._require_not_own()
        with held(self.root / LOCK, f"process {os.getpid()}", patience):
            version = self.board.version()
            if version is None:
                raise NoIndexError(
                    f"the writer has told nothing yet: there is no notice in {self.board.name}; on the"
                    " machine that writes, set opensearch_role to writer, and run: kashshaf reindex SOURCE"
                    " --engine opensearch"
                )
            known = self._known()
            if known.get("version") == [*version] and known.get("board") == self.board.name:
                return version
            return self._taken(version, self._rows(known))

    def forget(self) -> None:
        """Let the folder be one with an index of its own."""
        (self.root / NOTE).unlink(missing_ok=True)

    def writer(self) -> str:
        """Name who wrote the notice that was taken over last; empty where there is none."""
        known: dict[str, Any] = self._known().get("notice", {})
        return str(known.get("by", ""))

    def _require_not_own(self) -> None:
        if (self.root / POINTER).exists() and not (self.root / NOTE).exists() and not self.own:
            raise SettingsError(
                f"the folder {self.root} holds an index that was built here, and this machine is a reader"
                " (opensearch_role); name an empty folder by the setting index, or be alone, or the writer"
            )

    def _known(self) -> dict[str, Any]:
        return _read(self.root / NOTE)

    def _rows(self, known: dict[str, Any]) -> set[Row]:
        """The files that were taken over; none where that cannot be told."""
        try:
            return {*notice_of(known.get("notice", {})).files}
        except BrokenIndexError:
            return set()

    def _taken(self, version: Version, there: set[Row]) -> Version:
        for attempt in range(1, ATTEMPTS + 1):
            posted = self.board.posted()
            if posted is None:
                break
            try:
                self._take(posted, there)
            except GonePieceError:
                if attempt == ATTEMPTS:
                    raise
            else:
                return posted.version
        raise NoIndexError(f"the notice in {self.board.name} has gone; version {version} was the last")

    def _take(self, posted: Posted, there: set[Row]) -> None:
        notice = notice_of(posted.content)
        if not (self.root / NOTE).exists():  # first: a folder that was cut short is known for a reader's
            self._write({})
        for row in notice.files:
            if row not in there or not self._is_there(row):
                self._fetch(row)
        before = self._point(notice.generation)
        self._write({"board": self.board.name, "version": posted.version, "notice": notice.to_dict()})
        self._prune(notice, before)

    def _write(self, note: dict[str, Any]) -> None:
        write_json(self.root / NOTE, note)

    def _is_there(self, row: Row) -> bool:
        try:
            return (self.root / row.path).stat().st_size == row.size
        except OSError:
            return False

    def _fetch(self, row: Row) -> None:
        path = self.root / row.path
        aside = path.with_name(f"{path.name}.new")
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as file:
                for name, piece in zip(row.pieces, self.board.fetched(row.pieces), strict=True):
                    file.write(self._sound(piece, name, row))
                file.flush()
                os.fsync(file.fileno())
                size = file.tell()
            if size != row.size:
                aside.unlink()
                raise self._damaged(row)
            put_in_place(aside, path)
            for folder in path.parents[: len(path.relative_to(self.root).parts)]:
                sync(folder)

    def _sound(self, piece: bytes | None, name: str, row: Row) -> bytes:
        if piece is None:
            raise GonePieceError(
                f"{row.path} of the index is not whole in {self.board.name}; on the machine that writes, run:"
                " kashshaf reindex"
            )
        if name_of(piece) != name:
            raise self._damaged(row)
        return piece

    def _damaged(self, row: Row) -> BrokenIndexError:
        return BrokenIndexError(
            f"{row.path} of the index is not in {self.board.name} as it was written, so it was not taken"
            " over; on the machine that writes, run: kashshaf reindex"
        )

    def _point(self, generation: str) -> str | None:
        """Name the generation that serves; return the one that did before, where it is another."""
        names = _read(self.root / POINTER)
        current, before = names.get("current"), names.get("before")
        if current != generation:
            before = current
            write_whole(self.root / POINTER, orjson.dumps({"current": generation, "before": before}))
        return str(before) if before else None

    def _prune(self, notice: Notice, before: str | None) -> None:
        """Take away generations but the one that serves and the one before, and commits that do not serve.

        The generation before stays for those who search it still. Indexes on the cluster are the writer's.
        """
        for folder in (self.root / GENERATIONS).glob("*"):
            if folder.name not in (notice.generation, before):
                shutil.rmtree(folder, ignore_errors=True)
        serving = self.root / GENERATIONS / notice.generation
        named = {row.path for row in notice.files}
        for folder in (serving / COMMITS).glob("*"):
            start = folder.relative_to(self.root).as_posix() + "/"
            if not any(path.startswith(start) for path in named):
                shutil.rmtree(folder, ignore_errors=True)


def _read(path: Path) -> dict[str, Any]:
    """What a file has; nothing where it is missing or damaged: all of it can be had again."""
    try:
        return read_json(path)
    except BrokenIndexError:
        return {}
