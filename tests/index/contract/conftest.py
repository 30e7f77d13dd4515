"""Every test in this folder runs on every engine; on a cluster's where one is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engine import REFERENCE, open_engine
from kashshaf.index.settings import EMBEDDED
from tests.index.contract.bench import Bench
from tests.opensearch.cluster import is_named
from tests.opensearch.indexes import own_indexes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.index.engine import Engine

KEPT = (*EMBEDDED, *(("opensearch",) if is_named() else ()))
ENGINES = (REFERENCE, *KEPT)


@pytest.fixture(autouse=True)
def tidy_cluster() -> Iterator[None]:
    """Take away the indexes that a test made on a cluster."""
    if not is_named():
        yield
        return
    with own_indexes():
        yield


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return open_engine(request.param)


@pytest.fixture
def bench(engine: Engine, tmp_path: Path) -> Bench:
    return Bench(engine, tmp_path / "comments")
