"""The engine seam: what every engine promises. ``tests/index/contract`` holds each engine to it.

An engine keeps one index (articles or comments) in one folder of its own. It gets finished terms and only
stores, matches and ranks them. It raises nothing but errors of ``index/errors.py``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple, Protocol

from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from index.query import Search, Term
    from index.records import Record
    from index.results import Group, Matches
    from index.schema import IndexName


class Reader(Protocol):
    """The index as it was when the reader was opened; later commits do not show. Safe to share by threads."""

    def search(self, search: Search) -> Matches:
        """The exact total and the page asked for: of what matches ``required`` and not ``excluded``.

        Ranked by ``index/ranking.py``, ties by the later start of the span, then by id; ``newest`` and
        ``oldest`` go by the start of the span, undated documents last, ties by id. Terms of fields or words
        the index does not have match nothing. An offset beyond the total and a limit of 0 give no hits.
        With ``fold``, of the matches that share its value the first in this order counts, and is a hit; the
        others are not.
        """

    def groups(self, search: Search, keyword: str, size: int) -> Mapping[str, Group]:
        """The matches by their value of ``keyword``, with the best ``size`` of each.

        Every document must have one value of it at most; those without are in no group. ``offset``,
        ``limit`` and ``fold`` do not count.
        """

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """The number of documents with each term; removed ones count until the engine merges them away."""

    def count(self) -> int:
        """The number of documents."""

    def stored(self, ids: Iterable[str]) -> dict[str, bytes]:
        """The stored bytes of those of ``ids`` that are there."""

    def scan(self) -> Iterator[bytes]:
        """The stored bytes of every document, in no order."""

    def values(self, keyword: str) -> Mapping[str, int]:
        """The values of a keyword, each with the number of documents that have it."""

    def check(self) -> None:
        """Read all of it; raises BrokenIndexError where something cannot be read."""

    def close(self) -> None:
        """Let go of files. A second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *raised: object) -> None: ...


class Writer(Protocol):
    """The one writer of an index. Nothing it was told shows before ``commit``."""

    def put(self, record: Record) -> None:
        """Add a document in place of the one with its id; between two commits an id is put once at most."""

    def remove(self, ids: Iterable[str]) -> None:
        """Take committed documents out; ids that are not there do not matter."""

    def commit(self) -> None:
        """Make all since the last commit visible and lasting, at once."""

    def close(self) -> None:
        """Forget what was not committed and let go of files. A second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Capacity(NamedTuple):
    """The documents of each index that an engine answers well, and the engine for sites with more."""

    documents: Mapping[IndexName, int]
    beyond: str


class Engine(Protocol):
    """A way to keep an index. ``version`` names the format on disk: another version cannot be opened.

    ``capacity`` is None where no site of one machine is too large.
    """

    name: str
    version: str
    capacity: Capacity | None

    def create(self, folder: Path, index: IndexName) -> None:
        """Make an empty index in ``folder``, which is made if it is not there and must be empty."""

    def writer(self, folder: Path, index: IndexName) -> Writer:
        """The writer; raises LockedError while there is another, BrokenIndexError where there is no index."""

    def reader(self, folder: Path, index: IndexName) -> Reader:
        """A reader; raises BrokenIndexError where there is no index or it cannot be read."""


_MODULES = {
    "whoosh": "index.engines.whoosh",
    "tantivy": "index.engines.tantivy",
    "memory": "index.engines.memory",
}


def open_engine(name: str) -> Engine:
    """The engine of that name; its module is imported only now. Raises SettingsError for an unknown name."""
    if name not in _MODULES:
        known = ", ".join(engine for engine in _MODULES if engine != "memory")
        raise SettingsError(f"there is no engine {name!r}; the engines are: {known}")
    engine: Engine = importlib.import_module(_MODULES[name]).ENGINE
    return engine
