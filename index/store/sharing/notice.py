"""What stands on a notice: the generation that serves, the files that its readers need, and who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.storage.board import PIECE

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}")
_PIECE = re.compile(r"[0-9a-f]{64}")


class Row(NamedTuple):
    """A file: its path below the index folder, with slashes; its bytes; the names of its pieces, in order."""

    path: str
    size: int
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice. ``files`` are written in this order, so that each names only what is there before it.

    ``token`` is known to the folder that wrote it alone. ``former`` names the pieces of the notice before,
    which are kept for whoever is fetching them.
    """

    token: str
    by: str
    at: str
    generation: str
    files: tuple[Row, ...]
    former: tuple[str, ...] = ()

    def pieces(self) -> set[str]:
        """The names of the pieces of all files."""
        return {piece for row in self.files for piece in row.pieces}

    def to_dict(self) -> dict[str, Any]:
        """Return it as it is written."""
        return {
            "format": FORMAT,
            "token": self.token,
            "by": self.by,
            "at": self.at,
            "generation": self.generation,
            "files": [[row.path, row.size, [*row.pieces]] for row in self.files],
            "former": [*self.former],
        }


def notice_of(content: Mapping[str, Any]) -> Notice:
    """Read a notice; raises BrokenIndexError for one that this version did not write.

    No path on it leads out of the index folder, whoever wrote it.
    """
    try:
        files = tuple(
            Row(str(path), int(size), tuple(map(str, pieces))) for path, size, pieces in content["files"]
        )
        told = (content[name] for name in ("token", "by", "at", "generation"))
        token, by, at, generation = map(str, told)
        notice = Notice(token, by, at, generation, files, tuple(content["former"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable("it is damaged") from error
    if content.get("format") != FORMAT:
        raise _unreadable("it is of another version; have all machines run the same")
    if not _PART.fullmatch(generation) or not all(map(_is_row, files)):
        raise _unreadable("it names files that no index has")
    return notice


def _is_row(row: Row) -> bool:
    return (
        all(_PART.fullmatch(part) for part in row.path.split("/"))
        and all(map(_PIECE.fullmatch, row.pieces))
        and 0 <= row.size <= PIECE * len(row.pieces)
    )


def _unreadable(reason: str) -> BrokenIndexError:
    return BrokenIndexError(
        f"what the writer tells of the index cannot be read: {reason}; on the machine that writes, run:"
        " kashshaf reindex"
    )
