"""A site of one's own, and a fetcher that may ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.ingest.fetching import Fetching
from kashshaf.indexer.ingest.web.fetch import Fetcher
from tests.indexer.ingest.web.server import Web

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUICK = Fetching(delay=0, seconds=2, megabytes=1, private=True)


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.close()


@pytest.fixture
def fetcher(tmp_path: Path) -> Iterator[Fetcher]:
    with Fetcher(QUICK, tmp_path / "fetched") as fetcher:
        yield fetcher
