"""The collector of cycles: held back for a time, and as it was before afterwards."""

from __future__ import annotations

import gc

import pytest

from indexer.rebuild.garbage import SELDOM, seldom_collecting


def test_it_collects_seldom_meanwhile() -> None:
    with seldom_collecting():
        assert gc.get_threshold()[0] == SELDOM
        assert gc.isenabled()


def test_it_is_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyboardInterrupt), seldom_collecting():
        raise KeyboardInterrupt
    assert gc.get_threshold() == before
    assert not gc.get_freeze_count()
