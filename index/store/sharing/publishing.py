"""The writer's side: it tells readers which generation serves, and is told where another machine writes.

    published.json    the tokens by which this folder knows its own notice, and the files that stand on it

A commit changes indexes on the cluster that all machines share. So whoever is about to write first puts the
notice there anew, with a new token: a machine that has another token, since it was copied from this one or
is another altogether, finds that out before it changes anything.
"""

from __future__ import annotations

import secrets
import socket
from typing import TYPE_CHECKING, Any

from kashshaf.index.disk import writing
from kashshaf.index.errors import BrokenIndexError, NotWriterError
from kashshaf.index.storage.board import PIECE, name_of
from kashshaf.index.store.parts import now
from kashshaf.index.store.sealed.json_files import read_json, write_json
from kashshaf.index.store.sharing.notice import Notice, Row, notice_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from kashshaf.index.storage.board import Board, Posted, Version

NOTE = "published.json"
TOKENS, FILES = "tokens", "files"


class Publisher:
    """Tells on a board of the index in the folder ``root``. Hold the lock of the generation that serves."""

    def __init__(self, root: Path, board: Board) -> None:
        self._root = root
        self._board = board

    def require_ours(self) -> Posted | None:
        """Return the notice, None where there is none; raises NotWriterError for that of another folder."""
        posted = self._board.posted()
        if posted is not None and posted.content.get("token") not in self._tokens():
            raise _moved(self._board, posted)
        return posted

    def claim(self) -> None:
        """Put the notice there anew, before anything is changed; raises NotWriterError."""
        posted = self.require_ours()
        if posted is None:
            self._write({TOKENS: self._tokens()})  # nothing of what was told is there any more
            return
        token = self._new_token(posted)
        self._put(posted, {**posted.content, "token": token, "by": self._by(), "at": now()})

    def adopt(self, version: Version) -> None:
        """Make the notice of that version this folder's own; raises NotWriterError where there is another."""
        posted = self._board.posted()
        if posted is None or posted.version != version:
            raise _moved(self._board, posted)
        self._write({TOKENS: [posted.content["token"]]})
        self.claim()

    def publish(self, generation: str, files: Sequence[Path]) -> None:
        """Put files there, in the order in which readers may have them, and the notice that names them.

        Where they are what stands there already, nothing is asked. Within a generation only pieces are sent
        that are not there; of another one all, which mends those that are damaged.
        """
        note = self._note()
        rows, known = self._rows(files, note.get(FILES, {}))
        if known == note.get(FILES):
            return
        posted = self.require_ours()
        before = _readable(posted)
        token = str(posted.content["token"]) if posted else self._new_token(None)
        former = tuple(sorted(before.pieces())) if before else ()
        notice = Notice(token, self._by(), now(), generation, rows, former)
        goes_on = before is not None and before.generation == generation
        self._send(files, self._board.lacking(notice.pieces()) if goes_on else notice.pieces())
        self._put(posted, notice.to_dict())
        self._write({TOKENS: self._tokens(), FILES: known})
        self._drop_others(before, notice)

    def _put(self, posted: Posted | None, content: Mapping[str, Any]) -> None:
        if self._board.replace(content, posted.version if posted else None):
            return
        raise _moved(self._board, self._board.posted())

    def _send(self, files: Sequence[Path], names: Collection[str]) -> None:
        self._board.put(piece for path in files for piece in _pieces(path) if name_of(piece) in names)

    def _drop_others(self, before: Notice | None, notice: Notice) -> None:
        """Drop pieces that neither this notice nor the one before names; of a new generation, orphans too."""
        kept = {*notice.pieces(), *notice.former}
        known = before.former if before and before.generation == notice.generation else self._board.pieces()
        self._board.drop({*known} - kept)

    def _rows(
        self, files: Sequence[Path], noted: dict[str, list[Any]]
    ) -> tuple[tuple[Row, ...], dict[str, list[Any]]]:
        """The rows of files, and what is to be noted of them; one that is as it was noted is not read."""
        rows, known = [], {}
        for path in files:
            name, status = path.relative_to(self._root).as_posix(), path.stat()
            mark = [status.st_size, status.st_mtime_ns, status.st_ino]
            found = noted.get(name, [])
            pieces = found[3] if found[:3] == mark else [name_of(piece) for piece in _pieces(path)]
            rows.append(Row(name, status.st_size, tuple(pieces)))
            known[name] = [*mark, pieces]
        return tuple(rows), known

    def _new_token(self, posted: Posted | None) -> str:
        """A token, noted before it is used, beside the one before it: either may be on the board then."""
        token = secrets.token_hex(16)
        before = [posted.content["token"]] if posted else []
        self._write({**self._note(), TOKENS: [*before, token]})
        return token

    def _tokens(self) -> list[str]:
        return list(self._note().get(TOKENS, []))

    def _note(self) -> dict[str, Any]:
        if not (self._root / NOTE).exists():
            return {}
        try:
            return read_json(self._root / NOTE)
        except BrokenIndexError:
            return {}

    def _write(self, note: dict[str, Any]) -> None:
        with writing(self._root):
            self._root.mkdir(parents=True, exist_ok=True)
        write_json(self._root / NOTE, note)

    def _by(self) -> str:
        return f"{socket.gethostname()}, folder {self._root.absolute()}"


def _readable(posted: Posted | None) -> Notice | None:
    """A notice, None where it is damaged or another version's: one that takes its place mends it."""
    try:
        return notice_of(posted.content) if posted else None
    except BrokenIndexError:
        return None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _moved(board: Board, posted: Posted | None) -> NotWriterError:
    told = posted.content if posted else {}
    by = f"{told.get('by', 'another machine')}, {told.get('at', '')}".strip(", ")
    return NotWriterError(
        f"another machine writes to this index: {board.name} was last written by {by}; nothing was changed;"
        " write there, or, where that machine is no more, take over with: kashshaf take-over"
    )
