"""The main path: sources to spool, spool to a new generation, a check, the switch.

Until the switch the generation before serves, whatever happens here.
"""

from __future__ import annotations

import shutil
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from analyzers.collector import seldom_collecting
from analyzers.lexicon import Lexicon
from index.advice import hints
from index.disk import require_space
from index.engine import open_engine
from index.errors import BrokenIndexError, SourceError
from index.generations import LEXICON, Generation, Store
from index.ledger import UNKNOWN, Ledger, digest
from index.query import Filters, Search
from index.records import INDEXES
from index.tombstones import Tombstones
from index.writing import ArticleWriter, is_committing, redo, stored_articles
from indexer.counting import count_words
from indexer.gather import articles, files
from indexer.report import Report
from indexer.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents import Article
    from index.settings import Settings
    from indexer.gather import Gathered, Options
    from indexer.progress import Show, Step
    from indexer.sources.given import Source

NEEDED = 14
"""Bytes of index for a byte of spool, at the most; measured: 12 on articles with comments."""
SAME_ID = "the id {} stands more than once; the last one is kept"
UNFINISHED = (
    "the lexicon is damaged, and without it a commit that was cut short cannot be finished;"
    " rebuild from the sources with: kashshaf reindex SOURCE, or go back with: kashshaf rollback"
)
LEDGER_LOST = "its ledger is damaged; every file will be read again by the next kashshaf index"


def rebuild(settings: Settings, sources: Sequence[Source], options: Options, show: Show) -> Report:
    """Build a new generation from ``sources``, or from the stored articles without any, and switch to it."""
    started = time.perf_counter()
    store = Store(settings.index)
    engine = open_engine(settings.engine)
    report = Report(engine=engine.name)
    with seldom_collecting(), store.lock("reindex"):
        generation = store.begin(engine)
        try:
            _build(store, generation, sources, options, show, report)
        except BaseException:
            shutil.rmtree(generation.folder, ignore_errors=True)
            raise
        store.switch(generation)
        report.hints = hints(generation, settings)
    state = generation.state()
    report.generation, report.articles, report.comments = generation.name, state.articles, state.comments
    report.seconds = round(time.perf_counter() - started, 1)
    return report


def _build(
    store: Store,
    generation: Generation,
    sources: Sequence[Source],
    options: Options,
    show: Show,
    report: Report,
) -> None:
    tombstones = Tombstones.load(store.root)
    with Spool(generation.folder) as spool, Ledger(generation.folder) as ledger:
        with show("Reading", None) as step:
            if sources:
                _spool_sources(sources, options, tombstones, spool, ledger, report, step)
            else:
                _spool_stored(store, options, tombstones, spool, ledger, report, step)
        if not len(spool):
            raise SourceError(_nothing_found(sources, report))
        require_space(generation.folder, NEEDED * spool.size())
        with show("Counting words", len(spool)) as step:
            counts = count_words(spool, step)
        Lexicon.build(generation.folder / LEXICON, counts)
        comments = _write(generation, options, spool, show)
        ledger.commit()
        report.added = len(spool)
    check(generation, report.added, comments)


def _spool_sources(
    sources: Sequence[Source],
    options: Options,
    tombstones: Tombstones,
    spool: Spool,
    ledger: Ledger,
    report: Report,
    step: Step,
) -> None:
    for file in files(sources, options, ledger, report):
        refused = len(report.refused)
        for gathered in articles(file, options, tombstones, ledger, report):
            _keep(gathered, spool, ledger, report)
            step()
        ledger.note_file(file.row())
        if refused < len(report.refused):
            ledger.distrust(file.key)


def _keep(gathered: Gathered, spool: Spool, ledger: Ledger, report: Report) -> None:
    article = gathered.article
    if spool.add(article):
        report.mend(gathered.place, SAME_ID.format(article.id))
    ledger.note_article(article.id, gathered.digest, gathered.key)


def _spool_stored(
    store: Store,
    options: Options,
    tombstones: Tombstones,
    spool: Spool,
    ledger: Ledger,
    report: Report,
    step: Step,
) -> None:
    """The articles of the generation that serves."""
    current = store.current()
    current.engine()
    _check_lexicon(current)
    redo(current, options.zone)
    for article in _stored(current):
        report.read += 1
        left = tombstones.left(article)
        if left is not None:
            spool.add(left)
            step()
            ledger.note_article(left.id, digest(left))
    try:
        _take_over(current, ledger)
    except BrokenIndexError:
        report.mend(str(current.folder), LEDGER_LOST)


def _check_lexicon(current: Generation) -> None:
    """To finish a commit takes the lexicon; to build a new index from the stored articles does not."""
    try:
        current.lexicon()
    except BrokenIndexError as error:
        if is_committing(current):
            raise BrokenIndexError(UNFINISHED) from error


def _take_over(current: Generation, ledger: Ledger) -> None:
    """What the ledger before knew of files and articles, so that unchanged files need not be read again."""
    with Ledger(current.folder) as before:
        rows = [(row, before.articles(row.path)) for row in before.files()]
        digests = {article_id: before.digest(article_id) for _, ids in rows for article_id in ids}
        for row, article_ids in rows:
            ledger.note_file(row)
            for article_id in article_ids:
                if ledger.digest(article_id) is not None:
                    ledger.note_article(article_id, digests[article_id] or UNKNOWN, row.path)
        for buried in before.buried():
            ledger.note_buried(*buried)


def _stored(generation: Generation) -> Iterator[Article]:
    engine = generation.engine()
    with ExitStack() as stack:
        readers = [
            stack.enter_context(engine.reader(generation.index_folder(index), index)) for index in INDEXES
        ]
        yield from stored_articles(*readers)


def _write(generation: Generation, options: Options, spool: Spool, show: Show) -> int:
    """All of the spool into the generation; the number of comments."""
    comments = 0
    with ArticleWriter(generation, options.zone) as writer:
        with show("Indexing", len(spool)) as step:
            for article in spool:
                writer.put(article)
                comments += len(article.comments)
                step()
        with show("Committing", 1) as step:
            writer.commit()
            step()
    return comments


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
