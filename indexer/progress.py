"""Progress: bars on a terminal, a line a phase elsewhere; on standard error, so that output stays clean."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class Step(Protocol):
    """A function that counts steps done."""

    def __call__(self, done: int = 1, /) -> None:
        """Count ``done`` more steps."""


Show = Callable[[str, int | None], AbstractContextManager[Step]]
"""Shows a phase by its name and its number of steps, None if unknown, while a block runs; gives it a Step."""


@contextmanager
def silent(phase: str, total: int | None) -> Iterator[Step]:
    """Show nothing."""
    del phase, total
    yield lambda _=1: None


@contextmanager
def on_terminal(phase: str, total: int | None) -> Iterator[Step]:
    """A bar, or a running count where the total is not known."""
    columns = [SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()]
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bars:
        task = bars.add_task(phase, total=total)
        yield lambda done=1: bars.advance(task, done)


@contextmanager
def as_lines(phase: str, total: int | None) -> Iterator[Step]:
    """A line when the phase is over."""
    del total
    count = 0
    started = time.perf_counter()

    def step(done: int = 1, /) -> None:
        nonlocal count
        count += done

    yield step
    Console(stderr=True, highlight=False).print(
        f"{phase}: {count:,} in {time.perf_counter() - started:.1f} s"
    )


def for_standard_error() -> Show:
    """Bars where standard error is a terminal, else lines."""
    return on_terminal if Console(stderr=True).is_terminal else as_lines
