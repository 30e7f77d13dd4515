"""The command as people call it: a process of its own, bytes in and bytes out."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

if TYPE_CHECKING:
    from pathlib import Path


class Ran(NamedTuple):
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """What it printed, as JSON."""
        return orjson.loads(self.out)


Word = str | bytes
LONGEST = 60
"""Seconds: a command that takes longer hangs."""


def kashshaf(
    *words: Word,
    index: Path,
    stdin: bytes = b"",
    env: dict[str, str] | None = None,
    prefix: tuple[str, ...] = (),
    cwd: Path | None = None,
) -> Ran:
    """Run ``kashshaf --index INDEX WORDS``; whatever it was asked, it may not end in a traceback."""
    command: list[Word] = [*prefix, sys.executable, "-m", "kashshaf", "--index", str(index), *words]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KASHSHAF_")}
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        timeout=LONGEST,
        check=False,
        cwd=cwd or index.parent,
        env={**clean, "PYTHONWARNINGS": "ignore", **(env or {})},
    )
    ran = Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    assert "Traceback" not in ran.err, ran.err
    return ran


def one_line(text: str) -> bool:
    """Whether something was said, in one line."""
    return text.startswith("kashshaf: ") and text.count("\n") == 1
