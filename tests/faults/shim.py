"""The injector of faults: compiled, preloaded into a process of its own, and armed there."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).with_name("shim.c")
MEMORY = Path("/dev/shm")  # noqa: S108 - inodes are numbered once there, and nothing needs a disk's time


def lacking() -> str:
    """The reason why no faults can be injected on this machine; empty where they can."""
    if sys.platform != "linux" or not MEMORY.is_dir():
        return "faults are injected on Linux with /dev/shm only"
    if shutil.which("cc") is None:
        return "there is no C compiler (cc) to build the injector of faults with"
    return ""


def build(folder: Path) -> Path:
    """Compile the injector."""
    library = folder / "shim.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl", "-lpthread"],  # noqa: S607
        check=True,
    )
    return library


def run(library: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Sweep in a process with the injector preloaded."""
    return _module("sweep", folder, str(library), str(folder), *arguments, LD_PRELOAD=str(library))


def corrupt(folder: Path, engine: str, every: str) -> subprocess.CompletedProcess[bytes]:
    """Damage files in a process of its own."""
    return _module("corruption", folder, str(folder), engine, every)


def _module(name: str, folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a module of this folder; temporary files come below that of the scene."""
    temporary = folder / "work" / "tmp"
    temporary.mkdir(parents=True)
    return subprocess.run(
        [sys.executable, "-m", f"tests.faults.{name}", *arguments],
        env={**os.environ, "TMPDIR": str(temporary), **variables},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )


class Shim:
    """The injector that is preloaded in this process."""

    def __init__(self, library: Path) -> None:
        self._library = ctypes.CDLL(str(library))

    def arm(self, folder: Path, at: int, error: int = 0, shadows: Path | None = None) -> None:
        """Have the ``at``-th call below a folder end the process, or fail with an error; at 0 none."""
        self._library.shim_arm(os.fsencode(folder), os.fsencode(shadows or ""), at, error)

    def count(self) -> int:
        """Calls below the folder since it was armed."""
        return int(self._library.shim_count())
