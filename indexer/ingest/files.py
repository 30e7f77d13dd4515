"""The files of the sources, each with its name, its key in the ledger and its mark."""

from __future__ import annotations

import os
import shutil
import stat
from collections import Counter
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.index.errors import SourceError
from kashshaf.index.store.ledger import FileMark
from kashshaf.indexer.ingest.fetching import CACHE
from kashshaf.indexer.ingest.source_file import LATEST, SourceFile
from kashshaf.indexer.sources.discover import STANDARD_INPUT, discover, is_list
from kashshaf.indexer.sources.source import Address, Query, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.index.store.ledger import Known, Ledger
    from kashshaf.indexer.ingest.options import Options
    from kashshaf.indexer.report import Report


PASSED_OVER = "passed over {} {}; a file that is named itself is read whatever it is called"
_AT_ONCE = 500
"""Files looked up in the ledger at a time."""


def files(
    sources: Sequence[Source], options: Options, ledger: Ledger | None = None, report: Report | None = None
) -> Iterator[SourceFile]:
    """All that the sources have, in order; raises SourceError for a source that is not there.

    With a ledger, names stay what they were when the files were read before, and pages of sites that have
    not changed since are not fetched. With a report, it says what was passed over.
    """
    namer = _Namer(options, ledger)
    for source in sources:
        match source:
            case Address():
                yield from _pages(source.url, root_of(source), options, ledger, report)
            case Query():
                name = root_of(source)
                yield SourceFile(source, name, name, name, _unseen(options))
            case _ if is_fetched(source):
                yield from _pages(source, root_of(source), options, ledger, report)
            case _:
                yield from _of_path(source, namer, report)


def _pages(
    given: str | Path, root: str, options: Options, ledger: Ledger | None, report: Report | None
) -> Iterator[SourceFile]:
    from kashshaf.indexer.ingest.web import crawl  # noqa: PLC0415 - heavy, and most sources are files

    return crawl.pages(given, root, options, ledger, report)


def _of_path(source: Path, namer: _Namer, report: Report | None) -> Iterator[SourceFile]:
    if source != STANDARD_INPUT and not source.exists():
        raise SourceError(f"there is no file or folder {source}; nothing was changed")
    passed_over: Counter[str] = Counter()
    yield from namer.below(source, discover(source, passed_over))
    if report is None:
        return
    for what, count in sorted(passed_over.items()):
        report.mend(str(source), PASSED_OVER.format(count, what))


def key_of(path: Path) -> str:
    """A file or folder as the ledger knows it: its whole path, with bytes that are no text written out."""
    return str(path) if path == STANDARD_INPUT else _text(str(path.resolve()))


def is_fetched(source: Source) -> bool:
    """True if a source is fetched from the web: an address, or a file that lists some."""
    return isinstance(source, Address) or (isinstance(source, Path) and is_list(source))


def forget_fetched(sources: Sequence[Source], options: Options) -> None:
    """Take away the pages that were kept in case that the run is cut short, while it still has the lock.

    A run without pages leaves another's alone.
    """
    folder = options.fetching.folder
    if folder is not None and any(map(is_fetched, sources)):
        shutil.rmtree(folder / CACHE, ignore_errors=True)


def root_of(source: Source) -> str:
    """A source as the ledger knows it: the ``root`` of its files."""
    match source:
        case Address():
            return source.url
        case Query():
            from kashshaf.indexer.sources import sql  # noqa: PLC0415 - an optional library

            return sql.query_name(source)
        case _:
            return key_of(source)


def _text(path: str) -> str:
    return os.fsencode(path).decode(errors="backslashreplace")


def _unseen(options: Options) -> FileMark:
    """The mark of a source that is read anew each time."""
    return FileMark(int(datetime.now(UTC).timestamp() * 1e9), 0, options.key())


class _Unnamed(NamedTuple):
    """A file before it has a name."""

    path: Path
    key: str
    mark: FileMark


class _Namer:
    """Names the files of all sources, each by a name of its own."""

    def __init__(self, options: Options, ledger: Ledger | None) -> None:
        self._options = options
        self._read_with = options.key()
        self._ledger = ledger
        self._taken: dict[str, str] = {}
        self._real = lru_cache(maxsize=8)(os.path.realpath)  # the files of a folder come together

    def below(self, source: Path, paths: Iterable[Path]) -> Iterator[SourceFile]:
        """The files of a source with their names and marks; without those that went away meanwhile."""
        root, is_folder = key_of(source), source.is_dir()
        there = filter(None, map(self._look_at, paths))
        while chunk := list(islice(there, _AT_ONCE)):
            known = self._ledger.known([found.key for found in chunk]) if self._ledger else {}
            for found in chunk:
                before = known.get(found.key)
                name = self._name_before(found.key, before) or self._name(
                    found.path.relative_to(source) if is_folder else Path(found.path.name), found.key
                )
                self._taken[name] = found.key
                yield SourceFile(found.path, root, name, found.key, found.mark, before)

    def _look_at(self, path: Path) -> _Unnamed | None:
        if path == STANDARD_INPUT:
            return _Unnamed(path, key_of(path), _unseen(self._options))
        key = f"{self._real(path.parent).rstrip('/')}/{path.name}"
        try:
            status = path.lstat()
            if stat.S_ISLNK(status.st_mode):
                status, key = path.stat(), str(path.resolve())
        except FileNotFoundError:
            return None
        except OSError:  # its reader will refuse it by name
            return _Unnamed(path, _text(key), _unseen(self._options))
        mark = FileMark(max(0, min(status.st_mtime_ns, LATEST)), status.st_size, self._read_with)
        return _Unnamed(path, _text(key), mark)

    def _name_before(self, key: str, before: Known | None) -> str:
        """The name that a file had before; empty if it is new, or another has the name now."""
        if before is None or self._taken.get(before.row.name, key) != key:
            return ""
        return before.row.name

    def _name(self, below: Path, key: str) -> str:
        """The path below the source; with as many of the folders above as tell it from another file's."""
        above = Path(key).parts[: -len(below.parts)]
        name = _text(below.as_posix())
        for folder in reversed(above):
            if self._is_free(name, key):
                return name
            name = f"{folder.strip('/')}/{name}"
        return name

    def _is_free(self, name: str, key: str) -> bool:
        """True if a file may take a name: it is free, or belongs to a file that has moved here."""
        if name in self._taken:
            return self._taken[name] == key
        owner = self._ledger.named(name) if self._ledger else None
        return owner is None or owner.path == key or not os.path.lexists(owner.path)
