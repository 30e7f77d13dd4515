"""One page from its server: allowed by its robots.txt, one request at a time, as slowly as the host asks.

Followed are few redirects, each as polite and as checked as a first request. What may pass (a timeout, a
busy server) is tried again; a host that fails again and again is left alone.
"""

from __future__ import annotations

import os
import ssl
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import httpcore
import httpx
from protego import Protego
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from kashshaf.indexer.ingest.web.network import Clock, LateError, Network, PrivateError, Transport
from kashshaf.indexer.ingest.web.page_cache import Page, PageCache, Validators
from kashshaf.indexer.sources.decoding.unpack import GZIP_MAGIC, HEAD, PACKED
from kashshaf.indexer.sources.formats import HTML, MEDIA_TYPES, SUFFIXES, XML
from kashshaf.indexer.sources.source import WEB

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

    from kashshaf.indexer.ingest.fetching import Fetching

MOST_REDIRECTS = 5
TRIES = 3
LONGEST_DELAY = 60
"""Seconds between two requests to a host, whatever its robots.txt asks for, and before a new try."""
MOST_FAILURES = 10
"""Pages of a host that fail one after the other before it is left alone."""
LARGEST_ROBOTS = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, section 2.5)."""
NAME = "kashshaf"
_CHUNK = 1 << 16
_LONGEST_HEADER = 300
_BUSY = (408, 425, 429, 500, 502, 503, 504)
_GONE = (404, 410)
_UNLESS_SAME = {"if-none-match", "if-modified-since"}
_PACKED = ("gzip", "x-gzip")
_NO_PAGES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
_UNTRUSTED = (
    "its certificate is not to be trusted ({}); an authority of your own is named by the setting fetch_ca"
)
_BAD_LOCATION = "Invalid URL in location header: "
"""The beginning of what httpx says of a redirect that it cannot read, whether it is to follow it or not."""
_LAST_PORT = 65_535
_LATE = (LateError, httpcore.ReadTimeout, httpcore.WriteTimeout)
_FAULTS = (httpx.HTTPError, httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError)


class FetchError(Exception):
    """A page that cannot be had; its text says why. ``gone``: its server says that there is none."""

    def __init__(self, reason: str, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone


class _PassingError(FetchError):
    """A failure that may pass by another try. ``after``: seconds that the server wants to be left alone."""

    def __init__(self, reason: str, after: float = 0) -> None:
        super().__init__(reason)
        self.after = after


class _Hop(NamedTuple):
    """The result of one request: a page, an address to go on to, or neither where nothing has changed."""

    page: Page | None
    onward: str = ""


@dataclass(slots=True)
class _Host:
    """A host: its rules, the moment it may be asked again, and its failures in a row."""

    rules: Protego | None = None
    closed: str = ""
    delay: float = 0.0
    next_at: float = 0.0
    failures: int = 0


class Fetcher:
    """Fetches pages into a folder, one after the other."""

    def __init__(self, fetching: Fetching, folder: Path) -> None:
        self._fetching = fetching
        self.cache = PageCache(folder)
        self._clock = Clock()
        contact = f" (+{fetching.contact})" if fetching.contact.startswith("http") else ""
        self._client = httpx.Client(
            transport=Transport(Network(self._clock, private=fetching.private), fetching.authorities),
            headers={
                "User-Agent": f"{NAME}/{version('kashshaf')}{contact}",
                "Accept": "text/html, application/xml;q=0.9, */*;q=0.5",
                "Accept-Encoding": "gzip",
            },
            timeout=fetching.seconds,
            trust_env=False,
        )
        self._hosts: dict[str, _Host] = {}

    def get(self, url: str, validators: Validators | None = None) -> Page | None:
        """The page at an address; None where it is as ``validators``. Raises FetchError.

        A page that an interrupted run has fetched is taken as it is.
        """
        if cached := self.cache.page(url):
            return cached
        host = self._host(url)
        if host.failures >= MOST_FAILURES:
            raise FetchError(f"its host failed {MOST_FAILURES} times in a row and was left alone")
        try:
            page = self._followed(url, validators)
        except FetchError as error:
            host.failures = 0 if error.gone else host.failures + 1
            raise
        host.failures = 0
        return page

    def _followed(self, url: str, validators: Validators | None) -> Page | None:
        at = url
        for _ in range(MOST_REDIRECTS + 1):
            self._allow(at)
            hop = self._tried(at, url, validators)
            if not hop.onward:
                return hop.page
            at = hop.onward
        raise FetchError(f"it redirects more than {MOST_REDIRECTS} times")

    def _allow(self, url: str) -> None:
        """Raise FetchError for a page that its host does not want to be fetched."""
        host = self._host(url)
        if host.rules is None and not host.closed:
            self._read_rules(url, host)
        if host.closed:
            raise FetchError(host.closed)
        if host.rules is not None and not host.rules.can_fetch(url, NAME):
            raise FetchError("its site's robots.txt asks not to fetch it")

    def _read_rules(self, url: str, host: _Host) -> None:
        """The robots.txt of a host (RFC 9309): none is no rule, one that cannot be had forbids all."""
        host.rules = Protego.parse("")
        own = at = str(httpx.URL(url).join("/robots.txt"))
        try:
            for _ in range(MOST_REDIRECTS + 1):
                hop = self._tried(at, own, None, LARGEST_ROBOTS)
                if not hop.onward:
                    break
                at = hop.onward
            if hop.page is not None:
                raw = hop.page.path.read_bytes()
                self.cache.drop(own)
                host.rules = Protego.parse(_rules(raw))
        except FetchError as error:
            if not error.gone:
                host.closed = f"its site's robots.txt cannot be read ({error}), so nothing is fetched"
            return
        stated = host.rules.crawl_delay(NAME)
        host.delay = min(LONGEST_DELAY, max(self._fetching.delay, stated or 0))

    def _host(self, url: str) -> _Host:
        parts = httpx.URL(url)
        name = f"{parts.scheme}://{parts.netloc.decode('ascii', 'replace')}"
        return self._hosts.setdefault(name, _Host(delay=self._fetching.delay))

    def _tried(
        self, at: str, cached_as: str, validators: Validators | None, largest: int | None = None
    ) -> _Hop:
        trying = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=self._pause,
            retry=retry_if_exception_type(_PassingError),
            reraise=True,
        )
        return trying(self._request, at, cached_as, validators, largest)

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        wanted = error.after if isinstance(error, _PassingError) else 0
        return min(LONGEST_DELAY, max(wanted, self._fetching.delay << state.attempt_number))

    def _request(self, at: str, cached_as: str, validators: Validators | None, largest: int | None) -> _Hop:
        host = self._host(at)
        time.sleep(max(0, host.next_at - time.monotonic()))
        self._clock.start(self._fetching.seconds)
        try:
            with self._client.stream(
                "GET", at, headers=validators.headers() if validators else {}
            ) as response:
                return self._answer(response, at, cached_as, largest)
        except PrivateError as error:
            raise FetchError(str(error)) from error
        except _LATE as error:
            raise FetchError(f"it took longer than {self._fetching.seconds} seconds") from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
            raise FetchError(f"its address is no address of a page: {str(error)[:120]}") from error
        except _FAULTS as error:
            raise _fault(error) from error
        finally:
            host.next_at = time.monotonic() + host.delay

    def _answer(self, response: httpx.Response, at: str, cached_as: str, largest: int | None) -> _Hop:
        status = response.status_code
        if status == httpx.codes.NOT_MODIFIED:
            if not _UNLESS_SAME & response.request.headers.keys():
                raise FetchError("its server answered that it has not changed, which was not asked")
            return _Hop(None)
        if response.has_redirect_location:
            return _Hop(None, _onward(at, response.headers["location"]))
        if status in _BUSY:
            raise _PassingError(
                f"its server answered {status}", _after(response.headers.get("retry-after", ""))
            )
        if not response.is_success:
            no_rules = largest is not None and response.is_client_error  # of a robots.txt (RFC 9309, 2.3.1.3)
            raise FetchError(f"its server answered {status}", gone=status in _GONE or no_rules)
        return _Hop(
            self._body(response, at, cached_as, largest or self._fetching.largest, cut=largest is not None)
        )

    def _body(self, response: httpx.Response, at: str, cached_as: str, largest: int, *, cut: bool) -> Page:
        headers = response.headers
        coding = headers.get("content-encoding", "").strip().lower()
        if coding not in ("", "identity", *_PACKED):
            raise FetchError(f"its server sent it as {coding[:40]!r}, which was not asked for")
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind.startswith(_NO_PAGES):
            raise FetchError(f"it is no page, but {kind[:40]}")
        pieces = _bounded(response.iter_raw(_CHUNK), largest, cut=cut)
        first = next(pieces, b"")
        validators = {"etag": _sent(headers, "etag"), "modified": _sent(headers, "last-modified")}
        return self.cache.store(cached_as, at, _suffix(at, kind, first), chain([first], pieces), validators)

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def address(given: str) -> str:
    """An address as it is asked for: letters as servers want them, no fragment; empty for what is none.

    One with a name and a password in it is none: it would stand in reports and in the index.
    """
    try:
        url = httpx.URL(given.strip()).copy_with(fragment=None)
        host = url.raw_host
    except (httpx.InvalidURL, ValueError, TypeError):
        return ""
    is_port = url.port is None or 0 < url.port <= _LAST_PORT
    return str(url) if url.scheme in WEB and host and is_port and not url.userinfo else ""


def _bounded(pieces: Iterator[bytes], largest: int, *, cut: bool) -> Iterator[bytes]:
    """The pieces as far as ``largest`` bytes; what is longer is cut off there, or raises FetchError."""
    left = largest
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left < 0 and cut:
            return
        if left < 0:
            raise FetchError(f"it is larger than {largest // 1_000_000} MB")


def _fault(error: Exception) -> FetchError:
    """What an error of a request means: a certificate or an address that is wrong stays so."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, ssl.SSLCertVerificationError):
            return FetchError(_UNTRUSTED.format(below.verify_message.rstrip(".")))
        below = below.__cause__ or below.__context__
    if isinstance(error, httpx.RemoteProtocolError) and str(error).startswith(_BAD_LOCATION):
        return FetchError(f"it redirects to what is no page: {str(error)[len(_BAD_LOCATION) :][:120]}")
    return _PassingError(f"its server did not answer: {str(error)[:120] or type(error).__name__}")


