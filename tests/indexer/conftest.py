"""A reading for every test, of noon of 24 March 2024, universal time; and a site with an index."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.sources.reading import ReaderOptions, Reading
from tests.kashshaf.site import BRIDGE, HARVEST, SCHOOL, Site

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.indexer.report import Report

Counts = tuple[int, int, int, int, int]

NOON = datetime(2024, 3, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def reading() -> Reading:
    return Reading(ReaderOptions(NOON, UTC), NOON)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Two files, three articles."""
    site = Site(tmp_path)
    site.write("a.jsonl", BRIDGE, SCHOOL)
    site.write("sub/b.jsonl", HARVEST)
    site.reindex(site.sources)
    return site


def counts(report: Report) -> Counts:
    """Read, added, updated, unchanged, removed."""
    return report.read, report.added, report.updated, report.unchanged, report.removed
