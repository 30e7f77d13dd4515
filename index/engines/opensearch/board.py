"""The board of a site, in a small index of its own: a document for the notice, one for each piece of a file.

Documents are read by their ids, which shows what was written last without a refresh. They are written in
bulk requests alone, whose answers tell a notice that somebody else has replaced from other failures.
"""

from __future__ import annotations

import base64
from itertools import islice
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import orjson
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_exponential

from kashshaf.index.engines.opensearch.errors import (
    BusyError,
    Failure,
    UnreachableError,
    items_failed,
    raise_for,
)
from kashshaf.index.engines.opensearch.place import alias_of
from kashshaf.index.errors import ClusterError
from kashshaf.index.storage.board import Posted, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kashshaf.index.engines.opensearch.connection import Connection
    from kashshaf.index.storage.board import Version

NOTICE, CONTENT, BYTES = "notice", "content", "bytes"
MOST = 10_000
"""Pieces that are listed: those of files of 2.6 GB; orphans beyond them go with a later generation."""
TOGETHER = 8
"""Pieces of one request, at most."""
PATIENCE = 30.0
"""Seconds that a cluster is waited for; whoever writes next waits as long, by the lock of what serves."""
CONFLICT, MISSING = 409, "index_not_found_exception"


class OpenSearchBoard:
    """See :class:`kashshaf.index.storage.board.Board`."""

    def __init__(self, connection: Connection, prefix: str, copies: int) -> None:
        self._connection = connection
        self._index = f"{prefix}-meta"
        self._copies = copies
        self.name = f"{self._index} of the cluster at {connection.address}"

    def version(self) -> Version | None:
        found = self._document(NOTICE, source=False)
        return (int(found["_seq_no"]), int(found["_primary_term"])) if found else None

    def posted(self) -> Posted | None:
        found = self._document(NOTICE)
        if not found:
            return None
        return Posted((int(found["_seq_no"]), int(found["_primary_term"])), _content(found))

    def replace(self, content: Mapping[str, Any], before: Version | None) -> bool:
        action: dict[str, Any] = {"create": {"_id": NOTICE}}
        if before is not None:
            action = {"index": {"_id": NOTICE, "if_seq_no": before[0], "if_primary_term": before[1]}}
        failed = self._sent([orjson.dumps(action), orjson.dumps({CONTENT: content})])
        if failed is None:
            return True
        if failed.status != CONFLICT:
            raise_for(failed, self._connection.address)
        # It may be ours: a node took it, and did not live to say so before the next was asked.
        found = self.posted()
        return found is not None and found.content == content

    def lacking(self, names: Iterable[str]) -> set[str]:
        wanted = list(names)
        found = self._documents(wanted, source=False) if wanted else []
        return {name for name, row in zip(wanted, found, strict=True) if not row.get("found")}

    def put(self, pieces: Iterable[bytes]) -> None:
        left = iter(pieces)
        while some := list(islice(left, TOGETHER)):
            self._must_take([line for piece in some for line in _lines(piece)])

    def fetched(self, names: Sequence[str]) -> Iterator[bytes | None]:
        for at in range(0, len(names), TOGETHER):
            yield from map(_bytes, self._documents(names[at : at + TOGETHER]))

    def pieces(self) -> list[str]:
        self._connection.post(f"/{quote(self._index)}/_refresh")
        told: Any = self._connection.post(
            f"/{quote(self._index)}/_search", {"size": MOST, "_source": False, "query": {"match_all": {}}}
        )
        return [row["_id"] for row in told["hits"]["hits"] if row["_id"] != NOTICE]

    def drop(self, names: Iterable[str]) -> None:
        self._must_take([orjson.dumps({"delete": {"_id": name}}) for name in names])

    def _document(self, name: str, *, source: bool = True) -> dict[str, Any] | None:
        (found,) = self._documents([name], source=source)
        return found if found.get("found") else None

    def _documents(self, names: Sequence[str], *, source: bool = True) -> list[dict[str, Any]]:
        """The documents by their ids as far as they are there; none of them where there is no index yet."""
        asked = [{"_id": name, "_source": source} for name in names]
        told: Any = self._connection.post(f"/{quote(self._index)}/_mget", {"docs": asked})
        rows = cast("list[dict[str, Any]]", told["docs"])
        for row in rows:
            if "error" in row and row["error"].get("type") != MISSING:
                raise_for(Failure.of(503, row["error"]), self._connection.address)
        return rows

    def _must_take(self, lines: list[bytes]) -> None:
        failed = self._sent(lines) if lines else None
        if failed is not None:
            raise_for(failed, self._connection.address)

    def _sent(self, lines: list[bytes]) -> Failure | None:
        """Send lines, to a new index where there is none yet; return the first failure, if any.

        Where the cluster is busy or away, it is waited for: the same lines may be sent again.
        """
        attempts = Retrying(
            retry=retry_if_exception_type((BusyError, UnreachableError)),
            wait=wait_exponential(multiplier=0.25, max=4),
            stop=stop_after_delay(PATIENCE),
            reraise=True,
        )
        return attempts(self._sent_once, lines)

    def _sent_once(self, lines: list[bytes]) -> Failure | None:
        failed = self._failure(lines)
        if failed is not None and MISSING in failed.kind:
            self._create()
            failed = self._failure(lines)
        if failed is not None and failed.is_busy():
            raise_for(failed, self._connection.address)
        return failed

    def _failure(self, lines: list[bytes]) -> Failure | None:
        answer = self._connection.bulk(alias_of(self._index), (line + b"\n" for line in lines))
        failed = items_failed(answer) if answer["errors"] else {}
        return next(iter(failed.values()), None)

    def _create(self) -> None:
        """Create the index; another machine may be quicker."""
        body = {
            "settings": {"number_of_shards": 1, "auto_expand_replicas": f"0-{self._copies}"},
            "mappings": {
                "dynamic": "strict",
                "properties": {BYTES: {"type": "binary"}, CONTENT: {"type": "object", "enabled": False}},
            },
            "aliases": {alias_of(self._index): {}},
        }
        try:
            self._connection.put(f"/{quote(self._index)}", body)
        except ClusterError:
            if not self._connection.get(f"/{quote(self._index)}/_settings?ignore_unavailable=true"):
                raise


def _lines(piece: bytes) -> tuple[bytes, bytes]:
    """The lines of a bulk request that put a piece."""
    content = {BYTES: base64.b64encode(piece).decode()}
    return orjson.dumps({"index": {"_id": name_of(piece)}}), orjson.dumps(content)


def _bytes(found: Mapping[str, Any]) -> bytes | None:
    """The bytes of a document, none of what is no piece; None where there is no document."""
    if not found.get("found"):
        return None
    try:
        return base64.b64decode(found["_source"][BYTES], validate=True)
    except (KeyError, TypeError, ValueError):
        return b""


def _content(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands on a notice, nothing where it is no object; whoever reads it will tell."""
    content = (found.get("_source") or {}).get(CONTENT)
    return content if isinstance(content, dict) else {}
