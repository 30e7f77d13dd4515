"""The progress of a rebuild, on disk, so that an interrupted one can go on.

It stands in the new generation, ``rebuild.json``, until that is whole. Reading goes on with the first file
that was not read to its end, indexing after the last batch that was committed.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import orjson

from kashshaf.analyzers.fingerprint import fingerprint
from kashshaf.index.disk import write_whole
from kashshaf.index.errors import NoIndexError, UsageError
from kashshaf.index.store.tombstones import Tombstones
from kashshaf.indexer.ingest.files import root_of
from kashshaf.indexer.rebuild import spool
from kashshaf.indexer.sources.source import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kashshaf.index.engine import Engine
    from kashshaf.index.store.generations import Generation, Store
    from kashshaf.indexer.ingest.options import Options
    from kashshaf.indexer.report import Report
    from kashshaf.indexer.sources.source import Source

PROGRESS_FILE = "rebuild.json"
LEAST, SHARE = 20.0, 10.0
"""Seconds between two notes of progress, at least; and times the seconds that the last one took."""
ANEW = "begin anew without --resume"
DIFFERENT = {
    "sources": "it read other sources; name the same ones, or " + ANEW,
    "options": "it read them with another --as-of, profile or time zone; give the same, or " + ANEW,
    "engine": "it was for another engine; name the same, or " + ANEW,
    "analyzer": "it was begun by another version of the analyzer; " + ANEW,
    "serving": "the index has changed since; " + ANEW,
    "removed": "articles or comments were removed since; " + ANEW,
    "batch": "it was begun by another version of the program; " + ANEW,
}
"""The sentence for each part of the plan that is not as it was: the rebuild cannot go on."""


@dataclass(slots=True)
class Progress:
    """The progress of a rebuild.

    ``plan``: its engine, sources and options, which must be the same to go on. ``read``: True once the spool
    is whole. ``batches``: of the spool that are committed, with so many ``comments``.
    """

    plan: dict[str, Any]
    read: bool = False
    batches: int = 0
    comments: int = 0
    distrusted: list[str] = field(default_factory=list)
    """Files of which something was refused."""
    documents: int = 0
    mended: list[dict[str, str]] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    """The report's lines and count for files that were read to their end."""
    counted: tuple[int, int] = (0, 0)
    spooled: int = 0
    """Bytes that the spool had by then."""

    def count(self, report: Report) -> None:
        """Note that the report, as it is now, covers files that were read to their end."""
        self.documents = report.read
        self.counted = len(report.mended), len(report.refused)

    def restore_counts(self, report: Report) -> None:
        """Copy the saved counts into the report of the resumed run."""
        report.read, report.mended, report.refused = self.documents, self.mended, self.refused

    def note(self, folder: Path, report: Report) -> None:
        """Write the progress to disk."""
        mended, refused = self.counted
        saved = replace(self, mended=report.mended[:mended], refused=report.refused[:refused])
        write_whole(folder / PROGRESS_FILE, orjson.dumps(saved))


def rebuild_plan(store: Store, engine: Engine, sources: Sequence[Source], options: Options) -> dict[str, Any]:
    """The plan of a rebuild: all that must be the same when it goes on.

    What the write API writes and removes is carried over at its end, whenever that was.
    """
    tombstones = Tombstones.load(store.root)
    return {
        "sources": [*map(_named, sources)],
        "options": options.key(),
        "engine": f"{engine.name} {engine.version}",
        "analyzer": fingerprint(),
        "serving": "" if sources else _serving(store),
        "removed": len(tombstones.articles) + len(tombstones.comments) - len(tombstones.by_api),
        "batch": spool.BATCH,  # progress is counted in batches
    }


def _named(source: Source) -> str:
    """A source by its name, a query by what it asks too."""
    if not isinstance(source, Query):
        return root_of(source)
    statements = f"{source.articles}\n{source.comments}".encode()
    return f"{root_of(source)} {hashlib.blake2b(statements, digest_size=8).hexdigest()}"


def _serving(store: Store) -> str:
    """The generation whose articles are indexed again, as it is by now."""
    try:
        current = store.current()
        return f"{current.name} {current.state().commits}"
    except NoIndexError:
        return ""


def find_interrupted(store: Store, wanted: dict[str, Any]) -> tuple[Generation, Progress] | None:
    """The last interrupted rebuild, None where there is none; raises UsageError if it cannot go on."""
    for generation in store.unfinished():
        try:
            found = Progress(**orjson.loads((generation.folder / PROGRESS_FILE).read_bytes()))
            different = [name for name, value in wanted.items() if found.plan.get(name) != value]
        except (OSError, ValueError, TypeError, AttributeError):
            continue
        if different:
            raise UsageError(f"the rebuild that was interrupted cannot go on: {DIFFERENT[different[0]]}")
        return generation, found
    return None


def is_noted(generation: Generation) -> bool:
    """True if a rebuild has noted its progress in a generation."""
    return (generation.folder / PROGRESS_FILE).exists()


class Throttle:
    """Calls a slow action at most every ``LEAST`` seconds, and for at most a ``SHARE``-th of the time."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action
        self._due = time.monotonic() + LEAST

    def __call__(self) -> None:
        """Call the action if it is due."""
        began = time.monotonic()
        if began >= self._due:
            self._action()
            took = time.monotonic() - began
            self._due = time.monotonic() + max(LEAST, SHARE * took)
