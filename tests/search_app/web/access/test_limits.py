"""Limits: by address and by key, over all processes together."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.web.access.limits import Limits, is_own, network
from kashshaf.search_app.web.access.shared_counters import SharedCounters

if TYPE_CHECKING:
    from collections.abc import Callable


def limits(**changes: str) -> Limits:
    return Limits(Settings(**changes))  # type: ignore[arg-type]


def passed(ask: Callable[[], int], times: int) -> int:
    return sum(ask() == 0 for _ in range(times))


def test_an_address_has_so_many_requests() -> None:
    found = limits(rate_limit="5 per minute")
    assert passed(lambda: found.wait_for_address("192.0.2.1"), 8) == 5
    assert passed(lambda: found.wait_for_address("192.0.2.2"), 8) == 5
    assert 0 < found.wait_for_address("192.0.2.1") <= 60


def test_a_network_of_ipv6_counts_as_one() -> None:
    found = limits(rate_limit="5 per minute")
    addresses = iter(f"2001:db8::{each:x}" for each in range(8))
    assert passed(lambda: found.wait_for_address(next(addresses)), 8) == 5
    assert found.wait_for_address("2001:db8:0:1::1") == 0


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_the_name_of_an_address(address: str, name: str) -> None:
    assert network(address) == name


@pytest.mark.parametrize(
    ("address", "own"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("::2", False),
     ("192.0.2.1", False), ("", False)],
)  # fmt: skip
def test_this_machines_own_addresses(address: str, own: bool) -> None:
    assert is_own(address) is own


def test_by_default_this_machine_is_not_counted_and_others_are() -> None:
    found = limits()
    assert passed(lambda: found.wait_for_address("127.0.0.1"), 700) == 700
    assert passed(lambda: found.wait_for_address("192.0.2.1"), 700) == 600


def test_a_limit_that_is_set_holds_for_this_machine_too() -> None:
    found = limits(rate_limit="5 per minute")
    assert passed(lambda: found.wait_for_address("127.0.0.1"), 8) == 5


def test_off_is_no_limit() -> None:
    found = limits(rate_limit="off", rate_limit_key="off", rate_limit_write="off")
    assert passed(lambda: found.wait_for_address("192.0.2.1"), 2_000) == 2_000
    assert passed(lambda: found.wait_for_key("a", writes=True), 2_000) == 2_000


def test_searches_and_writes_with_a_key_are_counted_apart() -> None:
    found = limits(rate_limit_key="3 per minute", rate_limit_write="2 per minute")
    assert passed(lambda: found.wait_for_key("a", writes=False), 8) == 3
    assert passed(lambda: found.wait_for_key("a", writes=True), 8) == 2
    assert passed(lambda: found.wait_for_key("b", writes=True), 8) == 2


def test_keys_cannot_be_guessed_for_long() -> None:
    found = limits()
    for _ in range(10):
        assert found.wait_for_guess("192.0.2.1", "") == 0
        found.note_wrong_key("192.0.2.1", "")
    assert found.wait_for_guess("192.0.2.1", "") > 0
    assert found.wait_for_guess("192.0.2.1", "a") > 0
    assert found.wait_for_guess("192.0.2.2", "") == 0


def test_nor_from_many_addresses() -> None:
    found = limits()
    for each in range(120):
        found.note_wrong_key(f"192.0.2.{each}", "")
    assert found.wait_for_guess("198.51.100.1", "") > 0
    assert found.wait_for_guess("198.51.100.1", "a key that there is") == 0


def test_processes_count_together() -> None:
    counters = SharedCounters()
    for _ in range(3):
        child = os.fork()
        if child == 0:
            counters.incr("a", 60)
            os._exit(0)
        os.waitpid(child, 0)
    assert counters.get("a") == 3


def test_a_count_ends_with_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    counters = SharedCounters()
    assert [counters.incr("a", 60), counters.incr("a", 60)] == [1, 2]
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    assert counters.get("a") == 0
    assert counters.incr("a", 60) == 1
    counters.clear("a")
    assert counters.get("a") == 0


def test_many_addresses_take_no_more_memory_and_most_stay_counted() -> None:
    counters = SharedCounters()
    before = len(counters._memory)
    for each in range(20_000):
        counters.incr(str(each), 60)
    assert len(counters._memory) == before
    assert sum(counters.get(str(each)) == 1 for each in range(20_000)) > 19_900
    counters.reset()
    assert counters.get("1") == 0
