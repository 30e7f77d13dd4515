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


def fail_after_making(store: Store, *names: str) -> None:
    """Fail with the lock held and a folder made, and a file in it."""

    def fail() -> None:
        with store.lock("reindex"):
            folder, *files = [store.root.joinpath(name) for name in names]
            folder.mkdir(exist_ok=True)
            for file in files:
                file.write_bytes(b"x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()


def test_a_folder_in_which_nothing_came_about_goes_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "var" / "index")
    fail_after_making(store, "generations")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("name", ["generations/20240101", "removed.jsonl"])
def test_a_folder_in_which_there_is_something_stays(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path / "index")
    fail_after_making(store, "generations", name)
    assert store.root.joinpath(name).read_bytes() == b"x"


def test_a_folder_that_was_there_stays(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Store(tmp_path).lock("reindex"):
        raise ZeroDivisionError
    assert tmp_path.exists()


def test_a_lock_that_was_deleted_is_taken_anew(tmp_path: Path) -> None:
    path, taken = tmp_path / "index" / "lock", threading.Event()

    def hold() -> None:
        with held(path, "another", 0):
            taken.set()
            time.sleep(0.1)
            path.unlink()
            path.parent.rmdir()

    other = threading.Thread(target=hold)
    other.start()
    taken.wait(5)
    with held(path, "this one", 5), pytest.raises(LockedError, match="this one"), held(path, "a third", 0):
        pytest.fail("there were two")
    other.join()


def test_a_lock_that_is_not_there_is_not_held(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "lock")
