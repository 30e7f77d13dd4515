"""Every test in this folder runs on every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engine import REFERENCE, open_engine
from kashshaf.index.settings import ENGINES as KEPT
from tests.index.contract.bench import Bench

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.engine import Engine

ENGINES = (REFERENCE, *KEPT)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return open_engine(request.param)


@pytest.fixture
def bench(engine: Engine, tmp_path: Path) -> Bench:
    return Bench(engine, tmp_path / "comments")
