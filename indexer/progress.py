"""Progress: bars on a terminal, a line a phase elsewhere; on standard error, so that output stays clean."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol

from tqdm import tqdm

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
    with tqdm(desc=phase, total=total, dynamic_ncols=True, file=sys.stderr) as bar:

        def step(done: int = 1, /) -> None:
            bar.update(done)

        yield step


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
    print(f"{phase}: {count:,} in {time.perf_counter() - started:.1f} s", file=sys.stderr)  # noqa: T201


def for_standard_error() -> Show:
    """Bars where standard error is a terminal, else lines."""
    return on_terminal if sys.stderr.isatty() else as_lines
