"""A sample of the long run (``make test-faults``): a few points of each kind, on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import shim
from tests.faults.__main__ import CORRUPTION, Task, result
from tests.faults.judge import left_over
from tests.faults.scene import Scene

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = [
    (Task("whoosh", "index", "kill"), 40),
    (Task("whoosh", "reindex", "names"), 50),
    (Task("tantivy", "remove", "kill"), 120),
    (Task("tantivy", "index", "full"), 120),
    (Task("whoosh", "rollback", "failing"), 30),
    (Task("tantivy", "import", "kill"), 60),
    (Task("whoosh", "import", "full"), 60),
    (Task("whoosh", "", CORRUPTION), 31),
    (Task("tantivy", "", CORRUPTION), 31),
]
"""Sweeps, and of how many points one is tried."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if reason := shim.lacking():
        pytest.skip(reason)
    return shim.build(tmp_path_factory.mktemp("shim"))


@pytest.mark.parametrize(("task", "every"), SAMPLE, ids=[" ".join(task) for task, _ in SAMPLE])
def test_old_or_new_state_whole_and_the_next_write_works(library: Path, task: Task, every: int) -> None:
    found = result(library, task, every)
    assert found["points"] > 2
    assert found["wrong"] == []


def test_what_is_left_over_is_named(tmp_path: Path) -> None:
    scene = Scene(tmp_path / "work", "whoosh", "index")
    scene.build()
    assert left_over(scene) == []
    generation = next((scene.index / "generations").iterdir())
    strays = [
        scene.folder / "tmp" / "links",
        scene.index / "current.new",
        generation / "spool.jsonl",
        generation / "commits" / "1" / "articles" / "MAIN_x.seg",
    ]
    for stray in strays:
        stray.write_bytes(b"x")
    (generation / "commits" / "2").mkdir()
    named = {path.relative_to(scene.folder).as_posix() for path in [*strays, generation / "commits" / "2"]}
    assert set(left_over(scene)) == named
