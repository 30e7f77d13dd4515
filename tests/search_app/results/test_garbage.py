"""Garbage collection of a process that serves."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

WARM = """
import gc, sys
from pathlib import Path
from kashshaf.index.settings import Settings
from kashshaf.search_app.results.service import SearchService
written = open(sys.argv[1], "w")
known = lambda: written
written.write("whole")
before = gc.get_freeze_count(), gc.get_threshold()[0]
SearchService(Settings(index=Path(sys.argv[1]).parent / "none")).warm_up()
print(before[0], before[1] < gc.get_threshold()[0], gc.get_freeze_count() > 1000)
"""


def test_what_a_service_has_loaded_is_not_walked_again_and_files_are_flushed_at_the_end(
    tmp_path: Path,
) -> None:
    path = tmp_path / "written"
    ran = subprocess.run(
        [sys.executable, "-c", WARM, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout.split() == ["0", "True", "True"]
    assert path.read_text() == "whole"
