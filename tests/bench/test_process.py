"""A step of a benchmark runs alone, and what it took is told."""

from __future__ import annotations

import os
import sys
import time

import pytest

from bench.errors import NotHereError
from bench.measure.process import run

HELD = 80_000_000
HOLDS = f"import time; held = bytearray({HELD}); time.sleep(1)"
TWO = f"""
import subprocess, sys
for each in [subprocess.Popen([sys.executable, "-c", {HOLDS!r}]) for _ in "12"]:
    each.wait()
"""


def test_what_a_step_prints_and_takes_is_told() -> None:
    took = run([sys.executable, "-c", f"held = bytearray({HELD}); print(sum(range(10**6)))"])
    assert took.out == "499999500000\n"
    assert took.peak >= HELD
    assert took.seconds > 0
    assert took.processor > 0


def test_the_memory_of_several_processes_is_that_of_all_together() -> None:
    pytest.importorskip("psutil", reason="psutil is not installed: pip install '.[bench]'")
    assert run([sys.executable, "-c", TWO]).peak >= 2 * HELD


@pytest.mark.parametrize(
    ("code", "said"),
    [("import sys; sys.exit('first\\nno room')", "no room"), ("import sys; sys.exit(1)", "does not say why")],
)
def test_a_step_that_fails_says_why(code: str, said: str) -> None:
    with pytest.raises(NotHereError, match=said):
        run([sys.executable, "-c", code])


def test_a_rebuild_that_refused_documents_is_done() -> None:
    assert run([sys.executable, "-c", "import sys; print(1); sys.exit(3)"]).out == "1\n"


def test_a_step_ends_with_the_program_that_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(pid: int, options: int) -> None:
        del pid, options
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "wait4", stopped)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run([sys.executable, "-c", "import time; time.sleep(60)"])
    assert time.monotonic() - started < 30
