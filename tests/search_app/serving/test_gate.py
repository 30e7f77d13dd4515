"""The gate: who is answered, who waits, and who is sent away."""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from threading import Event, Lock
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client
from werkzeug.wsgi import ClosingIterator

from kashshaf.search_app.serving import gate
from kashshaf.search_app.serving.gate import AT_ONCE, ON_CLUSTER, Gate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment


class Slow:
    """An application that answers ``/healthz`` at once and all else when ``go`` is set."""

    def __init__(self) -> None:
        self.go = Event()
        self.inside = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/healthz":
            self.inside += 1
            assert self.go.wait(10)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"done"]


def status(guarded: Gate, path: str = "/search") -> int:
    with Client(guarded).get(path) as answer:
        return answer.status_code


@pytest.mark.parametrize("turns", [AT_ONCE, ON_CLUSTER])
def test_beyond_those_who_wait_the_answer_is_busy_at_once(turns: int) -> None:
    slow = Slow()
    guarded = Gate(slow, waiting=2, at_once=turns)
    with ThreadPoolExecutor(turns + 3) as clients:
        asked = [clients.submit(status, guarded) for _ in range(turns + 3)]
        done, _ = wait(asked, 10, return_when=FIRST_COMPLETED)
        assert [each.result() for each in done] == [503]
        assert status(guarded, "/healthz") == 200
        assert slow.inside == turns
        slow.go.set()
        assert sorted(each.result() for each in asked) == [200] * (turns + 2) + [503]
    assert status(guarded) == 200


def test_who_waited_long_enough_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "MAX_WAIT", 0.05)
    slow = Slow()
    guarded = Gate(slow, waiting=2)
    with ThreadPoolExecutor(AT_ONCE) as clients:
        asked = [clients.submit(status, guarded) for _ in range(AT_ONCE)]
        while slow.inside < AT_ONCE:
            pass
        with Client(guarded).get("/search") as answer:
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
        slow.go.set()
        assert [each.result() for each in asked] == [200] * AT_ONCE


def test_a_failing_application_gives_its_turn_back() -> None:
    def failing(_environ: WSGIEnvironment, _start_response: StartResponse) -> Iterable[bytes]:
        raise RuntimeError("an error of the application")

    guarded = Gate(failing, waiting=1)
    for _ in range(3 * AT_ONCE):
        with pytest.raises(RuntimeError):
            Client(guarded).get("/search")


def test_an_answer_keeps_its_place_until_it_is_closed() -> None:
    slow = Slow()
    slow.go.set()
    guarded = Gate(slow, waiting=1)
    being_sent = [Client(guarded).get("/search") for _ in range(AT_ONCE + 1)]
    assert status(guarded) == 503
    assert status(guarded, "/healthz") == 200
    being_sent.pop().close()
    assert status(guarded) == 200


class Streaming:
    """An application that makes its answers while they are sent; ``most``: parts that were made at once."""

    def __init__(self) -> None:
        self.most = self._now = self.closed = 0
        self._lock = Lock()

    def __call__(self, _environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/csv")])
        return ClosingIterator(self._parts(), self._close)

    def _parts(self) -> Iterator[bytes]:
        for _ in range(3):
            with self._lock:
                self._now += 1
                self.most = max(self.most, self._now)
            time.sleep(0.01)
            with self._lock:
                self._now -= 1
            yield b"part"

    def _close(self) -> None:
        self.closed += 1


def body(guarded: Gate) -> bytes:
    with Client(guarded).get("/search.csv") as answer:
        return bytes(answer.data)


def test_what_is_made_while_it_is_sent_is_made_in_turn() -> None:
    streaming = Streaming()
    guarded = Gate(streaming, waiting=8)
    clients = AT_ONCE + 8
    with ThreadPoolExecutor(clients) as pool:
        asked = [pool.submit(body, guarded) for _ in range(clients)]
        assert {each.result() for each in asked} == {b"part" * 3}
    assert streaming.most == AT_ONCE
    assert streaming.closed == clients


def test_a_reader_who_is_slow_to_take_parts_keeps_no_turn() -> None:
    guarded = Gate(Streaming(), waiting=8)
    reading = [iter(Client(guarded).get("/search.csv", buffered=False).response) for _ in range(AT_ONCE + 1)]
    assert {next(each) for each in reading} == {b"part"}
    assert status(guarded) == 200
