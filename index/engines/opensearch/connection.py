"""The connection to a cluster, by the settings: each process has its own, whatever it inherited."""

from __future__ import annotations

import os
import ssl
from functools import cached_property, lru_cache, partial
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import httpx
import orjson

from kashshaf.index.engines.opensearch.errors import Failure, UnreachableError, raise_for
from kashshaf.index.errors import ClusterError, SettingsError, TimeLimitError
from kashshaf.index.limits import deadline
from kashshaf.index.ranking import K1
from kashshaf.index.settings import in_use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kashshaf.index.settings import Settings

OLDEST = (2, 19)
"""The oldest version that the tests run on."""
SECONDS = 120.0
"""The longest that a request may take where no deadline is shorter: a bulk on a loaded cluster, a merge."""
WAITING = "10s"
"""What a bulk request waits at the cluster for a part that no node has; then it is told, and asks again."""
CONNECTING = 5.0
"""Seconds that a node has to take a connection; then the next is tried."""
JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}


class Access(NamedTuple):
    """The settings by which a cluster is reached."""

    urls: tuple[str, ...]
    user: str
    password: str
    ca: Path | None

    @classmethod
    def of(cls, settings: Settings) -> Access:
        """Read them from the settings."""
        return cls(
            tuple(url.rstrip("/") for url in settings.opensearch_url),
            settings.opensearch_user,
            settings.opensearch_password,
            settings.opensearch_ca,
        )


def close_all() -> None:
    """Close what this process has open to clusters, before it ends, say."""
    for opened in _opened:
        opened.close()
    _opened.clear()
    _connection.cache_clear()


def connection() -> Connection:
    """The connection by the settings in use; nothing is asked before it is used."""
    return _connection(Access.of(in_use()))


@lru_cache(maxsize=8)
def _connection(access: Access) -> Connection:
    _opened.append(Connection(access))
    return _opened[-1]


