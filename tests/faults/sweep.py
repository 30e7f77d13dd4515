"""A sweep: a command with a fault at each of its calls, or at each so-many-th, and what is wrong after each.

    python -m tests.faults.sweep LIBRARY FOLDER ENGINE COMMAND FAULT EVERY

Each point is a forked process: what a command needs is imported once. It prints a JSON object:
``calls``, ``points``, and ``wrong``, a row of point and sentences for each after which something is.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from kashshaf.index.engine import open_engine
from kashshaf.index.settings import ENGINES
from tests.faults.judge import faults
from tests.faults.power_cut import MODELS, cut, disk_of
from tests.faults.scene import Scene, State
from tests.faults.shim import Shim

if TYPE_CHECKING:
    from collections.abc import Callable

ERRORS = {"full": errno.ENOSPC, "failing": errno.EIO}
FAULTS = ("kill", *ERRORS, *MODELS)
KILLED = 137
TOLD = {"full": re.compile("disk is full|no space", re.IGNORECASE), "failing": re.compile("disk failed|Input/output error")}
"""What the sentence of a command says after each error."""
MISLEADING = re.compile("Traceback|damaged")


class Sweep:
    """One command on one engine, in a folder of its own."""

    def __init__(self, shim: Shim, folder: Path, engine: str, command: str, fault: str) -> None:
        self._shim = shim
        self._scene = Scene(folder / "work", engine, command)
        self._said = folder / "said"
        self._shadows = folder / "shadows"
        self._fault = fault
        self._done(self._scene.build)
        self._old: State = self._done(self._scene.state)
        self._done(self._scene.act)
        self._new: State = self._done(self._scene.state)

    def _done(self, task: Callable[[], object]) -> Any:
        result, status = in_child(task, self._said)
        if status:
            raise RuntimeError(f"without any fault: {self._said.read_text()}")
        return result

    def calls(self) -> int:
        """The calls of the command that can be struck."""
        self._scene.reset()
        return int(self._done(self._counted))

    def _counted(self) -> int:
        self._shim.arm(self._scene.folder, 0)
        self._scene.act()
        return self._shim.count()

    def strike(self, at: int) -> list[str]:
        """Run the command with the fault at a call; what is wrong afterwards."""
        self._scene.reset()
        shutil.rmtree(self._shadows, ignore_errors=True)
        self._shadows.mkdir()
        before = disk_of(self._scene.folder) if self._fault in MODELS else None
        status, ended = in_child(lambda: self._struck(at), self._said)
        told = self._told(status or ended)
        if before:
            cut(self._scene.folder, before, self._shadows, self._fault)
        found, status = in_child(lambda: faults(self._scene, self._old, self._new), self._said)
        if found is None:
            return [*told, f"judging ended with {status}: {self._said.read_text()[-300:]}"]
        return [*told, *found]

    def _struck(self, at: int) -> int:
        shadows = self._shadows if self._fault in MODELS else None
        self._shim.arm(self._scene.folder, at, ERRORS.get(self._fault, 0), shadows)
        return self._scene.act()

    def _told(self, status: Any) -> list[str]:
        """Whether a command that failed said why, in one sentence."""
        if self._fault not in ERRORS or status == 0:
            return []
        said = self._said.read_text().strip()
        sentence = said.rpartition("\n")[2]
        if MISLEADING.search(said) or not TOLD[self._fault].search(sentence):
            return [f"said: {sentence[-300:]}"]
        return []


def in_child(task: Callable[[], object], said: Path) -> tuple[object, int]:
    """Do something in a forked process: what it returns, None where it did not end; and how it ended.

    What it prints comes into a file.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _end(task, said, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        returned = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    result = orjson.loads(returned) if returned else None
    return result, status


def _end(task: Callable[[], object], said: Path, writing: int) -> None:
    """Do a task, and end this process."""
    try:
        with said.open("w") as file, redirect_stdout(file), redirect_stderr(file):
            result = task()
        os.write(writing, orjson.dumps(result))
    except BaseException as error:  # noqa: BLE001 - nothing may come back from a child
        with said.open("a") as file:
            file.write(f"Traceback: {type(error).__name__}: {error}")
        os._exit(70)
    os._exit(0)


def main() -> None:
    """Sweep as the arguments say."""
    library, folder, engine, command, fault, every = sys.argv[1:]
    for name in ENGINES:
        open_engine(name)
    warm_up(Path(folder))
    sweep = Sweep(Shim(Path(library)), Path(folder), engine, command, fault)
    calls = sweep.calls()
    points = range(1 + (calls - 1) % int(every), calls + 1, int(every))
    wrong = [[at, said] for at in points if (said := sweep.strike(at))]
    sys.stdout.buffer.write(orjson.dumps({"calls": calls, "points": len(points), "wrong": wrong}))


def warm_up(folder: Path) -> None:
    """Do once, in this process, what every child would do first; by the engine that starts no threads."""
    scene = Scene(folder / "warm", "whoosh", "index")
    with Path(os.devnull).open("w") as nothing, redirect_stdout(nothing):
        scene.build()
        scene.act()
    for each in (scene.folder, scene.kept):
        shutil.rmtree(each)


if __name__ == "__main__":
    main()
