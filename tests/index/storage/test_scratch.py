"""Folders for temporary files: gone when they are done with, and swept when nobody holds them."""

from __future__ import annotations

import os
import signal
import tempfile
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.storage import scratch
from kashshaf.index.storage.scratch import PREFIX, scratch_folder, sweep
from tests.kashshaf.site import die, in_child

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_there_and_then_gone(temporary: Path) -> None:
    with scratch_folder() as folder:
        assert folder.parent == temporary
        (folder / "file").write_bytes(b"x")
    assert not list(temporary.iterdir())


def test_a_tiny_folder_lies_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = tmp_path / "memory"
    monkeypatch.setattr(scratch, "MEMORY", memory)
    with scratch_folder(tiny=True) as folder:
        assert folder.parent == tmp_path  # there is no memory to have it
    memory.mkdir()
    with scratch_folder(tiny=True) as folder:
        assert folder.parent == memory
        sweep()
        assert folder.exists()
    (memory / f"{PREFIX}left").mkdir()
    sweep()
    assert not list(memory.iterdir())


def test_what_a_killed_process_left_is_swept(temporary: Path) -> None:
    def left() -> None:
        with scratch_folder() as folder:
            (folder / "file").write_bytes(b"x")
            die()

    assert os.WTERMSIG(in_child(left)) == signal.SIGKILL
    assert len(list(temporary.iterdir())) == 1
    sweep()
    assert not list(temporary.iterdir())


def test_what_is_in_use_or_is_not_ours_stays(temporary: Path) -> None:
    other = temporary / "other"
    other.mkdir()
    link = temporary / f"{PREFIX}link"
    link.symlink_to(other)
    with scratch_folder() as folder:
        sweep()
        assert folder.exists()
    assert sorted(temporary.iterdir()) == sorted([other, link])


def test_a_folder_that_is_swept_before_it_is_held_is_made_again(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def mkdtemp(prefix: str, dir: str | None) -> str:  # noqa: A002 - the name that it has
        made.append(make(prefix=prefix, dir=dir))
        if len(made) == 1:
            sweep()
        return made[-1]

    make = tempfile.mkdtemp
    monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
    with scratch_folder() as folder:
        assert [folder.exists(), str(folder)] == [True, made[1]]
    assert not list(temporary.iterdir())
