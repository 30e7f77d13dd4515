"""The role of a machine counts for the folder that its settings name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kashshaf.index import settings as table
from kashshaf.index.engine import open_engine
from kashshaf.index.errors import NotWriterError, SettingsError
from kashshaf.index.settings import ALONE, READER, WRITER, Settings, use
from kashshaf.index.store.generations import Store
from kashshaf.index.store.sharing.roles import follower, publisher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def named(tmp_path: Path) -> Iterator[Settings]:
    """Settings whose index folder counts in this process; they are put back."""
    before = [*table._in_use]
    yield use(Settings(index=tmp_path / "index"))
    table._in_use[:] = before


def test_a_machine_alone_neither_tells_nor_follows(named: Settings) -> None:
    use(replace(named, opensearch_role=ALONE))
    assert (publisher(named.index), follower(named.index)) == (None, None)


def test_a_writer_tells_of_the_named_folder_alone(named: Settings, tmp_path: Path) -> None:
    use(replace(named, opensearch_role=WRITER))
    assert publisher(named.index)
    assert publisher(tmp_path / "throw-away") is None


def test_a_reader_follows_and_takes_no_lock(named: Settings) -> None:
    use(replace(named, opensearch_role=READER))
    assert follower(named.index)
    store = Store(named.index)
    with (
        pytest.raises(NotWriterError, match="reader of the index that another machine writes"),
        store.lock("x"),
    ):
        pytest.fail("the lock was given")
    with pytest.raises(SettingsError, match="only a writer can take over, and this machine is reader"):
        store.take_over()
    assert not named.index.exists()


def test_an_index_that_no_other_machine_reaches_is_not_built_by_a_writer(named: Settings) -> None:
    use(replace(named, opensearch_role=WRITER))
    with pytest.raises(SettingsError, match="--engine opensearch, or set opensearch_role to alone"):
        Store(named.index).begin(open_engine("whoosh"))
    assert not named.index.exists()
