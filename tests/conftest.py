"""Fixtures for every test: the samples, and an index built from them once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.settings import Settings
from indexer.ingest.options import Options
from indexer.progress import silent
from indexer.rebuild.pipeline import rebuild

if TYPE_CHECKING:
    from indexer.report import Report

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared"
SAVED = datetime(2024, 3, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def samples_index(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Report]:
    """Settings that name an index of the samples, and the report of its build. Do not write to it."""
    settings = replace(Settings(), index=tmp_path_factory.mktemp("samples") / "index")
    return settings, rebuild(settings, [SAMPLES], Options(SAVED, UTC), silent)
