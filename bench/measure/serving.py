"""Requests a second that ``kashshaf serve`` answers, in a process of its own, to eight clients here."""

from __future__ import annotations

import http.client
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

from bench.errors import NotHereError
from bench.measure.process import ROOT, python, used

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

CLIENTS = 8
WAIT = 60
"""Seconds a client waits for an answer."""


class Served(NamedTuple):
    """Requests a second, and the share of one processor that clients and server took."""

    requests: float
    client: float
    server: float
    """0 where it cannot be told."""


def served(index: Path, topics: Sequence[str], warm: Sequence[str]) -> Served:
    """Ask each topic once by one of the clients, each of which keeps its connection."""
    with server(index, "--threads", CLIENTS) as (address, pid):
        _ask_all(address, warm)
        started, ours, its = time.perf_counter(), time.process_time(), used(pid)
        _ask_all(address, topics)
        took = time.perf_counter() - started
        return Served(len(topics) / took, (time.process_time() - ours) / took, (used(pid) - its) / took)


@contextmanager
def server(index: Path, *options: str | int) -> Iterator[tuple[str, int]]:
    """Host and port of a server of that index, with these options, and its process."""
    command = python("kashshaf", "--index", index, "serve", "--port", 0, *options)
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            said = process.stdout.readline()
            if not said:
                raise NotHereError("kashshaf serve did not start")
            yield urlsplit(said.split()[0]).netloc, process.pid
        finally:
            process.terminate()


def _ask_all(address: str, topics: Sequence[str]) -> None:
    left: SimpleQueue[str] = SimpleQueue()
    for topic in topics:
        left.put(topic)
    with ThreadPoolExecutor(CLIENTS) as clients:
        for done in [clients.submit(_client, address, left) for _ in range(CLIENTS)]:
            done.result()


def _client(address: str, left: SimpleQueue[str]) -> None:
    with closing(http.client.HTTPConnection(address, timeout=WAIT)) as connection:
        while True:
            try:
                topic = left.get_nowait()
            except Empty:
                return
            connection.request("GET", "/api/v1/search?" + urlencode({"q": topic, "size": 10}))
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.client.OK:
                raise NotHereError(f"the server answered {answer.status} to a topic")
