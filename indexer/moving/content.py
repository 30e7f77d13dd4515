"""The whole content of an index to a file, and back: articles as stored, and what was removed for good."""

from __future__ import annotations

import gzip
import hashlib
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

import orjson

from kashshaf.index.disk import writing
from kashshaf.index.errors import IndexingError, SourceError
from kashshaf.index.settings import ENGINES
from kashshaf.index.store.article_writer import stored_articles
from kashshaf.index.store.generations import Store
from kashshaf.index.store.ledger import Ledger
from kashshaf.index.store.snapshot import Snapshots
from kashshaf.index.store.tombstones import Tombstones
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.sources.decoding.unpack import PACKED, UNREADABLE, unpacked
from kashshaf.indexer.sources.exports import lines as exported
from kashshaf.indexer.sources.outcome import UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.settings import Settings
    from kashshaf.index.store.generations import Generation
    from kashshaf.index.store.snapshot import Snapshot
    from kashshaf.indexer.ingest.options import Options
    from kashshaf.indexer.progress import Show
    from kashshaf.indexer.report import Report
    from kashshaf.indexer.sources.decoding.unpack import Peekable

NOT_EMPTY = (
    "there is an index in {} already; nothing was changed; name a folder without one with --index,"
    " or index the file beside what is there with: kashshaf index {}"
)
NO_EXPORT = "it was not written by: kashshaf export; to index it as articles: kashshaf reindex {}"
STANDARD = Path("-")


class Moved(NamedTuple):
    """The number of articles and comments that were moved."""

    articles: int
    comments: int


class _Lines:
    """Lines on their way into a file, counted and summed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sums = hashlib.sha256()

    def put(self, data: dict[str, Any]) -> None:
        line = orjson.dumps(data) + b"\n"
        self.sums.update(line)
        self._file.write(line)


def export(settings: Settings, path: Path) -> Moved:
    """Write the content of the index as of one commit; raises NoIndexError or BrokenIndexError.

    A file is there when it is whole, in gzip if its name ends so. ``-`` is standard output.
    """
    store = Store(settings.index)
    snapshots = Snapshots(store)
    try:
        with snapshots.use() as snapshot, _opened(path) as file:
            return _export(snapshot, store, file)
    finally:
        snapshots.close()


def _export(snapshot: Snapshot, store: Store, file: IO[bytes]) -> Moved:
    lines, articles, comments = _Lines(file), 0, 0
    lines.put(exported.header(snapshot.generation.manifest().engine))
    for article in stored_articles(snapshot.articles, snapshot.comments):
        lines.put(article.to_dict())
        articles += 1
        comments += len(article.comments)
    for row in Tombstones.load(store.root).rows():
        lines.put({exported.MARK: exported.REMOVED, **row})
    with Ledger(snapshot.generation.folder) as ledger:
        for article_id, moment in ledger.written().items():
            lines.put({exported.MARK: exported.WRITTEN, "id": article_id, "moment": moment})
    lines.put(exported.end(articles, comments, lines.sums.hexdigest()))
    return Moved(articles, comments)


def import_content(settings: Settings, path: Path, options: Options, show: Show) -> Report:
    """Build an index of what ``path`` has, which is looked through first.

    The engine is that of the settings, else that of the index that was exported. Raises SourceError for a
    file that is damaged, cut short or no export, IndexingError where there is an index already; then nothing
    was changed.
    """
    store = Store(settings.index)
    if store.exists():
        raise IndexingError(NOT_EMPTY.format(store.root, path))
    others = _checked(path)
    chosen = replace(settings, engine=settings.engine or others.engine)
    complete = partial(_put_others, store, path, others)
    return rebuild(chosen, [path], options, show, complete=complete)


class _Others(NamedTuple):
    """What an export has beside articles: the name of an engine, rows of tombstones, and ids with moments."""

    engine: str
    removed: list[dict[str, object]]
    written: dict[str, int]


def _put_others(store: Store, path: Path, others: _Others, generation: Generation) -> None:
    """Write what is no article, before the generation serves; removals do no harm where there is none."""
    if store.exists():  # another process was quicker
        raise IndexingError(NOT_EMPTY.format(store.root, path))
    Tombstones.load(store.root).add_rows(others.removed)
    with Ledger(generation.folder) as ledger:
        for article_id, moment in others.written.items():
            ledger.note_written(article_id, moment)
        ledger.commit()


def _checked(path: Path) -> _Others:
    """What a whole export has beside its articles; raises SourceError for another file."""
    try:
        with path.open("rb") as stream, unpacked(stream, path) as (inner, _):
            return _read(inner, path)
    except (UnfitError, *UNREADABLE) as error:
        said = str(error) if isinstance(error, UnfitError) else exported.DAMAGED
        raise SourceError(f"{path} cannot be imported: {said}; nothing was changed") from error


def _read(stream: Peekable, path: Path) -> _Others:
    first = stream.readline(exported.LONGEST_LINE)
    if not exported.is_export(first):
        raise UnfitError(NO_EXPORT.format(path))
    others = _Others(_known_engine(first), [], {})
    for line in exported.lines(first, stream):
        _note(line, others)
    return others


def _known_engine(first: bytes) -> str:
    """The engine that an export names; empty for one that names none, or one that is not here."""
    name = exported.engine(first)
    return name if name in ENGINES else ""


def _note(line: exported.Line, others: _Others) -> None:
    match line.data:
        case {exported.MARK: exported.REMOVED, "article": str(article_id), **rest}:
            others.removed.append({"article": article_id, **rest})
        case {exported.MARK: exported.WRITTEN, "id": str(article_id), "moment": int(moment)}:
            others.written[article_id] = moment


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name once it is written, and is deleted where that fails."""
    if path == STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    aside = path.with_name(f"{path.name}.new")
    with writing(path):
        try:
            with aside.open("wb") as file:
                if path.suffix.lower() == PACKED:
                    with gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed:
                        yield cast("IO[bytes]", packed)
                else:
                    yield file
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
