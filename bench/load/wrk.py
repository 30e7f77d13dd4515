"""wrk, which asks for paths as fast as it can, or with a pause after each answer."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from typing import TYPE_CHECKING, NamedTuple

from bench.errors import NotHereError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WRK = shutil.which("wrk")
CLIENTS = 16
SHARE = 0.7
NEAR = 0.03
"""The share of a rate by which it may be missed."""
TRIALS = 5
SCRIPT = """
local paths, at, pause = {{}}, 0, {pause}
for line in io.lines("{paths}") do paths[#paths + 1] = line end
function init(args) at = math.random(#paths) end
function request() at = at % #paths + 1 return wrk.format("GET", paths[at]) end
function delay() return math.floor(pause + math.random()) end
function done(summary, latency, requests)
  io.write(string.format("FOUND %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
"""
_FOUND = re.compile(r"FOUND (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)")


class Load(NamedTuple):
    """Requests a second, milliseconds of the middle and of the slowest percent, failures."""

    rate: float
    p50: float
    p99: float
    statuses: int
    broken: int

    def __str__(self) -> str:
        return (
            f"{self.rate:,.0f} requests a second, p50 {self.p50:.1f} ms, p99 {self.p99:.1f} ms,"
            f" {self.statuses} answers of 400 and more, {self.broken} connections that failed"
        )


def ask(address: str, paths: Path, seconds: int, pause: float = 0) -> Load:
    """Ask for so many seconds; ``pause`` is in milliseconds after each answer, on the average."""
    if WRK is None:
        raise NotHereError("there is no wrk; install it with: apt-get install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT.format(paths=paths, pause=pause))
        script.flush()
        options = ["-t1", f"-c{CLIENTS}", f"-d{seconds}", "--timeout", "10", "-s", script.name]
        done = subprocess.run(
            [WRK, *options, f"http://{address}"], capture_output=True, text=True, check=True
        )
    return read(done.stdout)


def read(said: str) -> Load:
    """The figures that the script had wrk print, whose times are in microseconds."""
    found = _FOUND.search(said)
    if found is None:
        raise NotHereError(f"wrk said something else: {said}")
    requests, duration, p50, p99, statuses, broken = map(int, found.groups())
    return Load(requests * 1e6 / duration, p50 / 1000, p99 / 1000, statuses, broken)


def paced(ask_for: Callable[[float], Load], rate: float) -> float:
    """The milliseconds of pause with which ``ask_for`` asks at a rate, within ``NEAR``.

    At a rate below the top answers come sooner than at the top, when all wait for each other: so the pause is
    tried, and made longer or shorter by what a connection's turn took too little or too long.
    """
    turn = 1000 * CLIENTS / rate
    pause = turn / 2
    for _ in range(TRIALS):
        found = ask_for(pause)
        if abs(found.rate - rate) <= NEAR * rate:
            break
        pause = max(0.0, pause + turn - 1000 * CLIENTS / max(found.rate, 1))
    return pause
