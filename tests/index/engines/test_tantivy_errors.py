"""Tantivy's errors as ours, and damage that it does not notice itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engine import open_engine
from kashshaf.index.engines.tantivy.errors import translated
from kashshaf.index.errors import BrokenIndexError, LockedError, NoSpaceError
from kashshaf.index.query import Search
from tests.index.contract.bench import Bench, record
from tests.index.engines.test_tantivy import names

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(open_engine("tantivy"), tmp_path / "comments")


def test_check_notices_one_changed_byte(bench: Bench) -> None:
    bench.put(*(record(name, "a b c") for name in names(50)))
    with bench.reader() as reader:
        reader.check()
    for file in bench.folder.glob("*.*"):
        if file.suffix in (".idx", ".pos", ".term", ".store", ".fast", ".fieldnorm"):
            whole = file.read_bytes()
            file.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
            with (
                pytest.raises(BrokenIndexError, match="kashshaf reindex SOURCE"),
                bench.reader() as reader,
            ):
                reader.check()
            file.write_bytes(whole)
    file.write_bytes(b"")


ERRORS = [
    (ValueError("Failed to acquire Lockfile: LockBusy."), LockedError, "try again"),
    (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), NoSpaceError, "full"),
    (ValueError("IoError { io_error: Os { code: 122, kind: X } }"), NoSpaceError, "full"),
    (ValueError("Permission denied (os error 13)"), BrokenIndexError, "Permission denied"),
    (ValueError("Data corrupted"), BrokenIndexError, "damaged"),
    (type("PanicException", (BaseException,), {})("index out of bounds"), BrokenIndexError, "damaged"),
]


@pytest.mark.parametrize(("raised", "kind", "text"), ERRORS, ids=[str(raised) for raised, _, _ in ERRORS])
def test_errors_are_ours(raised: BaseException, kind: type[Exception], text: str) -> None:
    with pytest.raises(kind, match=text), translated("read"):
        raise raised


@pytest.mark.parametrize(("free", "kind"), [(1 << 20, NoSpaceError), (1 << 40, BrokenIndexError)])
def test_a_thread_that_failed_on_a_full_disk(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, free: int, kind: type[Exception]
) -> None:
    """Tantivy does not say why a thread of its own failed."""
    bench.put(record("1", "a"))

    def document(*_: object) -> None:
        raise ValueError("An index writer was killed.. A worker thread encountered an error or panicked.")

    with bench.engine.writer(bench.folder, "comments") as writer, monkeypatch.context() as patch:
        patch.setattr("kashshaf.index.engines.tantivy.writer.document", document)
        patch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
        with pytest.raises(kind):
            writer.put(record("2", "a"))
    assert bench.search(Search()).total == 1


def test_an_interrupt_stays_one() -> None:
    with pytest.raises(KeyboardInterrupt), translated("read"):
        raise KeyboardInterrupt
