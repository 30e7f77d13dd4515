"""The engine seam: the promises of every engine. ``tests/index/contract`` holds each engine to them.

An engine keeps one index (articles or comments) in a place of its own, which a folder stands for. An embedded
engine keeps all of the index in that folder. Another keeps it elsewhere, on a cluster say, and in the folder
only what finds it there. It gets finished terms and only stores, matches and ranks them. It raises errors of
``index/errors.py``, and ValueError for a wrong argument; any other error is a fault of the program.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from kashshaf.index.errors import SettingsError
from kashshaf.index.settings import ENGINES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from kashshaf.index.query import Ask, Clause, Search, Term
    from kashshaf.index.records import Record
    from kashshaf.index.results import Group, Matches
    from kashshaf.index.schema import IndexName
    from kashshaf.index.storage.board import Board


class Reader(Protocol):
    """A snapshot of the index, without commits made after it was opened. Threads may share it.

    ``search``, ``groups``, ``having`` and ``facets`` end at the deadline of the work that they belong to, if
    it has one (``index/limits/deadline.py``): they raise TimeLimitError.
    """

    def search(self, search: Search) -> Matches:
        """Return the exact total and one page of what matches ``required`` and not ``excluded``.

        Ranked by ``index/ranking.py``, ties by the later start of the span, then by id; ``newest`` and
        ``oldest`` go by the start of the span, undated documents last, ties by id; ``likes`` goes by these,
        most first, ties as ``newest`` has them. Terms of fields or words
        the index does not have match nothing. An offset beyond the total and a limit of 0 give no hits.
        With ``fold``, of the matches that share its value the first in this order counts, and is a hit; the
        others are not. Raises ValueError where ``fold`` is not one of the index's ``GROUPED`` keywords.
        """

    def groups(self, search: Search, keyword: str, size: int) -> Mapping[str, Group]:
        """Group the matches by their value of ``keyword``, each group with its total and best ``size`` hits.

        ``keyword`` must be one of the index's ``GROUPED`` keywords, else ValueError. Documents without a
        value are in no group. ``offset``, ``limit`` and ``fold`` of the search are ignored.
        """

    def having(self, clauses: Sequence[Clause], ids: Collection[str]) -> list[set[str]]:
        """Return for each clause those of some documents, by id, that match it."""

    def facets(self, search: Search, sizes: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
        """Count the matches by their values of keywords, of each keyword in ``sizes`` at most so many values.

        The count of a value is the total of the same search with this value as one more filter; so with
        ``fold``, of the matches that share its value as well, one counts. Values come by count, the highest
        first, ties by value; values without a match are left out. ``scoring``, ``order``, ``offset`` and
        ``limit`` of the search are ignored. Raises ValueError for a keyword that is none of ``FACETS``, or
        a ``fold`` that is none of the index's ``FOLDED_FACETS``.
        """

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """Return the documents that have each term, counted; removed ones may count until they are merged."""

    def count(self) -> int:
        """Return the number of documents."""

    def stored(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the stored bytes of those of ``ids`` that are there, by id."""

    def scan(self) -> Iterator[bytes]:
        """Yield the stored bytes of every document, in no order."""

    def values(self, keyword: str) -> Mapping[str, int]:
        """Return the values of a keyword, each with the number of documents that have it."""

    def check(self) -> None:
        """Read the whole index; raises BrokenIndexError where a part cannot be read."""

    def close(self) -> None:
        """Close files. A second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *raised: object) -> None: ...


class Writer(Protocol):
    """The one writer of an index. Its changes show from ``commit`` on."""

    def put(self, record: Record) -> None:
        """Add a document in place of the one with its id; callers put an id once between two commits."""

    def remove(self, ids: Iterable[str]) -> None:
        """Remove committed documents; ids that are not there are ignored."""

    def commit(self) -> None:
        """Make all changes since the last commit visible and lasting, in one step."""

    def close(self) -> None:
        """Drop what was not committed and close files. A second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Capacity(NamedTuple):
    """The documents of each index up to which an engine is quick, and the engine for more."""

    documents: Mapping[IndexName, int]
    beyond: str


class Engine(Protocol):
    """An engine. ``version`` names its format on disk: an index of another version cannot be opened.

    ``embedded``: the folder holds all of an index, so that whoever copies or deletes its files copies or
    deletes the index. ``capacity`` is None where no site of one machine is too large. ``locks`` names the
    files by which a writer keeps others away, which hold nothing.
    """

    name: str
    embedded: bool
    version: str
    capacity: Capacity | None
    locks: frozenset[str]

    def create(self, folder: Path, index: IndexName) -> None:
        """Create an empty index in ``folder``, which must be empty and is created where it is missing."""

    def copy(self, folder: Path, to: Path, index: IndexName) -> None:
        """Create an index in ``to``, which must not be there, that holds what is committed in ``folder``.

        Both may share files, of which none is ever written to again; what is written to one does not show in
        the other. Nobody may be writing to ``folder``. Where the engine is not embedded, both folders name
        one index: what is written to it shows to each reader that is opened after the commit.
        """

    def drop(self, folder: Path) -> None:
        """Delete the index of ``folder``, wherever it is kept, and the folder; without one it does nothing.

        Raises ClusterError where a cluster that keeps it does not answer; then the folder stays.
        """

    def prune(self, generations: Path) -> None:
        """Delete indexes kept elsewhere for a folder of generations that no folder in it stands for any more.

        Raises ClusterError. An embedded engine has none.
        """

    def size(self, folder: Path) -> int:
        """Return the bytes of an index beside those of the files in ``folder``; 0 for an embedded engine."""

    def writer(self, folder: Path, index: IndexName) -> Writer:
        """Open the writer; raises LockedError while there is another, BrokenIndexError without an index."""

    def reader(self, folder: Path, index: IndexName) -> Reader:
        """Open a reader; raises BrokenIndexError where there is no index or it cannot be read."""

    def board(self) -> Board | None:
        """Return the board of the site's indexes, by the settings; None for an embedded engine."""

    def foresee(self, asked: Sequence[tuple[Reader, Ask]]) -> None:
        """Ask at once what readers of this engine will be asked next; an embedded engine does nothing.

        Each then answers these questions without another request. Raises what the questions would raise.
        """

    def foreseen(self, reader: Reader, ask: Ask) -> Any:
        """Return the answer to a question that was foreseen, or None."""


REFERENCE = "memory"
"""The engine that others are compared with; it keeps nothing on disk."""


def open_engine(name: str) -> Engine:
    """Import an engine by its name (one of :data:`ENGINES`); raises SettingsError for an unknown name.

    So it does where the library of the engine, which has the extra of the engine's name, is not installed.
    """
    if name not in (*ENGINES, REFERENCE):
        raise SettingsError(f"there is no engine {name!r}; the engines are: {', '.join(ENGINES)}")
    try:
        engine: Engine = importlib.import_module(f"kashshaf.index.engines.{name}").ENGINE
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise SettingsError(
            f"the engine {name} is not installed here; it is an extra: in the folder of the source,"
            f" pip install '.[{name}]'"
        ) from error
    return engine
