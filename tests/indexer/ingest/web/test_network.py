"""Which addresses are public, and that the one which was looked at is the one connected to."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import httpcore
import pytest

from kashshaf.indexer.ingest.web.network import Clock, LateError, Network, PrivateError, is_public

PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
PRIVATE = [
    "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "192.0.0.8",  # noqa: S104 - nothing is bound to it
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "fe80::1",
    "fc00::1", "fd00:ec2::254", "ff02::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
    "2001:db8::1", "2001::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not is_public(ip_address(address))


class Names:
    """A name server that answers each time as it was told, and what was connected to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.connected: list[str] = []
        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)
        monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", self.connect)

    def look_up(self, host: str, port: int, **_: Any) -> list[Any]:
        del host
        return [(0, 0, 0, "", (address, port)) for address in self.answers.pop(0)]

    def connect(self, host: str, *_: Any) -> httpcore.NetworkStream:
        self.connected.append(host)
        if host == "9.9.9.9":
            raise httpcore.ConnectError("refused")
        return httpcore.NetworkStream()


def test_the_address_that_was_looked_at_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that has another address when it is asked again is not asked again."""
    names = Names(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    Network(Clock(), private=False).connect_tcp("a.example", 80)
    assert names.connected == ["8.8.8.8"]
    with pytest.raises(PrivateError):
        Network(Clock(), private=False).connect_tcp("a.example", 80)
    assert names.connected == ["8.8.8.8"]


def test_of_many_addresses_only_public_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, ["10.0.0.1", "9.9.9.9", "fe80::1%eth0", "8.8.8.8"])
    Network(Clock(), private=False).connect_tcp("a.example", 80)
    assert names.connected == ["9.9.9.9", "8.8.8.8"]


def test_with_private_any_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, ["10.0.0.1"])
    Network(Clock(), private=True).connect_tcp("a.example", 80)
    assert names.connected == ["10.0.0.1"]


def test_a_name_that_nobody_knows() -> None:
    with pytest.raises(httpcore.ConnectError, match="no host"):
        Network(Clock(), private=False).connect_tcp("x" * 300, 80)


def test_a_clock_runs_out() -> None:
    clock = Clock()
    assert clock.left(5) == 5
    clock.start(0)
    with pytest.raises(LateError):
        clock.left(None)
