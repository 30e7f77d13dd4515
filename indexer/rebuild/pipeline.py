"""The main path: sources to spool, spool to a new generation, a check, the switch.

Until the switch the generation before serves, whatever happens here. What is stopped can go on later.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.index.disk import require_space, sync
from kashshaf.index.errors import AwayError, BrokenIndexError, SourceError, StoppedError
from kashshaf.index.limits import allocator
from kashshaf.index.query import Filters, Search
from kashshaf.index.schema import INDEXES
from kashshaf.index.store.article_writer import ArticleWriter
from kashshaf.index.store.changeover.carry_over import carry_over
from kashshaf.index.store.generations import COMPLETIONS, Generation, Store
from kashshaf.index.store.hints import hints
from kashshaf.index.store.ledger import Ledger
from kashshaf.index.store.parts import STATE
from kashshaf.index.stories.shingles import Texts
from kashshaf.index.stories.stories import Stories
from kashshaf.indexer.ingest.files import forget_fetched
from kashshaf.indexer.rebuild.analyse import BuildRecords
from kashshaf.indexer.rebuild.counting.collected import Collected
from kashshaf.indexer.rebuild.counting.completions import WriteCompletions
from kashshaf.indexer.rebuild.counting.count import WordCounter
from kashshaf.indexer.rebuild.engine_choice import chosen_engine
from kashshaf.indexer.rebuild.fill import (
    SpoolTarget,
    finish_commit,
    spool_sources,
    spool_stored,
    spool_written,
)
from kashshaf.indexer.rebuild.freeze import TABLE, RepeatedPieces, freeze
from kashshaf.indexer.rebuild.garbage import give_back, rare_gc
from kashshaf.indexer.rebuild.resume import PROGRESS_FILE, Progress, Throttle, find_interrupted, rebuild_plan
from kashshaf.indexer.rebuild.spool import SPOOL_FILE, Spool
from kashshaf.indexer.rebuild.workers import Pool, processes_for
from kashshaf.indexer.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kashshaf.index.settings import Settings
    from kashshaf.indexer.ingest.options import Options
    from kashshaf.indexer.progress import Show
    from kashshaf.indexer.sources.source import Source

    Complete = Callable[[Generation], None]

BASE = 4 << 20
"""Bytes of disk that the smallest index takes: half of them are the words that its lexicon is given."""
NEEDED = 8
"""Bytes of disk for a byte of spool, at the most; measured: 4 by Whoosh on articles with comments,
and while it merges segments it has them twice."""
MANY = 10_000
"""Articles from which on processes end with a step that remembers much: they give back but a part of it. With
fewer, to start others takes longer than it is worth."""
TRIMMED = 16
"""Batches after which free memory is given back: what Tantivy frees stays with the process otherwise."""
SWITCH_PATIENCE = 300.0
"""Seconds that a rebuild waits for single writes to end before it switches: it would be a pity about it."""
STOPPED = (
    "stopped; nothing that serves was changed;"
    " kashshaf reindex with the same sources and options and --resume goes on from here"
)
LOST = "what was read before the interruption is missing or cut short; begin anew without --resume"
NOTHING_TO_RESUME = "no rebuild was interrupted, so this one began anew"


def rebuild(
    settings: Settings,
    sources: Sequence[Source],
    options: Options,
    show: Show,
    *,
    resume: bool = False,
    complete: Complete | None = None,
) -> Report:
    """Build a new generation from ``sources``, or from the stored articles without any, and switch to it.

    ``resume``: go on with one that was interrupted, if it was asked for the same. ``complete`` is called
    before the switch, with both locks held: what it writes is there as soon as the generation serves.
    """
    started = time.perf_counter()
    allocator.bound_heaps()  # the threads of an engine would keep 150 MB that they have no use for
    store = Store(settings.index)
    engine = chosen_engine(store, settings.engine)
    report = Report(engine=engine.name)
    with rare_gc(), store.rebuild_lock("reindex"):
        if not sources:
            _finish_commit(store, options)
        plan = rebuild_plan(store, engine, sources, options)
        interrupted = find_interrupted(store, plan) if resume else None
        generation, progress = interrupted or (store.begin(engine), Progress(plan))
        steps = _Rebuild(store, generation, progress, report, show, goes_on=interrupted is not None)
        _build(steps, sources, options)
        _put_into_service(store, generation, options, complete)
        forget_fetched(sources, options)
        report.hints = hints(generation, settings)
    if resume and not interrupted:
        report.hints.append(NOTHING_TO_RESUME)
    _sum_up(report, generation)
    report.seconds = round(time.perf_counter() - started, 1)
    return report


def _build(steps: _Rebuild, sources: Sequence[Source], options: Options) -> None:
    """Run the steps. A generation that cannot be built is deleted; one that was stopped stays, to go on.

    So does one whose cluster went away: its nodes may be back when all has been read.
    """
    try:
        steps.progress.restore_counts(steps.report)
        steps.progress.note(steps.generation.folder, steps.report)
        steps.run(sources, options)
    except KeyboardInterrupt:
        raise StoppedError(STOPPED) from None
    except AwayError as error:
        raise StoppedError(f"{error}; {STOPPED}") from error
    except BaseException:
        steps.generation.drop()
        raise


def _finish_commit(store: Store, options: Options) -> None:
    with store.serving_lock("reindex"):
        finish_commit(store, options)


def _sum_up(report: Report, generation: Generation) -> None:
    state = generation.state()
    report.generation, report.stories = generation.name, state.stories
    report.articles, report.comments = state.articles, state.comments


def _put_into_service(
    store: Store, generation: Generation, options: Options, complete: Complete | None
) -> None:
    """Write to a new generation what was written while it was built, and switch to it."""
    with store.serving_lock("reindex", SWITCH_PATIENCE):
        try:
            if complete is not None:
                complete(generation)
            carry_over(store, generation, options.zone)
        except BaseException:
            generation.drop()
            raise
        store.switch(generation)


@dataclass(frozen=True, slots=True)
class _Rebuild:
    """The steps of a rebuild, each of which goes on from ``progress``."""

    store: Store
    generation: Generation
    progress: Progress
    report: Report
    show: Show
    goes_on: bool

    def run(self, sources: Sequence[Source], options: Options) -> None:
        """Run all steps up to the switch."""
        folder = self.generation.folder
        with Spool(folder, goes_on=self.goes_on) as spooled, Ledger(folder) as ledger, Pool(folder) as pool:
            if spooled.size() < self.progress.spooled:
                raise BrokenIndexError(LOST)
            self._learn(sources, options, spooled, ledger, pool)
            self._let_go(spooled, pool)
            # Others, since those before remember words and shingles that nobody asks for any more.
            self._write(options, spooled, _stories(ledger, spooled), pool)
            ledger.commit()
            self.report.added = len(spooled)
        check(self.generation, self.report.added, self.progress.comments)
        (folder / PROGRESS_FILE).unlink(missing_ok=True)  # first: without it nobody asks for the spool
        for name in (SPOOL_FILE, TABLE):
            (folder / name).unlink(missing_ok=True)
        sync(folder)

    def _learn(
        self, sources: Sequence[Source], options: Options, spooled: Spool, ledger: Ledger, pool: Pool
    ) -> None:
        """Fill the spool, find stories, and build the lexicon from the words counted."""
        stories = _stories(ledger, spooled)
        if not self._is_frozen():
            stories.clear()  # of a run that was stopped
        folder = self.generation.folder
        with RepeatedPieces(folder) as pieces, Collected(folder) as collected:
            counter = WordCounter(spooled, stories.note, collected, pieces, pool)
            if not self.progress.read:
                self._read(sources, options, spooled, ledger, counter, pool)
            if self._is_frozen():
                return
            with self.show("Counting words", len(spooled)) as step:
                counts = counter.counts(step)
            self._let_go(spooled, pool)
            completing = WriteCompletions(folder / COMPLETIONS, spooled.dropped, len(spooled))
            processes = processes_for(len(spooled))
            with pool.workers(completing, processes) as aside:
                completed = aside.submit(collected.put_aside())  # one process does so while others prove
                del counter
                self._find_stories(stories, spooled)
                give_back()
                ledger.commit()

                def wait() -> None:
                    with self.show("Collecting completions", None) as step:
                        step(completed.result())

                freeze(self.generation, counts, pieces, pool, processes, self.show, wait)

    def _let_go(self, spooled: Spool, pool: Pool) -> None:
        """Give back what the steps before have remembered, here and in other processes."""
        if len(spooled) >= MANY:
            pool.rest()
        give_back()

    def _find_stories(self, stories: Stories, spooled: Spool) -> None:
        stories.forget(spooled.dropped)
        with self.show("Finding re-publications", None) as step:
            for _ in stories.find():
                step()

    def _read(
        self,
        sources: Sequence[Source],
        options: Options,
        spooled: Spool,
        ledger: Ledger,
        counter: WordCounter,
        pool: Pool,
    ) -> None:
        keep = partial(self._keep, spooled, ledger)
        now_and_then = Throttle(keep)

        def step(done: int = 1, /) -> None:
            shown(done)
            counter.count_full()
            now_and_then()

        try:
            with self.show("Reading", None) as shown:
                target = SpoolTarget(spooled, ledger, self.report, step, self._file_done)
                if sources:
                    spool_sources(self.store, sources, options, target, pool)
                    spool_written(self.store, target)
                else:
                    spool_stored(self.store, target)
        except KeyboardInterrupt:
            keep()
            raise
        if not len(spooled):
            raise SourceError(_nothing_found(sources, self.report))
        require_space(self.generation.folder, BASE + NEEDED * spooled.size())
        self.progress.count(self.report)
        self.progress.read = True
        for path in self.progress.distrusted:  # what was refused is named again until it is mended
            ledger.mark_stale(path)
        keep()

    def _keep(self, spooled: Spool, ledger: Ledger) -> None:
        """Have what was read last, and note how far it is."""
        spooled.flush(lasting=True)
        ledger.commit()
        self.progress.spooled = spooled.size()
        self.progress.note(self.generation.folder, self.report)

    def _file_done(self, path: str, *, refused: bool) -> None:
        self.progress.count(self.report)
        if refused:
            self.progress.distrusted.append(path)

    def _is_frozen(self) -> bool:
        try:
            return len(self.generation.lexicon()) > 0
        except BrokenIndexError:
            return False

    def _write(self, options: Options, spooled: Spool, stories: Stories, pool: Pool) -> None:
        """Index the batches of the spool that are not committed yet."""
        progress = self.progress
        if not progress.batches:
            for index in INDEXES:
                self.generation.engine().drop(self.generation.index_folder(index))
            (self.generation.folder / STATE).unlink(
                missing_ok=True
            )  # of a run that was killed after its commit
        articles, rest = len(spooled), spooled.batches()[progress.batches :]
        recording = BuildRecords(self.generation.folder, options.zone, stories.all())
        with ArticleWriter(self.generation, options.zone) as writer:

            def keep() -> None:
                writer.commit_indexes()
                progress.note(self.generation.folder, self.report)

            now_and_then = Throttle(keep)
            with (
                self.show("Indexing", articles) as step,
                pool.workers(recording, processes_for(articles)) as workers,
            ):
                step(articles - sum(batch.articles for batch in rest))
                for recorded in workers.results(rest):
                    for each in recorded:
                        writer.write(each)
                        step()
                    progress.batches += 1
                    if progress.batches % TRIMMED == 0:
                        allocator.give_back()
                    progress.comments += sum(len(each.comments) for each in recorded)
                    now_and_then()
            pool.rest()
            with self.show("Committing", 1) as step:
                writer.commit(stories=stories.count())
                step()


def _stories(ledger: Ledger, spooled: Spool) -> Stories:
    texts = Texts(FoldedWords().words)
    return Stories(ledger.database, lambda each: frozenset(texts.of(spooled.article(each)).shingles()))


def check(generation: Generation, articles_written: int, comments_written: int) -> None:
    """Raise BrokenIndexError unless a new generation holds what was written and answers a search."""
    engine = generation.engine()
    for index, expected in zip(INDEXES, (articles_written, comments_written), strict=True):
        with engine.reader(generation.index_folder(index), index) as reader:
            newest = reader.search(Search(order="newest", limit=1))
            probe = Filters((("id", tuple(hit.id for hit in newest.hits)),))
            found = reader.search(Search(filters=probe)).total
            if not reader.count() == newest.total == expected or found != len(newest.hits):
                raise BrokenIndexError(
                    f"the new index holds {reader.count()} {index} of {expected} written;"
                    " it was thrown away and the one before serves on"
                )


def _nothing_found(sources: Sequence[Source], report: Report) -> str:
    named = ", ".join(str(source) for source in sources) or "the index"
    reasons = "".join(f"\n  {row['source']}: {row['reason']}" for row in report.refused[:10])
    return f"there is no article in {named}; nothing was changed{reasons}"