def _onward(at: str, location: str) -> str:
    onward = address(str(httpx.URL(at).join(location)))
    if not onward:
        raise FetchError(f"it redirects to what is no page: {location[:120]}")
    return onward


def _after(stated: str) -> float:
    """Seconds that a Retry-After asks for, in either of its forms; 0 for none."""
    try:
        return max(0.0, float(int(stated)))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(stated) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _sent(headers: httpx.Headers, name: str) -> str:
    """A header's value to be sent back; empty for one that could not be."""
    value = headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_HEADER else ""


def _suffix(url: str, kind: str, first: bytes) -> str:
    """The suffix for a page's file: by the media type that its server states, else by its address."""
    suffix = MEDIA_TYPES[kind].suffixes[0] if kind in MEDIA_TYPES else ""
    if kind == "text/plain" or not suffix:
        path = httpx.URL(url).path.lower().removesuffix(PACKED)
        named = os.path.splitext(path)[1]  # noqa: PTH122 - of an address
        suffix = named if named in SUFFIXES else suffix
    if suffix == HTML.suffixes[0] and b"<html" not in (head := _opened(first, HEAD)[:HEAD].lower()):
        return XML.suffixes[0] if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(XML.begins) else suffix
    return suffix or (XML.suffixes[0] if kind.endswith("xml") else "")


def _rules(raw: bytes) -> str:
    """The text of a robots.txt, which servers also send packed, whatever their headers say of it."""
    if (text := _opened(raw, LARGEST_ROBOTS)).startswith(GZIP_MAGIC):
        raise FetchError("it is packed, and not as gzip is")
    return text.decode(errors="replace")


def _opened(first: bytes, most: int) -> bytes:
    """At most so many bytes taken out of gzip; as they are where they are in none."""
    try:
        return zlib.decompressobj(31).decompress(first, most)
    except zlib.error:
        return first
