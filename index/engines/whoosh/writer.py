"""The writer: puts and removes documents, commits, merges."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from whoosh import index as whoosh_index
from whoosh.writing import IndexingError, LockError

from kashshaf.index.engines.errors import parsing, translated
from kashshaf.index.engines.whoosh.codec import Writer
from kashshaf.index.engines.whoosh.schema import ID
from kashshaf.index.errors import LockedError
from kashshaf.index.schema import keyword_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from kashshaf.index.records import Record

LIBRARY = (IndexingError, whoosh_index.IndexError)
MERGE_AT = 0.2
"""Share of removed documents at which all segments are merged into one."""


class WhooshWriter:
    """See :class:`kashshaf.index.engine.Writer`."""

    _writer: Any
    _committed: Any

    def __init__(self, index: Any) -> None:
        self._index = index
        self._begin()

    def put(self, record: Record) -> None:
        with translated("write to", *LIBRARY):
            self._delete(record.id)
            self._writer.add(record)

    def remove(self, ids: Iterable[str]) -> None:
        with translated("write to", *LIBRARY):
            for id_ in ids:
                self._delete(id_)

    def commit(self) -> None:
        with translated("write to", *LIBRARY):
            self._flush()

    def close(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            with contextlib.suppress(Exception):  # of a writer that failed nothing more is wanted
                self._committed.close()
            with contextlib.suppress(Exception):
                writer.cancel()
            self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _begin(self) -> None:
        with parsing("write to"):
            self._start()

    def _start(self) -> None:
        try:
            self._writer = Writer(self._index)
        except LockError as error:
            raise LockedError("another process is writing to the index; try again when it is done") from error
        self._committed = self._writer.reader()
        self._leaves = [each for each in self._committed.leaf_readers() if each[0].doc_count_all()]

    def _delete(self, id_: str) -> None:
        """Mark the committed document with this id; Whoosh's own way opens all segments anew for each."""
        for leaf, offset in self._leaves:
            for number in leaf.cursor(keyword_name(ID)).postings(id_, positions=False).documents:
                self._writer.delete_document(offset + number)

    def _flush(self) -> None:
        removed = self._writer.deleted_count()
        documents = sum(segment.doc_count_all() for segment in self._writer.segments)
        self._committed.close()
        self._writer.commit(optimize=removed > MERGE_AT * documents)
        self._begin()
