"""Commands in forked processes: what they need is imported once, and none can leave anything in another."""

from __future__ import annotations

import os
import shutil
import tempfile
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from kashshaf.index.engine import open_engine
from kashshaf.index.settings import EMBEDDED
from tests.faults.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

FAULT = 70
"""The status of a process that ended by an error of the program."""


def warm_up(folder: Path) -> None:
    """Do once, in this process, what every child would do first; by the engine that starts no threads."""
    for name in EMBEDDED:
        open_engine(name)
    tempfile.gettempdir()  # which tries the folder out
    scene = Scene(folder / "warm", "whoosh", "index")
    with Path(os.devnull).open("w") as nothing, redirect_stdout(nothing), redirect_stderr(nothing):
        scene.build()
        scene.act()
        scene.run("search", "الجسر")
    for each in (scene.folder, scene.kept):
        shutil.rmtree(each)


def forked(task: Callable[[], Any], said: Path) -> tuple[Any, str]:
    """Do something in a forked process: what it returns, and what it prints.

    Where it does not return, the status with which its process ended.
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
    return orjson.loads(returned) if returned else status, said.read_text(errors="replace")


def _end(task: Callable[[], Any], said: Path, writing: int) -> None:
    """Do a task, and end this process."""
    try:
        with said.open("w") as file, redirect_stdout(file), redirect_stderr(file):
            result = task()
        os.write(writing, orjson.dumps(result))
    except BaseException:  # noqa: BLE001 - nothing may come back from a child
        with said.open("a") as file:
            traceback.print_exc(file=file)
        os._exit(FAULT)
    os._exit(0)
