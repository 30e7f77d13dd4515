"""Fills the spool: with articles read from sources, or with those stored in the index that serves."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kashshaf.index.errors import BrokenIndexError, NoIndexError
from kashshaf.index.schema import INDEXES
from kashshaf.index.store.article_writer import is_committing, replay_journal, stored_articles
from kashshaf.index.store.changeover.carry_over import lacking
from kashshaf.index.store.ledger import NO_DIGEST, Ledger, digest
from kashshaf.index.store.tombstones import Tombstones
from kashshaf.indexer.ingest.articles import articles
from kashshaf.indexer.ingest.changes import ChangedFiles
from kashshaf.indexer.ingest.files import files
from kashshaf.indexer.rebuild.read_ahead import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.index.documents import Article
    from kashshaf.index.store.generations import Generation, Store
    from kashshaf.indexer.ingest.options import Options
    from kashshaf.indexer.ingest.source_file import Gathered, SourceFile
    from kashshaf.indexer.progress import Step
    from kashshaf.indexer.rebuild.spool import Spool
    from kashshaf.indexer.rebuild.workers import Pool
    from kashshaf.indexer.report import Report
    from kashshaf.indexer.sources.source import Source

SAME_ID = "the id {} stands more than once; the last one is kept"
UNFINISHED = (
    "the lexicon is damaged, and without it a commit that was cut short cannot be finished;"
    " rebuild from the sources with: kashshaf reindex SOURCE"
)
WRITTEN_LOST = "what the write API wrote to it cannot be taken over: {}"
LEDGER_LOST = "its ledger is damaged; every file will be read again by the next kashshaf index"


class FileDone(Protocol):
    """A function that is called for each file once it was read to its end."""

    def __call__(self, path: str, /, *, refused: bool) -> None:
        """Note that a file is done; ``refused``: True if something in it was."""


class SpoolTarget(NamedTuple):
    """The spool, ledger and report to write to; ``step`` follows each article, ``file_done`` each file."""

    spool: Spool
    ledger: Ledger
    report: Report
    step: Step
    file_done: FileDone


def spool_sources(
    store: Store, sources: Sequence[Source], options: Options, target: SpoolTarget, pool: Pool
) -> None:
    """Spool the articles of the sources; those of files that an interrupted run noted are there already."""
    tombstones = Tombstones.load(store.root)
    ledger, report = target.ledger, target.report
    rows = ledger.files()
    changed = ChangedFiles(files(sources, options, ledger, report), ledger, options)
    for file, found in read(changed, options, pool):
        refused = len(report.refused)
        _spool_file(file, articles(file, found, tombstones, ledger, report), target)
        ledger.note_file(file.row())
        target.file_done(file.key, refused=refused < len(report.refused))
    for row in filter(changed.has_vanished, rows):
        _forget(row.path, ledger.articles(row.path), target)
        ledger.forget_file(row.path)
    for article_id in target.spool.recalled:  # a run that was killed spooled more than the ledger had
        if ledger.digest(article_id) is None:
            target.spool.drop(article_id)


def _spool_file(file: SourceFile, gathered: Iterator[Gathered], target: SpoolTarget) -> None:
    """Spool a file's articles, and drop those that an interrupted run had of it and it has no longer."""
    ledger, refused = target.ledger, len(target.report.refused)
    before = ledger.articles(file.key)
    own = {each for each in before if ledger.origins(each) == [file.key]}
    recalled = target.spool.recalled
    present: set[str] = set()
    for each in gathered:
        article_id = each.article.id
        again = (article_id in own or article_id in recalled) and article_id not in present
        _keep(each, target, again=again)
        present.add(article_id)
    if refused == len(target.report.refused) and not file.rolling:  # what was not read has not vanished
        _forget(file.key, [each for each in before if each not in present], target)


def _keep(gathered: Gathered, target: SpoolTarget, *, again: bool) -> None:
    """Spool an article. ``again``: an interrupted run spooled it from the same file."""
    article = gathered.article
    if target.spool.add(article) and not again:
        target.report.mend(gathered.place, SAME_ID.format(article.id))
    target.ledger.note_article(article.id, gathered.digest, gathered.key)
    target.step()


def _forget(path: str, article_ids: Sequence[str], target: SpoolTarget) -> None:
    """Drop articles that a file gave, unless another file gives them too."""
    for article_id in article_ids:
        if target.ledger.origins(article_id) == [path]:
            target.spool.drop(article_id)
            target.ledger.forget([article_id])
        else:
            target.ledger.drop_origins(path, [article_id])


def finish_commit(store: Store, options: Options) -> None:
    """Finish what a commit of the generation that serves has left undone: its articles are asked for."""
    current = store.current()
    current.engine()
    _check_lexicon(current)
    replay_journal(current, options.zone)


def spool_stored(store: Store, target: SpoolTarget) -> None:
    """Spool the articles of the generation that serves, and take over its ledger."""
    tombstones = Tombstones.load(store.root)
    current = store.current()
    for article in _stored(current):
        target.report.read += 1
        left = tombstones.left(article)
        if left is not None:
            target.spool.add(left)
            target.ledger.note_article(left.id, digest(left))
            target.step()
    try:
        _take_over(current, target.ledger)
    except BrokenIndexError:
        target.report.mend(str(current.folder), LEDGER_LOST)


def spool_written(store: Store, target: SpoolTarget) -> None:
    """Spool what the write API wrote to the generation that serves and no source of this rebuild has."""
    tombstones = Tombstones.load(store.root)
    try:
        for article in lacking(store.current(), target.ledger):
            left = tombstones.left(article)
            if left is not None:
                target.spool.add(left)
                target.ledger.note_article(left.id, digest(left))
                target.step()
    except NoIndexError:
        return
    except BrokenIndexError as error:
        target.report.mend(str(store.root), WRITTEN_LOST.format(error))


def _check_lexicon(current: Generation) -> None:
    """Raise BrokenIndexError if the lexicon is damaged and a commit waits, which needs it."""
    try:
        current.lexicon()
    except BrokenIndexError as error:
        if is_committing(current):
            raise BrokenIndexError(UNFINISHED) from error


def _take_over(current: Generation, ledger: Ledger) -> None:
    """Copy files and articles from the ledger before, so that unchanged files need not be read again."""
    with Ledger(current.folder) as before:
        rows = [(row, before.articles(row.path)) for row in before.files()]
        digests = {article_id: before.digest(article_id) for _, ids in rows for article_id in ids}
        for row, article_ids in rows:
            ledger.note_file(row)
            for article_id in article_ids:
                if ledger.digest(article_id) is not None:
                    ledger.note_article(article_id, digests[article_id] or NO_DIGEST, row.path)
        for removed in before.removed_in():
            ledger.note_removed(*removed)


def _stored(generation: Generation) -> Iterator[Article]:
    engine = generation.engine()
    with ExitStack() as stack:
        readers = [
            stack.enter_context(engine.reader(generation.index_folder(index), index)) for index in INDEXES
        ]
        yield from stored_articles(*readers)
