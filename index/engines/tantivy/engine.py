"""The engine: makes an index in a folder, opens its writer and its readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tantivy import Index
from tantivy.tantivy import __version__ as library_version

from kashshaf.index.disk import link_files
from kashshaf.index.engines.embedded import Embedded
from kashshaf.index.engines.tantivy.errors import translated
from kashshaf.index.engines.tantivy.open_index import open_to_read
from kashshaf.index.engines.tantivy.reader import TantivyReader
from kashshaf.index.engines.tantivy.schema import make_schema
from kashshaf.index.engines.tantivy.writer import TantivyWriter

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.schema import IndexName

OWN_VERSION = "2"
"""Of what this engine makes of Tantivy's files."""


def version_of(library: str) -> str:
    """The version of the format on disk: ours, and the one that the library says it writes."""
    written = re.search(r"index_format v(\d+)", library)
    return f"{OWN_VERSION}.{written[1] if written else library}"


class TantivyEngine(Embedded):
    """See :class:`kashshaf.index.engine.Engine`."""

    name = "tantivy"
    version = version_of(library_version)
    capacity = None
    locks = frozenset({".tantivy-writer.lock", ".tantivy-meta.lock"})

    def create(self, folder: Path, index: IndexName) -> None:
        with translated("write to"):
            folder.mkdir(parents=True, exist_ok=True)
            Index(make_schema(index), str(folder), reuse=False)

    def copy(self, folder: Path, to: Path, index: IndexName) -> None:
        del index  # the schema is stored
        with translated("write to"):
            link_files(folder, to, without=self.locks)

    def writer(self, folder: Path, index: IndexName) -> TantivyWriter:
        return TantivyWriter(folder, index)

    def reader(self, folder: Path, index: IndexName) -> TantivyReader:
        opened = open_to_read(folder)
        with translated("read"):
            return TantivyReader(opened, folder, index)


ENGINE = TantivyEngine()
