"""The memory that each worker of a server has for itself."""

from __future__ import annotations

from pathlib import Path

import psutil


def private(pid: int) -> list[float]:
    """Megabytes that each worker has for itself."""
    return [memory(each.pid) for each in psutil.Process(pid).children()]


def memory(pid: int) -> float:
    """Megabytes of a process that no other shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024
