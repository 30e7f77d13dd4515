"""A sweep: a command with a fault at each of its calls, or at each so-many-th, and what is wrong after each.

    python -m tests.faults.sweep LIBRARY FOLDER ENGINE COMMAND FAULT EVERY

Each point is a forked process: what a command needs is imported once. It prints a JSON object:
``calls``, ``points``, and ``wrong``, a row of point and sentences for each after which something is.
"""

from __future__ import annotations

import errno
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from tests.faults.forked import forked, warm_up
from tests.faults.judge import faults
from tests.faults.power_cut import MODELS, cut, disk_of
from tests.faults.scene import Scene, State
from tests.faults.shim import Shim

if TYPE_CHECKING:
    from collections.abc import Callable

ERRORS = {"full": errno.ENOSPC, "failing": errno.EIO}
FAULTS = ("kill", *ERRORS, *MODELS)
KILLED = 137
TOLD = {
    "full": re.compile("disk is full|no space", re.IGNORECASE),
    "failing": re.compile("disk failed|disk is full or fails|Input/output error"),
}
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
        result, said = forked(task, self._said)
        if "Traceback" in said:
            raise RuntimeError(f"without any fault: {said}")
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
        told = self._told(*forked(lambda: self._struck(at), self._said))
        if before:
            cut(self._scene.folder, before, self._shadows, self._fault)
        found, said = forked(lambda: faults(self._scene, self._old, self._new), self._said)
        return [*told, *found] if isinstance(found, list) else [*told, f"judging ended: {said[-300:]}"]

    def _struck(self, at: int) -> int:
        shadows = self._shadows if self._fault in MODELS else None
        self._shim.arm(self._scene.folder, at, ERRORS.get(self._fault, 0), shadows)
        return self._scene.act()

    def _told(self, status: int, said: str) -> list[str]:
        """Whether a command that failed said why, in one sentence."""
        if self._fault not in ERRORS or status == 0:
            return []
        sentence = said.strip().rpartition("\n")[2]
        if MISLEADING.search(said) or not TOLD[self._fault].search(sentence):
            return [f"said: {sentence[-300:]}"]
        return []


def main() -> None:
    """Sweep as the arguments say."""
    library, folder, engine, command, fault, every = sys.argv[1:]
    warm_up(Path(folder))
    sweep = Sweep(Shim(Path(library)), Path(folder), engine, command, fault)
    calls = sweep.calls()
    points = range(1 + (calls - 1) % int(every), calls + 1, int(every))
    wrong = [[at, said] for at in points if (said := sweep.strike(at))]
    sys.stdout.buffer.write(orjson.dumps({"calls": calls, "points": len(points), "wrong": wrong}))


if __name__ == "__main__":
    main()
