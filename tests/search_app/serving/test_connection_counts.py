"""Connections shared out among workers: whoever has more leaves the next one to another, for a moment."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

import pytest

from kashshaf.search_app.serving import worker
from kashshaf.search_app.serving.connection_counts import PLACES, ConnectionCounts
from kashshaf.search_app.serving.worker import Front

OTHER = 1


def counts(**known: int) -> ConnectionCounts:
    made = ConnectionCounts()
    for pid, connections in known.items():
        made.keep(int(pid.removeprefix("w")), connections)
    return made


def test_the_least_of_the_others_is_told() -> None:
    made = counts(w7=3, w8=1, w9=5)
    assert [made.least_of_others(pid) for pid in (7, 8, 9, 10)] == [1, 3, 1, 1]
    made.keep(8, 6)
    made.forget(7)
    assert made.least_of_others(9) == 6
    assert counts(w7=3).least_of_others(7) is None


def test_a_worker_for_which_there_is_no_place_counts_nothing() -> None:
    made = ConnectionCounts()
    for pid in range(1, PLACES + 2):
        made.keep(pid, pid)
    assert made.least_of_others(1) == 2
    made.forget(PLACES + 1)
    assert made.least_of_others(2) == 1


def front(own: int, others: int | None) -> Any:
    shared = ConnectionCounts()
    if others is not None:
        shared.keep(OTHER, others)
    shared.keep(os.getpid(), own)
    made: Any = SimpleNamespace(application=SimpleNamespace(connections=shared), told=own, stopping=False)
    made.left_since = made.impatient_until = 0.0
    return made


@pytest.mark.parametrize(
    ("own", "others", "left"), [(0, 0, False), (2, 2, False), (3, 2, True), (1, 2, False), (9, None, False)]
)
def test_a_connection_is_left_to_who_has_fewer(own: int, others: int | None, left: bool) -> None:
    assert Front._leaves_it(front(own, others)) is left


def test_it_is_left_for_a_moment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [10.0]
    monkeypatch.setattr(worker, "time", SimpleNamespace(monotonic=lambda: now[0]))
    waits = front(3, 0)
    assert Front._leaves_it(waits)
    now[0] += 2 * worker.PATIENCE
    assert Front._leaves_it(waits)
    assert not Front._leaves_it(waits)  # whoever has fewer did not come for it
    now[0] += 2 * worker.IMPATIENCE
    assert Front._leaves_it(waits)


def test_each_is_left_for_a_moment_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [10.0]
    monkeypatch.setattr(worker, "time", SimpleNamespace(monotonic=lambda: now[0]))
    waits = front(3, 0)
    assert Front._leaves_it(waits)  # and the other took it
    now[0] += 5 * worker.IMPATIENCE
    assert Front._leaves_it(waits)
    now[0] += worker.PATIENCE / 2
    assert Front._leaves_it(waits)


def test_who_stops_leaves_none() -> None:
    stops = front(3, 0)
    stops.stopping = True
    assert not Front._leaves_it(stops)
