"""Sources to articles: what there is found and named, what has not changed passed over, outcomes reported."""

from __future__ import annotations

import os
import shutil
import stat
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.errors import SourceError
from index.store.ledger import FileMark, FileRow, digest
from indexer.fetching import AS_SET, KEPT, Fetching
from indexer.sources import STANDARD_INPUT, discover, finished, read
from indexer.sources.base import AS_NAMED, POSTS, Columns, Found, Noted, Outcome, Reading, Refused
from indexer.sources.given import Address, Query, Source
from indexer.sources.walk import is_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from index.documents import Article
    from index.store.ledger import Known, Ledger
    from index.store.tombstones import Tombstones
    from indexer.learning import Lessons
    from indexer.report import Report

LATEST = 2**63 - 2**53
"""Nanoseconds since 1970, in the year 2262: a file that claims a later time has none worth keeping."""
PASSED_OVER = "passed over {} {}; a file that is named itself is read whatever it is called"
REMOVED = "was removed for good, in whole or in part; what was removed stays out"
_AT_ONCE = 500
"""Files looked up in the ledger at a time."""

Content = Path | Query | Refused | None
"""Where articles are read from: Refused for what could not be had, None for what has not changed."""
Lost = Literal["document", "list"]
"""What could not be had: a document that its server says is gone, or a list that names documents."""


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are read: the moment the pages were saved, if it is known, and the zone of bare clocks.

    ``columns``: what fields are called in tables and JSON. ``types``: of the posts of a WordPress export.
    ``lessons``: the site profiles, and what folders teach of their pages; None to go by no site.
    """

    as_of: datetime | None
    zone: tzinfo
    columns: Columns = AS_NAMED
    types: tuple[str, ...] = POSTS
    fetching: Fetching = AS_SET
    lessons: Lessons | None = None

    def key(self) -> str:
        """The options as the ledger keeps them: a file read with others is read again."""
        more = [f"{name}={column}" for name, column in self.columns]
        more += [] if self.types == POSTS else self.types
        more += [self.lessons.key()] if self.lessons else []
        return " ".join([self.as_of.isoformat() if self.as_of else "", str(self.zone), *more])

    def keeping_nothing(self) -> Options:
        """The same, but what was fetched is not kept for another run."""
        return replace(self, fetching=replace(self.fetching, folder=None))

    def is_as_before(self, before: FileMark, now: FileMark) -> bool:
        """Whether a file need not be read; without ``--as-of`` the moment it was read with then goes on.

        One that the ledger distrusts is always read.
        """
        if before.modified < 0:
            return False
        if self.as_of is None:
            return before[:2] == now[:2] and before.options.endswith(now.options)
        return before == now


class Fetched(NamedTuple):
    """Where a page was found in the end, and when."""

    address: str
    at: datetime


class SourceFile(NamedTuple):
    """What is read at a time and kept account of in the ledger: a file, a page of a site, a database query.

    ``name`` is what made ids rest on: the path below the source, or the address. ``known``: how it was when
    it was read last. ``fetched``: where and when a page was had from its site; ``rolling``: it only ever
    lists the newest articles, so that those it no longer has have not vanished.
    """

    content: Content
    root: str
    name: str
    key: str
    mark: FileMark
    known: Known | None = None
    said: str = ""
    fetched: Fetched | None = None
    rolling: bool = False
    lost: Lost | None = None

    def row(self) -> FileRow:
        """As the ledger keeps it."""
        return FileRow(self.key, self.name, self.root, self.mark, self.said)


class Gathered(NamedTuple):
    """An article on its way into the index, with where it came from and the hash of its content."""

    article: Article
    key: str
    place: str
    digest: bytes


def files(
    sources: Sequence[Source], options: Options, ledger: Ledger | None = None, report: Report | None = None
) -> Iterator[SourceFile]:
    """All that the sources have, in order; raises SourceError for a source that is not there.

    With a ledger, names stay what they were when the files were read before, and pages of sites that have
    not changed since are not fetched. With a report, it says what was passed over.
    """
    named = _Named(options, ledger)
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
                yield from _of_path(source, named, report)


def _pages(
    given: str | Path, root: str, options: Options, ledger: Ledger | None, report: Report | None
) -> Iterator[SourceFile]:
    from indexer.web import site  # noqa: PLC0415 - heavy, and most sources are files

    return site.pages(given, root, options, ledger, report)


def _of_path(source: Path, named: _Named, report: Report | None) -> Iterator[SourceFile]:
    if source != STANDARD_INPUT and not source.exists():
        raise SourceError(f"there is no file or folder {source}; nothing was changed")
    passed_over: Counter[str] = Counter()
    yield from named.below(source, discover(source, passed_over))
    if report is None:
        return
    for what, count in sorted(passed_over.items()):
        report.mend(str(source), PASSED_OVER.format(count, what))


def articles(
    file: SourceFile, options: Options, tombstones: Tombstones, ledger: Ledger, report: Report
) -> Iterator[Gathered]:
    """The articles of a file; what is refused, mended or removed for good goes into the report."""
    for outcome in outcomes(file, options):
        if isinstance(outcome, Noted):
            report.mend(outcome.place, outcome.what)
            continue
        if not isinstance(outcome, Found):
            report.read += outcome.documents
            report.refuse(outcome)
            continue
        report.read += 1
        for what in outcome.mended:
            report.mend(outcome.place, what)
        article = tombstones.left(outcome.article)
        if article is not outcome.article:
            report.mend(outcome.place, REMOVED)
            for article_id, comment_id in tombstones.of(outcome.article):
                ledger.note_buried(article_id, comment_id, file.key)
        if article is not None:
            yield Gathered(article, file.key, outcome.place, digest(article))


def outcomes(file: SourceFile, options: Options) -> Iterator[Outcome]:
    """What a file gives: its articles, and refusals by name for all that is none."""
    match file.content:
        case None:
            return iter(())
        case Refused() as refused:
            return iter((refused,))
        case Query() as query:
            from indexer.sources import sql  # noqa: PLC0415

            told = reading(file, options)
            return finished(sql.read(query, told, file.name), told, file.name)
        case path:
            return read(path, reading(file, options), file.name)


def reading(file: SourceFile, options: Options) -> Reading:
    """What a reader is told of a file."""
    when = datetime.fromtimestamp(min(max(0, file.mark.modified), LATEST) / 1e9, UTC)
    return Reading(
        options.as_of or (file.fetched.at if file.fetched else None),
        when,
        options.zone,
        columns=options.columns,
        types=options.types,
        address=file.fetched.address if file.fetched else "",
        largest=options.fetching.largest_unpacked if file.fetched else None,
        profiles=options.lessons.below(file.root) if options.lessons else None,
    )


def key_of(path: Path) -> str:
    """A file or folder as the ledger knows it: its whole path, with bytes that are no text written out."""
    return str(path) if path == STANDARD_INPUT else _text(str(path.resolve()))


def is_fetched(source: Source) -> bool:
    """Whether a source is had from the web: an address, or a file that lists some."""
    return isinstance(source, Address) or (isinstance(source, Path) and is_list(source))


def forget_fetched(sources: Sequence[Source], options: Options) -> None:
    """Take away the pages that were kept in case that the run is cut short, while it still has the lock.

    A run without pages leaves another's alone.
    """
    folder = options.fetching.folder
    if folder is not None and any(map(is_fetched, sources)):
        shutil.rmtree(folder / KEPT, ignore_errors=True)


def root_of(source: Source) -> str:
    """A source as the ledger knows it: the ``root`` of its files."""
    match source:
        case Address():
            return source.url
        case Query():
            from indexer.sources import sql  # noqa: PLC0415 - an optional library

            return sql.name(source)
        case _:
            return key_of(source)


def _text(path: str) -> str:
    return os.fsencode(path).decode(errors="backslashreplace")


def _unseen(options: Options) -> FileMark:
    """The mark of what is read anew each time."""
    return FileMark(int(datetime.now(UTC).timestamp() * 1e9), 0, options.key())


class _Found(NamedTuple):
    """A file before it has a name."""

    path: Path
    key: str
    mark: FileMark


class _Named:
    """Gives the files of all sources their names, each its own."""

    def __init__(self, options: Options, ledger: Ledger | None) -> None:
        self._options = options
        self._read_with = options.key()
        self._ledger = ledger
        self._taken: dict[str, str] = {}
        self._real = lru_cache(maxsize=8)(os.path.realpath)  # the files of a folder come together

    def below(self, source: Path, paths: Iterable[Path]) -> Iterator[SourceFile]:
        """The files of a source with their names and marks; without those that went away meanwhile."""
        root, is_folder = key_of(source), source.is_dir()
        there = filter(None, map(self._found, paths))
        while chunk := list(islice(there, _AT_ONCE)):
            known = self._ledger.known([found.key for found in chunk]) if self._ledger else {}
            for found in chunk:
                before = known.get(found.key)
                name = self._kept(found.key, before) or self._name(
                    found.path.relative_to(source) if is_folder else Path(found.path.name), found.key
                )
                self._taken[name] = found.key
                yield SourceFile(found.path, root, name, found.key, found.mark, before)

    def _found(self, path: Path) -> _Found | None:
        if path == STANDARD_INPUT:
            return _Found(path, key_of(path), _unseen(self._options))
        key = f"{self._real(path.parent).rstrip('/')}/{path.name}"
        try:
            status = path.lstat()
            if stat.S_ISLNK(status.st_mode):
                status, key = path.stat(), str(path.resolve())
        except FileNotFoundError:
            return None
        except OSError:  # its reader will refuse it by name
            return _Found(path, _text(key), _unseen(self._options))
        mark = FileMark(max(0, min(status.st_mtime_ns, LATEST)), status.st_size, self._read_with)
        return _Found(path, _text(key), mark)

    def _kept(self, key: str, before: Known | None) -> str:
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
        """Whether a file may go by a name: nobody does, or a file that has moved here did."""
        if name in self._taken:
            return self._taken[name] == key
        owner = self._ledger.named(name) if self._ledger else None
        return owner is None or owner.path == key or not os.path.lexists(owner.path)
