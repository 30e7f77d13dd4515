"""The network as far as fetching may go: public addresses, and no longer than a request may take.

Addresses are checked where the connection is made, so that a name which changes its address between a check
and the connection, or a redirect, gains nothing.
"""

from __future__ import annotations

import socket
import time
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from kashshaf.index.errors import SettingsError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CONNECT_SECONDS = 10
"""The longest that one address of a host is waited for."""
_OF_THE_WEB = IPv6Network("2000::/3")
"""All that IPv6 gives to the public so far (RFC 4291, section 2.4; IANA's registry)."""
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 as networks without it write it (RFC 6052)."""
_PROTOCOLS = IPv4Network("192.0.0.0/24")
"""For protocols, not for hosts (RFC 6890); older Pythons call some of it global."""


class PrivateError(httpcore.ConnectError):
    """A host that has no address which may be connected to."""


class LateError(httpcore.ReadTimeout):
    """The time of a request is over."""


class Clock:
    """A clock that tells the time a request has left."""

    def __init__(self) -> None:
        self._end = float("inf")

    def start(self, seconds: float) -> None:
        """Begin a request of so many seconds."""
        self._end = time.monotonic() + seconds

    def left(self, wanted: float | None) -> float:
        """Seconds that may be waited, ``wanted`` at the most; raises LateError when none are left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise LateError("it took too long")
        return left if wanted is None else min(left, wanted)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """True if an address is of the public network, also one of IPv4 inside IPv6."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and address not in _PROTOCOLS
    inner = address.ipv4_mapped or address.sixtofour
    if address in _TRANSLATED:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(inner)
    return address in _OF_THE_WEB and address.is_global


class Network(httpcore.NetworkBackend):
    """Connections to public addresses, or with ``private`` to any, bound by a clock."""

    def __init__(self, clock: Clock, *, private: bool) -> None:
        self._plain = httpcore.SyncBackend()
        self._clock = clock
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that takes it; raises PrivateError where none may."""
        found = self._addresses(host, port)
        fault: Exception = PrivateError(f"{host} is on a private network, which is not fetched from")
        for address in found:
            try:
                stream = self._plain.connect_tcp(
                    address,
                    port,
                    self._clock.left(min(timeout or CONNECT_SECONDS, CONNECT_SECONDS)),
                    local_address,
                    socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
            else:
                return _Stream(stream, self._clock)
        raise fault

    def _addresses(self, host: str, port: int) -> Iterator[str]:
        """The addresses of a host that may be connected to."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, OverflowError) as error:
            raise httpcore.ConnectError(f"there is no host {host}") from error
        for *_, (address, *_) in found:
            if self._private or is_public(ip_address(str(address).partition("%")[0])):
                yield str(address)


class _Stream(httpcore.NetworkStream):
    """A connection of which every step is bound by the clock, however slowly bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._clock.left(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Transport(httpx.BaseTransport):
    """httpx over such a network; there is no setting of httpx itself for it.

    Raises SettingsError for a file of ``authorities`` that cannot be read.
    """

    def __init__(self, network: Network, authorities: Path | None = None) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_believing(authorities), network_backend=network, keepalive_expiry=30
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body not yet read."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


def _believing(authorities: Path | None) -> ssl.SSLContext:
    """Believe the public authorities, and those of a file."""
    context = httpx.create_ssl_context(trust_env=False)
    if authorities is not None:
        try:
            context.load_verify_locations(authorities)
        except OSError as error:  # also of what is no certificate
            reason = (
                error.strerror if isinstance(error, FileNotFoundError | PermissionError) else "it has none"
            )
            raise SettingsError(
                f"no certificates can be read from {authorities} (fetch_ca): {reason}"
            ) from error
    return context


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
