"""Updates in place: new and changed articles into the generation that serves, removals out of it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kashshaf.index.errors import SourceError
from kashshaf.index.store.article_writer import commit_changes, committed
from kashshaf.index.store.generations import Store
from kashshaf.index.store.hints import hints
from kashshaf.index.store.ledger import FileRow, Ledger, digest
from kashshaf.index.store.tombstones import Tombstones
from kashshaf.indexer.ingest.articles import articles, outcomes
from kashshaf.indexer.ingest.changes import ChangedFiles
from kashshaf.indexer.ingest.files import files, forget_fetched, root_of
from kashshaf.indexer.rebuild.fill import SAME_ID
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.remove import writable_generation
from kashshaf.indexer.report import Report
from kashshaf.indexer.sources.identity import united
from kashshaf.indexer.sources.source import scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kashshaf.index.documents import Article
    from kashshaf.index.settings import Settings
    from kashshaf.indexer.ingest.options import Options
    from kashshaf.indexer.ingest.source_file import Gathered, SourceFile
    from kashshaf.indexer.progress import Show, Step
    from kashshaf.indexer.sources.source import Source

NOTHING_LEFT = (
    "every article of the index has vanished from the sources, so --sync would leave nothing;"
    " nothing was removed; is the right folder there? To take articles out: kashshaf remove ID"
)
BATCH = 1_000
"""Articles of one commit: enough that commits cost little, few enough that they fit in memory."""


def update(
    settings: Settings, sources: Sequence[Source], options: Options, show: Show, *, sync: bool = False
) -> Report:
    """Add and update the articles of ``sources``; with ``sync`` also take out what has vanished from them.

    Where there is no index yet, one is built.
    """
    store = Store(settings.index)
    if not store.exists():
        return rebuild(settings, sources, options, show)
    started = time.perf_counter()
    with store.lock("index"):
        generation = writable_generation(store, options.zone)
        report = Report(engine=generation.manifest().engine, generation=generation.name)
        with Ledger(generation.folder) as ledger, show("Reading and indexing", None) as step:
            run = _Run(store, ledger, Tombstones.load(store.root), options, report, step)
            run.take(sources, sync=sync)
        forget_fetched(sources, options)
        state = generation.state()
        report.hints = hints(generation, settings)
    report.articles, report.comments, report.stories = state.articles, state.comments, state.stories
    report.seconds = round(time.perf_counter() - started, 1)
    return report


class _Run:
    """One update: articles wait until there is a batch of them."""

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        tombstones: Tombstones,
        options: Options,
        report: Report,
        step: Step,
    ) -> None:
        self._store = store
        self._generation = store.current()
        self._ledger = ledger
        self._tombstones = tombstones
        self._options = options
        self._report = report
        self._step = step
        self._waiting: dict[str, Gathered] = {}
        self._gone: dict[str, list[str]] = {}

    def take(self, sources: Sequence[Source], *, sync: bool) -> None:
        """Take in all that the sources have; with ``sync``, then take out what they have no longer."""
        self._dig_up()
        found = files(sources, self._options, self._ledger, self._report)
        changed = ChangedFiles(found, self._ledger, self._options)
        for file in changed:
            self._read(file)
        self._flush()
        self._report.unchanged += changed.unchanged
        if sync:
            self._drop_vanished([root_of(source) for source in sources], changed)
        self._ledger.commit()

    def _dig_up(self) -> None:
        """Have files read again whose articles were removed for good and may now come in again."""
        for article_id, comment_id, path in self._ledger.removed_in():
            if not self._tombstones.contains(article_id, comment_id):
                self._ledger.restore(article_id, comment_id, path)

    def _read(self, file: SourceFile) -> None:
        before = self._ledger.articles(file.key)
        refused = len(self._report.refused)
        present = set()
        found = outcomes(file, self._options)
        for gathered in articles(file, found, self._tombstones, self._ledger, self._report):
            present.add(gathered.article.id)
            self._take_article(self._with_earlier(gathered) if file.comment_feeds is not None else gathered)
        if refused == len(self._report.refused) and not file.rolling:  # what was not read has not vanished
            self._gone[file.key] = [article_id for article_id in before if article_id not in present]
        self._ledger.note_file(file.row())
        if refused < len(self._report.refused):
            self._ledger.mark_stale(file.key)  # what was refused is named again until it is mended

    def _with_earlier(self, gathered: Gathered) -> Gathered:
        """An article of a feed with the comments it had before: its comment feed lists the newest alone."""
        before = committed(self._generation, gathered.article.id)
        if before is None or before.comments == gathered.article.comments:
            return gathered
        article = replace(gathered.article, comments=united(before.comments, gathered.article.comments))
        return gathered._replace(article=article, digest=digest(article))

    def _take_article(self, gathered: Gathered) -> None:
        article_id = gathered.article.id
        if article_id in self._waiting:
            self._report.mend(gathered.place, SAME_ID.format(article_id))
        elif self._ledger.digest(article_id) == gathered.digest:
            self._report.unchanged += 1
            self._ledger.note_origin(article_id, gathered.key)
            return
        self._waiting[article_id] = gathered
        self._step()
        if len(self._waiting) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        """Commit what waits."""
        for article_id, gathered in self._waiting.items():
            if self._ledger.digest(article_id) is None:
                self._report.added += 1
            else:
                self._report.updated += 1
            self._ledger.note_origin(article_id, gathered.key)
        self._apply(put=[gathered.article for gathered in self._waiting.values()])
        self._ledger.commit()
        self._waiting.clear()

    def _apply(self, put: Sequence[Article] = (), remove: Sequence[str] = ()) -> None:
        commit_changes(self._generation, self._ledger, self._options.zone, put, remove)
        self._store.tell()

    def _drop_vanished(self, roots: Sequence[str], changed: ChangedFiles) -> None:
        """Take out the articles that no file gives any more, be it changed or gone."""
        touched = {article_id for gone in self._gone.values() for article_id in gone}
        for path, gone in self._gone.items():
            self._ledger.drop_origins(path, gone)
        for row in filter(changed.has_vanished, self._in_scope(roots, changed.moved_from)):
            if _is_gone(row.path):
                touched.update(self._ledger.articles(row.path))
                self._ledger.forget_file(row.path)
        vanished = [article_id for article_id in sorted(touched) if not self._ledger.origins(article_id)]
        if vanished and len(vanished) >= self._generation.state().articles:
            raise SourceError(NOTHING_LEFT)
        self._apply(remove=vanished)
        self._report.removed += len(vanished)

    def _in_scope(self, roots: Sequence[str], moved_from: Iterable[str]) -> list[FileRow]:
        """The files that should be below the sources, and those of sources that have moved away whole."""
        moved = [root for root in moved_from if _is_gone(root)]
        return [
            *(row for root in roots for row in self._listed(root)),
            *(row for root in moved for row in self._ledger.files_of(root)),
        ]

    def _listed(self, root: str) -> list[FileRow]:
        """The files below a path, or the pages and rows that an address, a list or a database gave."""
        below = [] if scheme(root) else self._ledger.files_below(root)
        return [*below, *(row for row in self._ledger.files_of(root) if scheme(row.path))]


def _is_gone(path: str) -> bool:
    """True if nothing is at a path any more; what may not be looked at is not gone."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
