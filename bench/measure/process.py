"""A step of a benchmark in a process of its own, so that its time, processor and memory are its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from bench.errors import NotHereError

if TYPE_CHECKING:
    import resource
    from collections.abc import Iterator, Sequence

try:
    import psutil
except ImportError:  # an extra: without it a step of several processes has the memory of its largest
    psutil = None

ROOT = Path(__file__).parents[2]
PAUSE = 0.1
"""Seconds between two looks at the memory of a step that has started other processes."""
REFUSED = 3
"""The exit status of a rebuild that is done but has refused some documents."""


class Took(NamedTuple):
    """The output of a step, its seconds of wall clock and of processor, and its peak memory in bytes."""

    out: str
    seconds: float
    processor: float
    peak: int


def python(*words: str | Path | int) -> list[str]:
    """The command line of a module of ours: ``python("kashshaf", "--help")``."""
    return [sys.executable, "-m", *map(str, words)]


def run(command: Sequence[str | Path]) -> Took:
    """Run a command from the project's folder; NotHereError with its last line where it fails.

    The peak is the kernel's (ru_maxrss) for one process. For several it is what they held together, pages
    they share counted once, as looked at ten times a second; without psutil that of the largest.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=ROOT)
        with _watching(process.pid) as together:
            status, usage = _ended(process)
            took = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, REFUSED):
            raise NotHereError(_last_line(_text(err)))
        said = _text(out)
    unit = 1 if sys.platform == "darwin" else 1024
    return Took(said, took, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss * unit, *together))


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, resource.struct_rusage]:
    """Status and use of a step once it has ended; it is stopped where this program is."""
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.terminate()
        process.wait()
        raise
    return status, usage


def used(pid: int) -> float:
    """Seconds of processor a running process and those it started have used; without psutil 0."""
    if psutil is None:
        return 0.0
    process = psutil.Process(pid)
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _last_line(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[-1] if lines else "it failed and does not say why"


@contextmanager
def _watching(pid: int) -> Iterator[list[int]]:
    """Looks at a process and all below it until the block ends; the list holds the most they had together."""
    most = [0]
    if psutil is None:
        yield most
        return
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(pid, most, over))
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _watch(pid: int, most: list[int], over: threading.Event) -> None:
    try:
        first = psutil.Process(pid)
        while not over.wait(PAUSE):
            below = first.children(recursive=True)
            if below:  # else the kernel's own figure is exact, and looking would cost the step time
                most[0] = max(most[0], sum(map(_held, (first, *below))))
    except psutil.Error:  # it ended first
        return


def _held(process: psutil.Process) -> int:
    """Bytes of memory: a share of what is shared where the system tells it."""
    try:
        memory = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(memory, "pss", memory.rss))