class Connection:
    """Asks the nodes of a cluster, the next where one cannot be reached. Threads may share it.

    Every call raises ClusterError where no node answers, or one answers with an error of another kind than
    ``errors.py`` has a class for, and TimeLimitError at the deadline of the work that it belongs to.
    """

    def __init__(self, access: Access) -> None:
        """Check the certificate authority, but ask nothing; raises SettingsError."""
        self._urls = access.urls
        self._access = access
        self._trusted = _trusted(access.ca)
        self._clients = {os.getpid(): self._made()}
        self._first = 0

    def close(self) -> None:
        """Close what is open to the nodes."""
        self._clients.pop(os.getpid(), self._made()).close()

    @property
    def address(self) -> str:
        """The first address, to name the cluster by."""
        return self._urls[0]

    @cached_property
    def factor(self) -> float:
        """What the cluster multiplies each BM25 by: k1 + 1 before version 3, which left it out.

        It goes by the node, not by the index; so of a cluster that is being upgraded the oldest is asked.
        """
        rows: Any = self.get("/_cat/nodes?h=version&format=json")
        return K1 + 1 if min(_version(row["version"]) for row in rows)[0] < 3 else 1.0

    def check(self) -> None:
        """Raise ClusterError unless what answers is an OpenSearch new enough; asked once."""
        self._told  # noqa: B018 - it raises

    @cached_property
    def _told(self) -> str:
        told: Any = self._json("GET", "/").get("version", {})
        if told.get("distribution") != "opensearch" or _version(str(told.get("number"))) < OLDEST:
            wanted = ".".join(map(str, OLDEST))
            raise ClusterError(
                f"{self.address} is {told.get('distribution', 'something else')} {told.get('number', '')};"
                f" the engine needs OpenSearch {wanted} or newer; name another cluster by opensearch_url"
            )
        return str(told["number"])

    def get(self, path: str) -> Any:
        """The answer to a GET."""
        self.check()
        return self._json("GET", path)

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The answer to a POST of a body, if there is one."""
        self.check()
        return self._json("POST", path, orjson.dumps(body) if body is not None else b"")

    def put(self, path: str, body: Mapping[str, Any]) -> Any:
        """The answer to a PUT of a body."""
        self.check()
        return self._json("PUT", path, orjson.dumps(body))

    def delete(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The answer to a DELETE."""
        return self._json("DELETE", path, orjson.dumps(body) if body is not None else b"")

    def search_all(self, lines: Iterable[bytes]) -> list[Any]:
        """The answers to several searches, in order; each may be an error of its own."""
        self.check()
        told = self._json("POST", in_time("/_msearch"), b"".join(lines), LINES)
        return list(told["responses"])

    def bulk(self, target: str, lines: Iterable[bytes]) -> Any:
        """The answer to a bulk request to an alias: it makes no index where there is none by that name."""
        told = "errors,items.*.error,items.*.status"
        path = f"/{quote(target)}/_bulk?require_alias=true&timeout={WAITING}&filter_path={told}"
        return self._json("POST", path, b"".join(lines), LINES)

    def _json(self, method: str, path: str, content: bytes = b"", headers: Mapping[str, str] = JSON) -> Any:
        response = self._sent(method, path, content, headers)
        try:
            answer = orjson.loads(response.content) if response.content else {}
        except ValueError:
            answer = {"error": response.text[:200]}
        if response.is_error or not response.is_success:
            raise_for(Failure.of(response.status_code, _error(answer)), self.address)
        return answer

    def _order(self) -> Iterator[int]:
        """The places of the nodes, from the one that answered last: one that is away is not asked first."""
        first, number = self._first, len(self._urls)
        return (place % number for place in range(first, first + number))

    @property
    def _client(self) -> httpx.Client:
        """The client of this process: one that was inherited by a fork has sockets that others read from."""
        found = self._clients.get(os.getpid())
        return found or self._clients.setdefault(os.getpid(), self._made())

    def _made(self) -> httpx.Client:
        user, password = self._access.user, self._access.password
        return httpx.Client(
            auth=(user, password) if user else None,
            verify=self._trusted,
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=64),
        )

    def _sent(self, method: str, path: str, content: bytes, headers: Mapping[str, str]) -> httpx.Response:
        reason, timeout = "", partial(_timeout, len(self._urls))
        for place in self._order():
            try:
                response = self._client.request(
                    method,
                    self._urls[place] + path,
                    content=content,
                    headers=dict(headers),
                    timeout=timeout(),
                )
            except httpx.TimeoutException as error:
                if deadline.is_over() or deadline.seconds_to_wait() == 0:
                    raise TimeLimitError(
                        "the cluster had not answered at the time limit of the search; ask for less"
                    ) from error
                reason = f"it took too long ({type(error).__name__})"
            except httpx.TransportError as error:
                reason = str(error) or type(error).__name__
                if "CERTIFICATE" in reason:
                    reason += "; opensearch_ca names the file of an authority of your own"
            else:
                self._first = place
                return response
        raise UnreachableError(
            f"the cluster at {' '.join(self._urls)} cannot be reached: {reason}; is it running, and is the"
            " setting opensearch_url right? Nothing was changed"
        )


def in_time(path: str) -> str:
    """The path of a search with the time that is left for it: the cluster does not work on for nobody."""
    wait = deadline.seconds_to_wait()
    if wait <= 0:
        return path
    return f"{path}{'&' if '?' in path else '?'}cancel_after_time_interval={ceil(1_000 * wait)}ms"


def _timeout(nodes: int) -> httpx.Timeout:
    """The seconds for one of some nodes: one that takes no connection leaves time to ask the others."""
    wait = deadline.seconds_to_wait()
    seconds = SECONDS if wait <= 0 else min(SECONDS, wait)
    return httpx.Timeout(seconds, connect=min(CONNECTING, seconds / nodes))


def _trusted(ca: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca is not None:
        try:
            context.load_verify_locations(ca)
        except (OSError, ssl.SSLError) as error:
            raise SettingsError(f"the setting opensearch_ca cannot be read: {ca}: {error}") from error
    return context


def _version(number: str) -> tuple[int, ...]:
    """The numbers of a version; (0,) for what is none."""
    parts = number.partition("-")[0].split(".")
    return tuple(map(int, parts)) if all(part.isdigit() for part in parts) else (0,)


def _error(answer: Any) -> Any:
    """The error of an answer; a refresh tells it of each part of the index alone."""
    if not isinstance(answer, dict):
        return answer
    parts = answer.get("_shards", {}).get("failures")
    return parts[0]["reason"] if parts else answer.get("error", answer)


_opened: list[Connection] = []
