"""What a rebuild is made of into its spool: the articles of sources, or those of the index that serves."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple, Protocol

from index.errors import BrokenIndexError
from index.schema import INDEXES
from index.store.article_writer import is_committing, redo, stored_articles
from index.store.ledger import UNKNOWN, Ledger, digest
from index.store.tombstones import Tombstones
from indexer.ingest.articles import articles
from indexer.ingest.files import files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents import Article
    from index.store.generations import Generation, Store
    from indexer.ingest.options import Options
    from indexer.ingest.source_file import Gathered
    from indexer.progress import Step
    from indexer.rebuild.spool import Spool
    from indexer.report import Report
    from indexer.sources.source import Source

SAME_ID = "the id {} stands more than once; the last one is kept"
UNFINISHED = (
    "the lexicon is damaged, and without it a commit that was cut short cannot be finished;"
    " rebuild from the sources with: kashshaf reindex SOURCE"
)
LEDGER_LOST = "its ledger is damaged; every file will be read again by the next kashshaf index"


class FileDone(Protocol):
    """What is called for each file that was read to its end."""

    def __call__(self, path: str, /, *, refused: bool) -> None:
        """``refused``: whether something in it was."""


class SpoolTarget(NamedTuple):
    """Where articles go, what is noted of them, and what is called after each and after each file."""

    spool: Spool
    ledger: Ledger
    report: Report
    step: Step
    file_done: FileDone


def spool_sources(store: Store, sources: Sequence[Source], options: Options, target: SpoolTarget) -> None:
    """The articles of the sources. Files that the ledger has as they are by now were spooled before."""
    tombstones = Tombstones.load(store.root)
    ledger, report = target.ledger, target.report
    vanished = {row.path: row.root for row in ledger.files()}
    for file in files(sources, options, ledger, report):
        vanished.pop(file.key, None)
        if file.lost == "list":  # what it named has not vanished
            vanished = {path: root for path, root in vanished.items() if root != file.root}
        if file.known and options.is_as_before(file.known.row.mark, file.mark):
            continue
        _forget(file.key, target)  # of a file that was read in part, or has changed since
        refused = len(report.refused)
        for gathered in articles(file, options, tombstones, ledger, report):
            _keep(gathered, target)
        ledger.note_file(file.row())
        target.file_done(file.key, refused=refused < len(report.refused))
    for path in vanished:
        _forget(path, target)
        ledger.forget_file(path)


def _keep(gathered: Gathered, target: SpoolTarget) -> None:
    article = gathered.article
    if target.spool.add(article):
        target.report.mend(gathered.place, SAME_ID.format(article.id))
    target.ledger.note_article(article.id, gathered.digest, gathered.key)
    target.step()


def _forget(path: str, target: SpoolTarget) -> None:
    """The articles that only this file gave."""
    for article_id in target.ledger.articles(path):
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
    redo(current, options.zone)


def spool_stored(store: Store, target: SpoolTarget) -> None:
    """The articles of the generation that serves, and what its ledger knew."""
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
