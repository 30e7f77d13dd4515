"""The engine: makes an index in a folder, opens its writer and its readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from kashshaf.index.disk import link_files
from kashshaf.index.engine import Capacity
from kashshaf.index.engines.embedded import Embedded
from kashshaf.index.engines.errors import parsing, translated
from kashshaf.index.engines.whoosh.reader import WhooshReader
from kashshaf.index.engines.whoosh.schema import make_schema
from kashshaf.index.engines.whoosh.writer import WhooshWriter
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.schema import IndexName

VERSION = "3"
CAPACITY = Capacity({"articles": 20_000, "comments": 200_000}, "tantivy")
"""A search reads the whole posting list of each word, so its time grows with the documents, not with the
bytes stored of them; measured in docs/operating.md."""
NAME = "MAIN"
"""Whoosh's own default for the one index of a folder."""


class WhooshEngine(Embedded):
    """See :class:`kashshaf.index.engine.Engine`."""

    name = "whoosh"
    version = VERSION
    capacity = CAPACITY
    locks = frozenset({f"{NAME}_WRITELOCK"})

    def create(self, folder: Path, index: IndexName) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with translated("write to"):
            storage = FileStorage(str(folder))
            whoosh_index.FileIndex.create(storage, make_schema(index), NAME).close()

    def copy(self, folder: Path, to: Path, index: IndexName) -> None:
        del index  # the schema is stored
        with translated("write to"):
            link_files(folder, to, without=self.locks)

    def writer(self, folder: Path, index: IndexName) -> WhooshWriter:
        del index  # the schema is stored
        return WhooshWriter(self._open(folder))

    def reader(self, folder: Path, index: IndexName) -> WhooshReader:
        opened = self._open(folder)
        with parsing("read"):
            return WhooshReader(opened.reader(), index)

    def _open(self, folder: Path) -> Any:
        with parsing("read"):
            if folder.is_dir() and whoosh_index.exists_in(str(folder)):
                return whoosh_index.open_dir(str(folder))
        raise BrokenIndexError(f"there is no index in {folder}; build one with: kashshaf reindex SOURCE")


ENGINE = WhooshEngine()
