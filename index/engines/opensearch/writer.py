"""The writer: sends documents in bulk requests, and makes them visible at a commit.

To an index that has nothing committed yet, a rebuild's, documents go as they come. Else they wait in a file
until the commit: of what is never committed the cluster knows nothing.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.disk import writing
from kashshaf.index.engines.opensearch import bulk
from kashshaf.index.engines.opensearch.bulk import Bulk, Change, patiently
from kashshaf.index.engines.opensearch.documents import put_lines, remove_line
from kashshaf.index.engines.opensearch.errors import BusyError
from kashshaf.index.engines.opensearch.place import LOCK, alias_of
from kashshaf.index.engines.opensearch.schema import WRITTEN
from kashshaf.index.errors import ClusterError, LockedError
from kashshaf.index.limits.deadline import time_limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO, Self

    from kashshaf.index.engines.opensearch.connection import Connection
    from kashshaf.index.records import Record
    from kashshaf.index.schema import IndexName

COPIES_SECONDS = 600
"""Seconds that the copies of a new index are waited for; they go on by themselves."""
FORGETTING = 2.0
"""Seconds, four times as many by the clock, for taking out what is not to count: the cluster may be away."""
SHORT = 8
"""Bytes of a length in the file of what waits."""
logger = logging.getLogger(__name__)


class OpenSearchWriter:
    """See :class:`kashshaf.index.engine.Writer`."""

    def __init__(
        self, connection: Connection, name: str, folder: Path, index: IndexName, copies: int
    ) -> None:
        self._connection = connection
        self._name = name
        self._index: IndexName = index
        self._copies = copies
        self._lock: int | None = _locked(folder)
        try:
            self._fresh, self._copied = not self._has_documents(), self._is_copied()
        except BaseException:
            self._unlock()
            raise
        self._bulk = Bulk(connection, alias_of(name))
        self._waiting = _Waiting()
        self._commit = secrets.token_hex(8)
        self._streamed = self._committed = False

    def put(self, record: Record) -> None:
        self._require_open()
        change = Change(record.id, put_lines(record, self._index, self._commit))
        if self._fresh:
            self._streamed = True
            self._bulk.add(change)
        else:
            self._waiting.put(change)

    def remove(self, ids: Iterable[str]) -> None:
        self._require_open()
        if not self._fresh:  # there is nothing committed that could be removed
            self._waiting.remove(ids)

    def commit(self) -> None:
        self._require_open()
        for change in self._waiting.taken():
            self._bulk.add(change)
        self._bulk.finish()
        patiently(self._refresh, bulk.PATIENCE)
        self._streamed, self._committed = False, True
        self._commit = secrets.token_hex(8)

    def close(self) -> None:
        if self._lock is None:
            return
        try:
            self._bulk.close()
            if self._streamed:
                self._forget()
            elif self._committed and not self._copied:
                self._copy()
        finally:
            self._waiting.close()
            self._unlock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _refresh(self) -> None:
        """Show what was written. A part that no node has is no failure to the cluster, only one part less."""
        told = self._connection.post(f"/{quote(self._name)}/_refresh")["_shards"]
        if told["failed"] or (told["successful"] < told["total"] and self._health()["status"] == "red"):
            raise BusyError(
                f"{told['total'] - told['successful']} parts of the index do not show what was written; see"
                f" the health of the cluster at {self._connection.address}, and try again"
            )

    def _health(self, wait: str = "") -> dict[str, Any]:
        """The health of the index; a ClusterError where it is not as ``wait`` says in time."""
        told: dict[str, Any] = self._connection.get(f"/_cluster/health/{quote(self._name)}?{wait}")
        return told

    def _require_copies(self) -> None:
        self._health("wait_for_status=green&timeout=30s")

    def _forget(self) -> None:
        """Take out what was sent and not committed; where that fails, a resumed rebuild overwrites it."""
        path = f"/{quote(self._name)}/_delete_by_query?refresh=true&conflicts=proceed"
        with contextlib.suppress(KashshafError), time_limit(FORGETTING):
            self._refresh()
            self._connection.post(path, {"query": {"term": {WRITTEN: self._commit}}})

    def _copy(self) -> None:
        """Have a new index copied to other nodes, as many as are set and there are, and wait for it."""
        copies = {"index": {"auto_expand_replicas": f"0-{self._copies}"}}
        try:
            self._connection.put(f"/{quote(self._name)}/_settings", copies)
            patiently(self._require_copies, COPIES_SECONDS, ClusterError)
        except KashshafError as error:
            logger.warning("the index %s is not on all nodes that it should be on yet: %s", self._name, error)

    def _has_documents(self) -> bool:
        """Ask all parts of the index: of one that no node has, nobody knows."""
        path = f"/{quote(self._name)}/_search?allow_partial_search_results=false"
        return bool(self._connection.post(path, {"size": 0})["hits"]["total"]["value"])

    def _is_copied(self) -> bool:
        """True from the moment that a rebuild is done with the index: then it has been told of its copies."""
        told = self._connection.get(f"/{quote(self._name)}/_settings/index.auto_expand_replicas")
        return any(index["settings"] for index in told.values())

    def _require_open(self) -> None:
        if self._lock is None:
            raise ValueError("the writer is closed")

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


class _Waiting:
    """Changes that wait for a commit, in a file without a name; the ids of removed ones in memory."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._put: set[str] = set()
        self._removed: set[str] = set()

    def put(self, change: Change) -> None:
        """Let a document wait; raises NoSpaceError."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="kashshaf-")  # noqa: SIM115 - closed with the writer
        encoded = change.id.encode()
        with _on_disk():
            for part in (encoded, change.lines):
                self._file.write(len(part).to_bytes(SHORT, "little") + part)
        self._put.add(change.id)

    def remove(self, ids: Iterable[str]) -> None:
        """Let documents be removed, unless they are put as well."""
        self._removed.update(ids)

    def taken(self) -> Iterator[Change]:
        """Yield what waits, each document once, and have nothing wait."""
        put, self._put = self._put, set()
        removed, self._removed = self._removed - put, set()
        yield from (Change(id_, remove_line(id_)) for id_ in removed)
        if self._file is not None:
            with _on_disk():
                self._file.seek(0)
                while length := self._file.read(SHORT):
                    yield Change(self._part(length).decode(), self._part(self._file.read(SHORT)))
            self.close()

    def close(self) -> None:
        """Forget what waits."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _part(self, length: bytes) -> bytes:
        return self._file.read(int.from_bytes(length, "little")) if self._file else b""


def _on_disk() -> contextlib.AbstractContextManager[None]:
    return writing(Path(tempfile.gettempdir()))


def _locked(folder: Path) -> int:
    """Take the lock of a folder, for this machine; raises LockedError."""
    with writing(folder):
        opened = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(opened)
        raise LockedError("the index is being written to; try again when that is done") from error
    return opened
