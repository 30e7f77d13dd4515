"""The writer: puts and removes documents, commits, has segments merged."""

from __future__ import annotations

import contextlib
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.disk import FULL_OR_FAILS, NO_SPACE
from kashshaf.index.engines.errors import parsing
from kashshaf.index.engines.tantivy.errors import translated
from kashshaf.index.engines.tantivy.merging import merge, removed_share, tidy
from kashshaf.index.engines.tantivy.open_index import open_to_write
from kashshaf.index.engines.tantivy.schema import ID, document
from kashshaf.index.errors import BrokenIndexError, NoSpaceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from tantivy import Index, IndexWriter, Searcher

    from kashshaf.index.records import Record
    from kashshaf.index.schema import IndexName

HEAP: Mapping[IndexName, int] = {"articles": 64 << 20, "comments": 32 << 20}
"""Bytes for postings before they are written out. Both writers are open at once, and each fills its share.

Half as many make seven segments of 70,337 articles where there are four, and searches an eighth slower, for
100 MB less at the peak."""
THREADS = 1
"""Threads that index: one keeps up with the analysis, and leaves fewer segments to search."""
THREAD_FAILED = (
    FULL_OR_FAILS.format("the engine could not write")
    + "; if it is well, kashshaf verify tells whether the index is"
)
MERGE_AT = 0.1
"""Share of removed documents above which the segments that have some are merged."""


class TantivyWriter:
    """See :class:`kashshaf.index.engine.Writer`."""

    _writer: IndexWriter | None = None
    _changed = False
    _files: Index
    _committed: Searcher

    def __init__(self, folder: Path, index: IndexName) -> None:
        self._folder = folder
        self._index: IndexName = index
        self._begin()

    def put(self, record: Record) -> None:
        with self._writing():
            self._delete(record.id)
            self._changed = True
            self._opened().add_document(document(record, self._index))

    def remove(self, ids: Iterable[str]) -> None:
        with self._writing():
            for id_ in ids:
                self._delete(id_)

    def commit(self) -> None:
        with self._writing():
            self._opened().commit()
            self._changed = False
            if removed_share(self._folder) > MERGE_AT:
                self._settle()
                # What is committed stays so where merging fails; the next commit tries again.
                with contextlib.suppress(KashshafError), parsing("merge"), translated("merge"):
                    merge(self._folder)
                self._begin()
            else:
                self._look()
            self._opened().garbage_collect_files()

    def close(self) -> None:
        if self._writer is not None:
            with (
                contextlib.suppress(KashshafError),
                translated("close"),
            ):  # a writer that failed may fail again
                if self._changed:  # merges would be broken off, too
                    self._writer.rollback()
                self._settle()
            self._writer = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Translate errors; of a thread of Tantivy's that failed, only that it did is to be learnt."""
        try:
            with translated("write to"):
                yield
        except BrokenIndexError as error:
            if shutil.disk_usage(self._folder).free < HEAP[self._index]:
                raise NoSpaceError(NO_SPACE) from error
            raise BrokenIndexError(THREAD_FAILED) from error

    def _begin(self) -> None:
        self._files = open_to_write(self._folder)
        with self._writing():
            self._writer = self._files.writer(HEAP[self._index], THREADS)
            self._writer.garbage_collect_files()  # a name that a crash left would stand in a commit's way
            tidy(self._folder)
        self._look()

    def _look(self) -> None:
        """Note what is committed: only that can be removed, and looking for it is quicker than removing."""
        self._files.reload()
        self._committed = self._files.searcher()

    def _delete(self, id_: str) -> None:
        if self._committed.doc_freq(ID, id_):
            self._changed = True
            self._opened().delete_documents_by_term(ID, id_)

    def _opened(self) -> IndexWriter:
        if self._writer is None:
            raise ValueError("the writer is closed")
        return self._writer

    def _settle(self) -> None:
        """Let merges end; the writer is of no more use then."""
        writer, self._writer = self._opened(), None
        writer.wait_merging_threads()
