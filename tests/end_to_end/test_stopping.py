"""A stop, a killed worker and new states of the index, while requests go on."""

from __future__ import annotations

import json
import signal
import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psutil

from kashshaf.search_app.serving.server import COUNTS_PREFIX
from tests.end_to_end.server import serving
from tests.kashshaf.site import Site, row

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from tests.end_to_end.server import Server

UPDATES = 20
SEARCH = f"/api/v1/search?q={quote('خبر')}"


class Traffic(threading.Thread):
    """A client that asks without pause; ``statuses`` has what it got, ``totals`` the counts it was told."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._server = server
        self.over = threading.Event()
        self.statuses: list[int | str] = []
        self.totals: set[int] = set()

    def run(self) -> None:
        asked = 0
        while not self.over.is_set():
            asked += 1
            try:
                status, _, body = self._server.get(f"{SEARCH}&page={1 + asked % 2}")
            except OSError as error:
                self.statuses.append(repr(error))
                continue
            self.statuses.append(status)
            if status == 200:
                self.totals.add(json.loads(body)["total"])


def test_updates_and_a_rebuild_under_load_fail_no_request(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build(*(row(f"a{number}", f"خبر رقم {number}") for number in range(20)))
    with serving(site.settings.index, "--workers", "2") as server:
        clients = [Traffic(server) for _ in range(2)]
        for client in clients:
            client.start()
        for number in range(20, 20 + UPDATES):
            site.index(site.write(f"{number}.jsonl", row(f"a{number}", f"خبر رقم {number}")))
        site.reindex()
        last = json.loads(server.get(SEARCH)[2])["total"]
        for client in clients:
            client.over.set()
            client.join()
    assert {status for client in clients for status in client.statuses} == {200}
    assert len(set.union(*(client.totals for client in clients))) > 2, "updates were seen as they came"
    assert last == 20 + UPDATES


def test_a_stop_lets_finish_what_was_begun(stories_settings: Settings) -> None:
    with serving(stories_settings.index, "--workers", "1") as server:
        begun = socket.create_connection(server.place)
        quiet = socket.create_connection(server.place)
        with begun, quiet:
            begun.sendall(b"GET /healthz HTTP/1.1\r\nHost: he")
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            begun.sendall(b"re\r\n\r\n")
            begun.settimeout(10)
            answer = begun.recv(4096)
            assert answer.startswith(b"HTTP/1.1 200")
            assert b"connection: close" in answer.lower()
            quiet.settimeout(10)
            assert quiet.recv(1) == b""
        assert server.process.wait(20) == 0


def test_a_killed_worker_is_replaced_and_said(stories_settings: Settings) -> None:
    with serving(stories_settings.index, "--workers", "2") as server:
        server.get("/readyz")
        killed = psutil.Process(server.process.pid).children()[0]
        killed.kill()
        killed.wait(10)
        assert server.get("/readyz")[0] == 200
        deadline = time.monotonic() + 15
        while (told := workers(server)) != 2 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert told == 2
        assert str(killed.pid) in server.said.read_text()


def workers(server: Server) -> float:
    """The workers that the metrics tell of."""
    lines = server.get("/metrics")[2].decode().splitlines()
    return sum(float(line.split()[1]) for line in lines if line.startswith("kashshaf_workers "))


def wait_until_said(server: Server, sentence: str) -> None:
    ends = time.monotonic() + 20
    while sentence not in server.said.read_text():
        assert time.monotonic() < ends, sentence
        time.sleep(0.05)


def test_a_hang_up_is_passed_over_and_said(stories_settings: Settings) -> None:
    with serving(stories_settings.index, "--workers", "1") as server:
        assert server.get("/healthz")[0] == 200
        workers = psutil.Process(server.process.pid).children()
        for sent in (signal.SIGHUP, signal.SIGUSR2):
            server.process.send_signal(sent)
            wait_until_said(server, f"{sent.name} is passed over")
        assert server.get("/healthz")[0] == 200
        assert psutil.Process(server.process.pid).children() == workers


def test_the_counts_of_a_server_that_was_killed_are_swept(stories_settings: Settings) -> None:
    def counts_of(pid: int) -> Path:
        """The folder that a server holds; other servers of this machine have theirs beside it."""
        held = (each.readlink() for each in Path(f"/proc/{pid}/fd").iterdir())
        return next(path for path in held if path.name.startswith(COUNTS_PREFIX))

    with serving(stories_settings.index, "--workers", "1") as server:
        assert server.get("/healthz")[0] == 200
        killed = counts_of(server.process.pid)
        (worker,) = psutil.Process(server.process.pid).children()
        server.process.kill()
        worker.wait(10)
        assert killed.exists()
    with serving(stories_settings.index, "--workers", "1") as server:
        assert not killed.exists()
        now = counts_of(server.process.pid)
        with serving(stories_settings.index, "--workers", "1"):
            assert now.exists(), "that of another server stays"
    assert not now.exists()
