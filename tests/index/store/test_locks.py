"""Two locks: a rebuild leaves the generation that serves to others until it switches."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import LockedError
from kashshaf.index.store.generations import Store
from kashshaf.index.store.locks import held, is_held

if TYPE_CHECKING:
    from pathlib import Path


def test_a_rebuild_leaves_the_generation_that_serves_to_others(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.rebuild_lock("reindex"):
        assert store.is_locked()
        with Store(tmp_path).serving_lock("serve", 0):
            pass
        with pytest.raises(LockedError, match="kashshaf reindex"), Store(tmp_path).lock("index"):
            pytest.fail("there were two who write at length")
    assert not store.is_locked()


def test_who_writes_at_length_keeps_single_writes_out(tmp_path: Path) -> None:
    with (
        Store(tmp_path).lock("index"),
        pytest.raises(LockedError, match="kashshaf index"),
        Store(tmp_path).serving_lock("serve", 0),
    ):
        pytest.fail("there were two writers")


def test_a_lock_that_is_let_go_is_had(tmp_path: Path) -> None:
    path, free = tmp_path / "lock", threading.Event()

    def hold() -> None:
        with held(path, "another", 0):
            free.set()
            time.sleep(0.1)

    other = threading.Thread(target=hold)
    other.start()
    free.wait(5)
    with held(path, "this one", 5):
        assert path.read_text() == "this one"
    other.join()


def test_a_lock_that_is_not_there_is_not_held(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "lock")
