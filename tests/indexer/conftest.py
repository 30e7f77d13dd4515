"""One reading for every test: noon of 24 March 2024, universal time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indexer.sources.reading import ReaderOptions, Reading

NOON = datetime(2024, 3, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def reading() -> Reading:
    return Reading(ReaderOptions(NOON, UTC), NOON)
