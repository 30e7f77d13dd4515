"""Updates in place: new and changed articles into the generation that serves, removals out of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from index.errors import NotFoundError, UsageError
from index.generations import Generation, Store
from index.ledger import Ledger
from index.query import Filters, Search
from index.snapshot import Snapshot
from index.tombstones import Tombstones
from index.writing import apply, redo
from indexer.gather import articles, digest, files
from indexer.rebuild import rebuild
from indexer.report import Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo
    from pathlib import Path

    from index.documents import Article
    from index.settings import Settings
    from indexer.gather import Gathered, Options, SourceFile
    from indexer.progress import Show, Step

BATCH = 1_000
"""Articles of one commit: enough that commits cost little, few enough that they fit in memory."""


def update(
    settings: Settings, sources: Sequence[Path], options: Options, show: Show, *, sync: bool = False
) -> Report:
    """Add and update the articles of ``sources``; with ``sync`` also take out what has vanished from them.

    Where there is no index yet, one is built.
    """
    store = Store(settings.index)
    if not store.exists():
        return rebuild(settings, sources, options, show)
    started = time.perf_counter()
    with store.lock("index"):
        generation = _serving(store, options.zone)
        report = Report(engine=generation.manifest().engine, generation=generation.name)
        with Ledger(generation.folder) as ledger, show("Reading and indexing", None) as step:
            run = _Run(generation, ledger, Tombstones.load(store.root), options, report, step)
            run.take(sources, sync=sync)
        state = generation.state()
    report.articles, report.comments = state.articles, state.comments
    report.seconds = round(time.perf_counter() - started, 1)
    return report


class _Run:
    """One update: articles wait until there is a batch of them."""

    def __init__(
        self,
        generation: Generation,
        ledger: Ledger,
        tombstones: Tombstones,
        options: Options,
        report: Report,
        step: Step,
    ) -> None:
        self._generation = generation
        self._ledger = ledger
        self._tombstones = tombstones
        self._options = options
        self._report = report
        self._step = step
        self._waiting: dict[str, Gathered] = {}

    def take(self, sources: Sequence[Path], *, sync: bool) -> None:
        seen: dict[str, set[str]] = {}
        for file in files(sources, self._options, self._ledger):
            seen.setdefault(file.root, set()).add(file.key)
            self._take_file(file, sync=sync)
        self._flush()
        if sync:
            for root, present in seen.items():
                self._drop_vanished(root, present)
        self._ledger.commit()

    def _take_file(self, file: SourceFile, *, sync: bool) -> None:
        known = self._ledger.articles(file.key)
        if self._ledger.file(file.key) == file.mark:
            self._report.unchanged += len(known)
            return
        refused = len(self._report.refused)
        present = set()
        for gathered in articles(file, self._options, self._tombstones, self._report):
            present.add(gathered.article.id)
            self._take_article(gathered)
        if sync and refused == len(self._report.refused):  # what could not be read has not vanished
            self._remove([article_id for article_id in known if article_id not in present])
        self._ledger.note_file(file.key, file.root, file.name, file.mark)

    def _take_article(self, gathered: Gathered) -> None:
        article_id = gathered.article.id
        if article_id in self._waiting:
            self._report.mend(
                gathered.place, f"the id {article_id} stands more than once; the last one is kept"
            )
        if self._ledger.digest(article_id) == gathered.digest and article_id not in self._waiting:
            self._report.unchanged += 1
            return
        self._waiting[article_id] = gathered
        self._step()
        if len(self._waiting) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        """Commit what waits; only then does the ledger say so."""
        apply(self._generation, self._options.zone, (each.article for each in self._waiting.values()))
        for article_id, gathered in self._waiting.items():
            if self._ledger.digest(article_id) is None:
                self._report.added += 1
            else:
                self._report.updated += 1
            self._ledger.note_article(article_id, gathered.key, gathered.digest)
        self._ledger.commit()
        self._waiting.clear()

    def _drop_vanished(self, root: str, present: set[str]) -> None:
        for path in self._ledger.files(root):
            if path not in present:
                self._remove(self._ledger.articles(path))
                self._ledger.forget_file(path)

    def _remove(self, article_ids: list[str]) -> None:
        apply(self._generation, self._options.zone, remove=article_ids)
        self._ledger.forget(article_ids)
        self._report.removed += len(article_ids)


def remove(settings: Settings, ids: Sequence[str], zone: tzinfo) -> list[str]:
    """Take articles or single comments out for good; what was done, a sentence each.

    Raises NotFoundError, before anything was changed, for an id that is not there, and UsageError for a
    comment's id that several articles have.
    """
    store = Store(settings.index)
    with store.lock("remove"):
        generation = _serving(store, zone)
        found = [_find(generation, given) for given in ids]
        tombstones = Tombstones.load(store.root)
        for article_id, comment_id in found:
            tombstones.bury(article_id, comment_id)
        return [_take_out(generation, tombstones, zone, *each) for each in found]


def bury_again(generation: Generation, tombstones: Tombstones, zone: tzinfo) -> None:
    """Take out of a generation that serves again what was removed since it was built."""
    snapshot = Snapshot(generation)
    try:
        touched = {article for article, _ in tombstones.comments} | tombstones.articles
        present = [article for each in sorted(touched) if (article := snapshot.article(each))]
    finally:
        snapshot.close()
    _write_left(generation, tombstones, zone, present)


def _serving(store: Store, zone: tzinfo) -> Generation:
    """The generation to write to, whole."""
    generation = store.current()
    generation.engine()
    generation.check_analyzer()
    redo(generation, zone)
    return generation


def _find(generation: Generation, given: str) -> tuple[str, str | None]:
    """The article, and the comment if it is one, that an id names."""
    snapshot = Snapshot(generation)
    try:
        if snapshot.articles.stored([given]):
            return given, None
        groups = snapshot.comments.groups(Search(filters=Filters((("comment", (given,)),))), "article", 0)
        article_id, _, comment_id = given.rpartition("/")
        article = snapshot.article(article_id) if article_id else None
    finally:
        snapshot.close()
    if article and any(comment.id == comment_id for comment in article.comments):
        return article_id, comment_id
    if len(groups) == 1:
        return next(iter(groups)), given
    if groups:
        named = ", ".join(f"{each}/{given}" for each in sorted(groups)[:5])
        raise UsageError(
            f"comments of several articles have the id {given}; name one as ARTICLE/COMMENT: {named}"
        )
    raise NotFoundError(f"there is no article or comment with the id {given!r}; nothing was removed")


def _take_out(
    generation: Generation, tombstones: Tombstones, zone: tzinfo, article_id: str, comment_id: str | None
) -> str:
    snapshot = Snapshot(generation)
    try:
        article = snapshot.article(article_id)
    finally:
        snapshot.close()
    _write_left(generation, tombstones, zone, [article] if article else [])
    what = f"comment {comment_id} of article {article_id}" if comment_id else f"article {article_id}"
    return f"removed {what}"


def _write_left(
    generation: Generation, tombstones: Tombstones, zone: tzinfo, present: Sequence[Article]
) -> None:
    """Write articles again without what was removed of them, or take them out."""
    left = {article.id: tombstones.left(article) for article in present}
    put = [article for article in left.values() if article is not None]
    gone = [article_id for article_id, article in left.items() if article is None]
    with Ledger(generation.folder) as ledger:
        apply(generation, zone, put, gone)
        for article in put:
            ledger.note_article(article.id, ledger.owner(article.id) or "", digest(article))
        ledger.forget(gone)
        ledger.commit()
