"""Workers for one task on many items: this process, or one for each processor where there is much to do.

Task and results are pickled between processes. State that a task keeps is kept in each of them, until the
next task comes.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
import time
from collections import deque
from contextlib import contextmanager
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import loky

from kashshaf.index.disk import writing
from kashshaf.index.errors import IndexingError
from kashshaf.indexer.rebuild.garbage import YOUNGEST, give_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path
    from typing import Self

Item = TypeVar("Item")
Made = TypeVar("Made")
Made_co = TypeVar("Made_co", covariant=True)

FROM = 2_000
"""Articles from which on other processes pay: to start them takes half a second."""
MOST = 8
"""Processes at the most: each takes some 200 MB, and one alone writes what they make."""
AHEAD = 2
TASK = ".task"
KILLED = (
    "a process that analyses articles was killed, perhaps for want of memory;"
    " nothing that serves was changed; free some memory and try again"
)


def processes_for(articles: int) -> int:
    """The number of processes that pay for so many articles; 1 is this process alone."""
    return min(_processors(), MOST) if articles >= FROM else 1


@cache
def _processors() -> int:
    """Those that this process may use: to read from the system's files, which takes a while."""
    found: int = loky.cpu_count()
    return found


class Result(Protocol[Made_co]):
    """The result of a task for one item, perhaps still being computed."""

    def is_done(self) -> bool:
        """True if the result is there."""

    def result(self) -> Made_co:
        """The result; waits for it."""


class Pool:
    """The processes of a rebuild, for one task after the other: to start them takes half a second.

    They start when a task first pays for them, and end with the block. Tasks wait for them in ``folder``, and
    a process lets go of those that are over when it begins another.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._executor: loky.ProcessPoolExecutor | None = None

    def workers(self, task: Callable[[Item], Made], processes: int) -> Workers[Item, Made]:
        """Workers for a task; one process is this one. Of several processes there are as many as at first."""
        if processes == 1:
            return Workers(1, lambda item: _Lazy(partial(task, item)))
        self._executor = self._executor or loky.ProcessPoolExecutor(
            processes, initializer=_start, initargs=(os.getpid(),)
        )
        path = self._folder / f"{self._number}{TASK}"
        self._number += 1
        with writing(path):
            path.write_bytes(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        return Workers(processes, partial(_submitted, self._executor, path), path)

    def rest(self) -> None:
        """Let the processes end, with all that they have; the next task that pays for some starts others."""
        self._end(at_once=False)

    def _end(self, *, at_once: bool) -> None:
        if self._executor is not None:
            self._executor.shutdown(kill_workers=at_once)
            self._executor = None
        for path in self._folder.glob(f"*{TASK}"):
            path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        self._end(at_once=False)  # with the tasks of a run that was killed
        return self

    def __exit__(self, kind: type[BaseException] | None, *raised: object) -> None:
        self._end(at_once=kind is not None)


class Workers(Generic[Item, Made]):
    """Workers that do one task for many items.

    Raise the task's errors, and IndexingError if a process was killed. One process is this one, and computes
    nothing before a result is asked for. The task, in a file for other processes, is over with the block.
    """

    def __init__(
        self, processes: int, submit: Callable[[Item], Result[Made]], file: Path | None = None
    ) -> None:
        self._file = file
        self.processes = processes
        self.submit = submit
        """Submit an item; gives its result to be."""

    def results(self, items: Iterable[Item], ahead: int = AHEAD) -> Iterator[Made]:
        """The result for each item, in order; the first items are submitted at once.

        ``ahead``: how many results a process may be ahead of the one that is wanted next, which bounds the
        memory that they take.
        """
        rest = iter(items)
        submitted = deque(map(self.submit, islice(rest, max(1, ahead) * self.processes)))
        return self._each(submitted, rest)

    def _each(self, submitted: deque[Result[Made]], rest: Iterator[Item]) -> Iterator[Made]:
        while submitted:
            result = submitted.popleft().result()
            submitted.extend(map(self.submit, islice(rest, 1)))
            yield result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._file is not None:
            self._file.unlink(missing_ok=True)


def _submitted(executor: loky.ProcessPoolExecutor, task: Path, item: Any) -> _Remote[Any]:
    with _alive():
        return _Remote(executor.submit(_run, task, item))


class _Lazy(Generic[Made]):
    """A result that is computed when it is asked for."""

    def __init__(self, task: Callable[[], Made]) -> None:
        self._task = task

    def is_done(self) -> bool:
        return False

    def result(self) -> Made:
        return self._task()


class _Remote(Generic[Made]):
    """A result that another process computes."""

    def __init__(self, future: Future[bytes]) -> None:
        self._future = future

    def is_done(self) -> bool:
        return self._future.done()

    def result(self) -> Made:
        with _alive():
            result: Made = pickle.loads(self._future.result())  # noqa: S301 - our own process made it
            return result


@contextmanager
def _alive() -> Iterator[None]:
    try:
        yield
    except loky.BrokenProcessPool as error:
        raise IndexingError(KILLED) from error


_tasks: dict[Path, Callable[[Any], Any]] = {}
"""The tasks of a process of a pool, by their files."""


def _start(parent: int) -> None:
    """Prepare a process of a pool, which leaves Ctrl-C to its parent and ends when that does."""
    gc.set_threshold(YOUNGEST)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End the process once its parent is gone; a killed parent cannot end it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _run(path: Path, item: Any) -> bytes:
    if path not in _tasks:
        for over in [each for each in _tasks if not each.exists()]:
            del _tasks[over]  # first: what it remembers may be large, and in cycles
        gc.unfreeze()
        give_back()
        _tasks[path] = pickle.loads(path.read_bytes())  # noqa: S301 - our own process made it
        gc.freeze()
    return pickle.dumps(_tasks[path](item), pickle.HIGHEST_PROTOCOL)  # the pool's own way takes longer
