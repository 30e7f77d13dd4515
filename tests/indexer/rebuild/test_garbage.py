"""The collector of cycles: held back for a time, and as it was before afterwards."""

from __future__ import annotations

import gc
import weakref

import pytest

from kashshaf.indexer.rebuild.garbage import YOUNGEST, give_back, rare_gc


def test_it_collects_seldom_meanwhile() -> None:
    with rare_gc():
        assert gc.get_threshold()[0] == YOUNGEST
        assert gc.isenabled()


def test_it_is_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyboardInterrupt), rare_gc():
        raise KeyboardInterrupt
    assert gc.get_threshold() == before
    assert not gc.get_freeze_count()


def test_what_lies_in_circles_is_let_go_where_collecting_is_rare() -> None:
    class Table:
        own: Table

    with rare_gc():
        table = Table()
        table.own = table
        seen = weakref.ref(table)
        del table
        give_back()
        assert seen() is None
