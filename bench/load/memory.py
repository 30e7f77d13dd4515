"""The memory that each worker of a server has for itself."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import psutil


class Private(NamedTuple):
    """Megabytes of a process that no other shares: those it wrote, and those mapped from files.

    The latter the system takes back when it needs them, and as soon as another reads them they are shared.
    """

    written: float
    mapped: float

    def __str__(self) -> str:
        return f"{self.written:.0f} ({self.mapped:.0f})"


def private(pid: int) -> list[Private]:
    """The memory of each worker of a server."""
    return [
        read(Path(f"/proc/{each.pid}/smaps_rollup").read_text("ascii"))
        for each in psutil.Process(pid).children()
    ]


def read(rollup: str) -> Private:
    """The memory of a process, as the system tells it in kilobytes."""
    rows = dict(line.split()[:2] for line in rollup.splitlines() if line.startswith("Private_"))
    return Private(int(rows["Private_Dirty:"]) / 1024, int(rows["Private_Clean:"]) / 1024)
