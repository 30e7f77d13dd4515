"""``kashshaf serve`` in a process of its own, for tests that look at it from outside."""

from __future__ import annotations

import http.client
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

KASHSHAF = Path(sys.executable).parent / "kashshaf"


class Server(NamedTuple):
    """A running server: its process, its address, and the file that has what it says on standard error."""

    process: subprocess.Popen[str]
    address: str
    said: Path

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.address)
        return str(parts.hostname), int(parts.port or 0)

    def get(self, path: str, seconds: float = 10, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer; each request has a connection of its own."""
        connection = http.client.HTTPConnection(*self.place, timeout=seconds)
        try:
            connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        finally:
            connection.close()

    def seconds_of(self, path: str) -> float:
        """The time that a request takes which must succeed."""
        began = time.monotonic()
        assert self.get(path)[0] == http.client.OK
        return time.monotonic() - began


@contextmanager
def serving(index: Path, *options: str, config: Path | None = None) -> Iterator[Server]:
    """A server of ``index`` at a free port; it is stopped in the end, if a test has not done so."""
    named = ["--config", str(config)] if config else []
    command = [str(KASHSHAF), *named, "--index", str(index), "serve", "--port", "0", *options]
    with (
        tempfile.TemporaryDirectory() as folder,
        (Path(folder) / "said").open("w+") as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True) as process,
    ):
        assert process.stdout is not None
        shown = urlsplit(process.stdout.readline().split()[0])
        address = f"{shown.scheme}://{shown.netloc}"
        try:
            yield Server(process, address, Path(said.name))
        finally:
            process.terminate()
            process.wait(30)
