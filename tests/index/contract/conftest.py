"""Every test in this folder runs on every engine; on a cluster's where one is named."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engine import REFERENCE, open_engine
from tests.index.contract.bench import Bench
from tests.opensearch.cluster import KEPT, is_named
from tests.opensearch.indexes import own_indexes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.index.engine import Engine

ENGINES = (REFERENCE, *KEPT)


@pytest.fixture(autouse=True)
def tidy_test() -> Iterator[None]:
    """Take away the indexes of each test: a node has room for a thousand parts of indexes."""
    with own_indexes() if is_named() else nullcontext():
        yield


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return open_engine(request.param)


@pytest.fixture
def bench(engine: Engine, tmp_path: Path) -> Bench:
    return Bench(engine, tmp_path / "comments")
