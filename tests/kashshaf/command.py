"""The command as people call it: a process of its own, bytes in and bytes out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest

from kashshaf.cli import main


class Ran(NamedTuple):
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """What it printed, as JSON."""
        return orjson.loads(self.out)


Word = str | bytes
COMMAND = str(Path(sys.executable).with_name("kashshaf"))
"""The command beside the interpreter that runs the tests."""
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
    command: list[Word] = [*prefix, COMMAND, "--index", str(index), *words]
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
    ran = Ran(done.returncode, os.fsdecode(done.stdout), os.fsdecode(done.stderr))
    assert "Traceback" not in ran.err, ran.err
    return ran


def called(capture: pytest.CaptureFixture[str], *words: Word, index: Path) -> Ran:
    """The same within this process, which is much quicker: for tables of many cases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["kashshaf", "--index", str(index), *map(os.fsdecode, words)])
        with pytest.raises(SystemExit) as ended:
            main()
    out, err = capture.readouterr()
    return Ran(int(ended.value.code or 0), out, err)


def one_line(text: str) -> bool:
    """Whether something was said, in one line."""
    return text.startswith("kashshaf: ") and text.count("\n") == 1


def without_rights() -> tuple[str, ...]:
    """What runs a command as somebody whom file permissions bind: root is not, but for this."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("file permissions do not bind root, and setpriv (util-linux) is not there")
    return ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all")
