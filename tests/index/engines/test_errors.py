"""Errors of an engine's files: those of the system, of its library and of damage are ours, faults are not."""

from __future__ import annotations

import errno
import pickle
import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engines.errors import parsing, translated
from kashshaf.index.errors import BrokenIndexError, LockedError, NoSpaceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


class LibraryError(Exception):
    """An error of an engine's library."""


DAMAGE = [
    EOFError("x"), IndexError("x"), OverflowError("x"), ValueError("x"), pickle.UnpicklingError("x"),
    struct.error("x"), zlib.error("x"), PermissionError(errno.EACCES, "x"), LibraryError("x"),
]  # fmt: skip
FAULTS = [KeyError("x"), TypeError("x"), AttributeError("x"), NameError("x"), NotImplementedError("x")]


@pytest.mark.parametrize("raised", DAMAGE, ids=repr)
def test_damage_is_told_with_the_way_back(raised: Exception) -> None:
    way_back = "go back with: kashshaf rollback, or rebuild it with"
    with pytest.raises(BrokenIndexError, match=way_back), translated("read", LibraryError):
        raise raised


@pytest.mark.parametrize("raised", FAULTS, ids=repr)
def test_a_fault_of_the_program_passes(raised: Exception) -> None:
    with pytest.raises(type(raised)), translated("read", LibraryError):
        raise raised


@pytest.mark.parametrize("raised", [*DAMAGE, *FAULTS], ids=repr)
def test_whatever_a_parser_raises_is_damage(raised: Exception) -> None:
    with pytest.raises(BrokenIndexError, match="cannot read the index"), parsing("read"):
        raise raised


@pytest.mark.parametrize("block", [translated, parsing])
def test_errors_of_ours_stay(block: Callable[[str], AbstractContextManager[None]]) -> None:
    with pytest.raises(LockedError, match="in use"), block("read"):
        raise LockedError("in use")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_no_damage(number: int) -> None:
    with pytest.raises(NoSpaceError, match="free some space"), translated("write to"):
        raise OSError(number, "full")
