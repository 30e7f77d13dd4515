"""The long run: every command, engine and fault, at every call (``make test-faults``).

    python -m tests.faults [--every N] [--engine E] [--command C] [--fault F]

It prints a table of what was tried and what went wrong, each wrong point with its sentences, and ends with 1
where anything is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from kashshaf.index.settings import EMBEDDED
from tests.faults import shim
from tests.faults.scene import COMMANDS
from tests.faults.sweep import FAULTS

CORRUPTION = "corruption"


class Task(NamedTuple):
    """One sweep."""

    engine: str
    command: str
    fault: str


def tasks(chosen: argparse.Namespace) -> list[Task]:
    """The sweeps to do, those of one fault after another."""
    swept = [
        Task(*each) for each in product(chosen.engine, chosen.command, chosen.fault) if each[2] != CORRUPTION
    ]
    corrupted = [Task(engine, "", CORRUPTION) for engine in chosen.engine if CORRUPTION in chosen.fault]
    return sorted([*swept, *corrupted], key=lambda task: chosen.fault.index(task.fault))


def result(library: Path, task: Task, every: int) -> dict[str, Any]:
    """Do a sweep in a process of its own."""
    with tempfile.TemporaryDirectory(dir=shim.MEMORY, prefix="faults-") as name:
        if task.fault == CORRUPTION:
            ran = shim.corrupt(Path(name), task.engine, str(every))
        else:
            ran = shim.run(library, Path(name), *task, str(every))
    if ran.returncode:
        raise RuntimeError(f"{task}: {ran.stderr[-2000:].decode(errors='replace')}")
    found: dict[str, Any] = orjson.loads(ran.stdout)
    return found


def main() -> None:
    """Do all sweeps that were asked for, two at a time, and print the table."""
    reason = shim.lacking()
    if reason:
        sys.exit(reason)
    chosen = _chosen()
    asked = tasks(chosen)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        library = shim.build(Path(folder))
        running = {pool.submit(result, library, task, chosen.every): task for task in asked}
        wrong = sum(_print(running[done], done.result()) for done in as_completed(running))
    sys.exit(1 if wrong else 0)


def _print(task: Task, found: dict[str, Any]) -> int:
    """Print the row of a sweep, with its points below it; the number of wrong ones."""
    row = f"{task.engine:8} {task.command:9} {task.fault:10}"
    print(f"{row} {len(found['wrong']):5} wrong of {found['points']:5} points", flush=True)
    for at, said in found["wrong"]:
        print(f"  {at}: {'; '.join(said)}")
    return len(found["wrong"])


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--every", type=int, default=1)
    for name, values in (("engine", EMBEDDED), ("command", COMMANDS), ("fault", (*FAULTS, CORRUPTION))):
        parser.add_argument(f"--{name}", nargs="+", choices=values, default=values)
    return parser.parse_args()


if __name__ == "__main__":
    main()
