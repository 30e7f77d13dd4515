"""A board in memory, and index folders of a few files to tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from kashshaf.index.storage.board import Posted, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kashshaf.index.storage.board import Version


class MemoryBoard:
    """See :class:`kashshaf.index.storage.board.Board`.

    ``before_notice`` is called before a notice is put there, ``before_piece`` before a piece is given.
    """

    name = "the board of the test"

    def __init__(self) -> None:
        self.notice: Posted | None = None
        self.kept: dict[str, bytes] = {}
        self.sent: list[str] = []
        self.asked = 0
        self.before_notice: Callable[[], object] = lambda: None
        self.before_piece: Callable[[], object] = lambda: None

    def version(self) -> Version | None:
        self.asked += 1
        return self.notice.version if self.notice else None

    def posted(self) -> Posted | None:
        return self.notice

    def replace(self, content: Mapping[str, Any], before: Version | None) -> bool:
        self.before_notice()
        if before != (self.notice.version if self.notice else None):
            return False
        self.notice = Posted((before[0] + 1 if before else 0, 1), orjson.loads(orjson.dumps(content)))
        return True

    def lacking(self, names: Iterable[str]) -> set[str]:
        return {*names} - self.kept.keys()

    def put(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self.sent.append(name_of(piece))
            self.kept[name_of(piece)] = piece

    def fetched(self, names: Sequence[str]) -> Iterator[bytes | None]:
        for name in names:
            self.before_piece()
            yield self.kept.get(name)

    def pieces(self) -> list[str]:
        return [*self.kept]

    def drop(self, names: Iterable[str]) -> None:
        for name in names:
            self.kept.pop(name, None)


def files(root: Path, generation: str = "G1", commit: int = 1, frozen: bytes = b"words") -> list[Path]:
    """Write the files of a commit of a generation, the state last, and return them in this order."""
    folder = root / "generations" / generation
    written = {
        folder / "lexicon.bin": frozen,
        folder / "commits" / str(commit) / "articles" / "cluster.json": generation.encode(),
        folder / "state.json": b'{"commits":%d}' % commit,
    }
    for path, content in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    return [*written]
