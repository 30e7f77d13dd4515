"""Files that may not be written: it is said whose they are."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.disk import forbidden, told
from kashshaf.index.errors import IndexingError
from kashshaf.index.storage.database import Database
from tests.kashshaf.site import in_child

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = 65_534


def test_whose_it_is_and_who_should_write_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: NOBODY - 7)
    said = str(told(OSError(errno.EACCES, "Permission denied"), tmp_path / "lock"))
    assert f"cannot write {tmp_path / 'lock'}: {tmp_path} belongs to" in said
    assert f"and this is user {NOBODY - 7};" in said
    assert "run the command as" in said
    assert "disk" not in said
    monkeypatch.setattr(os, "geteuid", lambda: owner)
    assert "chmod u+w" in forbidden(tmp_path)


def declare(path: Path) -> None:
    Database(path).declare("CREATE TABLE IF NOT EXISTS a (b TEXT)")


def test_a_ledger_of_another_user_is_no_full_disk(tmp_path: Path) -> None:
    folder = tmp_path / "generation"
    folder.mkdir()
    Database(folder / "ledger.sqlite").close()
    (folder / "ledger.sqlite").chmod(0o444)
    folder.chmod(0o555)

    def write() -> None:
        os.chdir(folder)  # above it others may not look, in which case nobody would come so far
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        with pytest.raises(IndexingError, match=r"cannot write ledger\.sqlite: .* belongs to"):
            declare(type(folder)("ledger.sqlite"))

    try:
        assert in_child(write) == 0
    finally:
        folder.chmod(0o755)
