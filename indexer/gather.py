"""Sources to articles: files found and named, what has not changed passed over, outcomes reported."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.errors import SourceError
from index.ledger import FileMark, digest
from indexer.sources import STANDARD_INPUT, discover, read
from indexer.sources.base import Found, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from index.documents import Article
    from index.ledger import Ledger
    from index.tombstones import Tombstones
    from indexer.learning import Lessons
    from indexer.report import Report

LATEST = 2**63 - 2**53
"""Nanoseconds since 1970, in the year 2262: a file that claims a later time has none worth keeping."""
PASSED_OVER = "passed over {} {}; a file that is named itself is read whatever it is called"
REMOVED = "was removed for good, in whole or in part; what was removed stays out"


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are read: the moment the pages were saved, if it is known, and the zone of bare clocks.

    ``lessons``: the site profiles, and what folders teach of their pages; None to go by no site.
    """

    as_of: datetime | None
    zone: tzinfo
    lessons: Lessons | None = None

    def key(self) -> str:
        """The options as the ledger keeps them: a file read with others is read again."""
        profiles = f" {self.lessons.key()}" if self.lessons else ""
        return f"{self.as_of.isoformat() if self.as_of else ''} {self.zone}{profiles}"


class SourceFile(NamedTuple):
    """A file of a source. ``name`` is what made ids rest on: its path below the source."""

    path: Path
    root: str
    name: str
    key: str
    mark: FileMark


class Gathered(NamedTuple):
    """An article on its way into the index, with where it came from and the hash of its content."""

    article: Article
    key: str
    place: str
    digest: bytes


def files(
    sources: Sequence[Path], options: Options, ledger: Ledger | None = None, report: Report | None = None
) -> Iterator[SourceFile]:
    """Every file of the sources, in order; raises SourceError for a source that is not there.

    With a ledger, names stay what they were when the files were read before. With a report, it says what in
    the folders was passed over.
    """
    taken: dict[str, str] = {}
    for source in sources:
        if source != STANDARD_INPUT and not source.exists():
            raise SourceError(f"there is no file or folder {source}; nothing was changed")
        passed_over: Counter[str] = Counter()
        for path in discover(source, passed_over):
            key = key_of(path)
            name = _name(path, source, key, taken, ledger)
            taken[name] = key
            mark = _mark(path, options)
            if mark is not None:  # else it went away since the folder was listed
                yield SourceFile(path, key_of(source), name, key, mark)
        if report is None:
            continue
        for what, count in sorted(passed_over.items()):
            report.mend(str(source), PASSED_OVER.format(count, what))


def articles(
    file: SourceFile, options: Options, tombstones: Tombstones, ledger: Ledger, report: Report
) -> Iterator[Gathered]:
    """The articles of a file; what is refused, mended or removed for good goes into the report."""
    for outcome in read(file.path, reading(file, options), file.name):
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


def reading(file: SourceFile, options: Options) -> Reading:
    """What a reader is told of a file."""
    when = datetime.fromtimestamp(min(file.mark.modified, LATEST) / 1e9, UTC)
    profiles = options.lessons.below(file.root) if options.lessons else None
    return Reading(options.as_of, when, options.zone, profiles)


def key_of(path: Path) -> str:
    """A file or folder as the ledger knows it: its whole path, with bytes that are no text written out."""
    return str(path) if path == STANDARD_INPUT else _text(str(path.resolve()))


def _text(path: str) -> str:
    return os.fsencode(path).decode(errors="backslashreplace")


def _mark(path: Path, options: Options) -> FileMark | None:
    if path == STANDARD_INPUT:
        return FileMark(int(datetime.now(UTC).timestamp() * 1e9), 0, options.key())
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return FileMark(max(0, min(status.st_mtime_ns, LATEST)), status.st_size, options.key())


def _name(path: Path, source: Path, key: str, taken: dict[str, str], ledger: Ledger | None) -> str:
    """The path below the source; with as many of the folders above as tell it from another file's name."""
    known = ledger.file(key) if ledger else None
    if known and taken.get(known.name, key) == key:
        return known.name
    below = path.relative_to(source) if source.is_dir() else Path(path.name)
    above = Path(key).parts[: -len(below.parts)]
    name = _text(below.as_posix())
    for folder in reversed(above):
        if _is_free(name, key, taken, ledger):
            return name
        name = f"{folder.strip('/')}/{name}"
    return name


def _is_free(name: str, key: str, taken: dict[str, str], ledger: Ledger | None) -> bool:
    """Whether a file may go by a name: nobody does, or a file that has moved here did."""
    if name in taken:
        return taken[name] == key
    owner = ledger.named(name) if ledger else None
    return owner is None or owner.path == key or not Path(owner.path).exists()
