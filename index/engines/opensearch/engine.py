"""The engine: makes an index on the cluster, opens its writer and its readers."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kashshaf.index.engines.opensearch.board import OpenSearchBoard
from kashshaf.index.engines.opensearch.connection import connection
from kashshaf.index.engines.opensearch.moment import Moment, run_together
from kashshaf.index.engines.opensearch.place import (
    FILE,
    LOCK,
    alias_of,
    copy_name,
    forget_name,
    home_of,
    new_name,
    read_name,
    write_name,
)
from kashshaf.index.engines.opensearch.queries import Queries
from kashshaf.index.engines.opensearch.reader import OpenSearchReader
from kashshaf.index.engines.opensearch.schema import index_body
from kashshaf.index.engines.opensearch.writer import OpenSearchWriter
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.settings import in_use

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kashshaf.index.engine import Reader
    from kashshaf.index.query import Ask
    from kashshaf.index.schema import IndexName

HOME = "home"
"""The note on an index that says whose it is (``place.home_of``)."""


class OpenSearchEngine:
    """See :class:`kashshaf.index.engine.Engine`."""

    name = "opensearch"
    version = "1"
    embedded = False
    capacity = None
    locks = frozenset({LOCK})

    def create(self, folder: Path, index: IndexName) -> None:
        settings, meta = in_use(), {HOME: home_of(folder)}
        name = new_name(settings.opensearch_prefix, folder, index)
        cluster = connection()
        cluster.check()
        write_name(folder, name)
        body = index_body(index, settings.opensearch_shards, meta, alias_of(name))
        cluster.put(f"/{quote(name)}", body)

    def copy(self, folder: Path, to: Path, index: IndexName) -> None:
        del index  # both folders name the same
        copy_name(folder, to)

    def drop(self, folder: Path) -> None:
        if (folder / FILE).exists():
            with contextlib.suppress(BrokenIndexError):  # gone already, or nobody knows its name
                connection().delete(f"/{quote(read_name(folder))}")
        forget_name(folder)

    def prune(self, generations: Path) -> None:
        home = home_of(generations)
        known = {read_name(file.parent) for file in generations.glob(f"*/commits/*/*/{FILE}")}
        told: Any = connection().get(f"/{in_use().opensearch_prefix}-*/_mapping")
        for name, index in told.items():
            if index["mappings"].get("_meta", {}).get(HOME) == home and name not in known:
                connection().delete(f"/{quote(name)}")

    def size(self, folder: Path) -> int:
        told: Any = connection().get(f"/{quote(read_name(folder))}/_stats/store")
        return int(told["_all"]["total"]["store"]["size_in_bytes"])

    def writer(self, folder: Path, index: IndexName) -> OpenSearchWriter:
        name = read_name(folder)
        return OpenSearchWriter(connection(), name, folder, index, in_use().opensearch_replicas)

    def reader(self, folder: Path, index: IndexName) -> OpenSearchReader:
        name, cluster = read_name(folder), connection()
        moment = Moment(cluster, name)
        try:
            return OpenSearchReader(moment, Queries(index, cluster.factor), index)
        except BaseException:
            moment.close()
            raise

    def board(self) -> OpenSearchBoard:
        settings = in_use()
        return OpenSearchBoard(connection(), settings.opensearch_prefix, settings.opensearch_replicas)

    def foresee(self, asked: Sequence[tuple[Reader, Ask]]) -> None:
        ours = [(reader, ask) for reader, ask in asked if isinstance(reader, OpenSearchReader)]
        run_together([steps for reader, ask in ours for steps in reader.foresee(ask)])

    def foreseen(self, reader: Reader, ask: Ask) -> Any:
        return reader.foreseen(ask) if isinstance(reader, OpenSearchReader) else None


ENGINE = OpenSearchEngine()
