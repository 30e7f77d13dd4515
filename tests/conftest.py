"""Fixtures for every test: indexes of the samples and of the stories, each built once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.index.documents import Section
from kashshaf.index.settings import Settings
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.sources.xml import markup
from kashshaf.search_app.results.service import SearchService
from tests.opensearch.cluster import is_named
from tests.opensearch.indexes import own_indexes
from tests.search_app.stories import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.indexer.report import Report

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared"
SAVED = datetime(2024, 3, 24, 12, tzinfo=UTC)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name bytes by their length: gzip notes the time, and all processes name a test alike."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def tidy_cluster() -> Iterator[None]:
    """Take away what tests make on a cluster, where one is named; else there is none to be asked."""
    if not is_named():
        yield
        return
    with own_indexes():
        yield


@pytest.fixture(scope="session")
def samples_index(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Report]:
    """Settings that name an index of the samples, and the report of its build. Do not write to it."""
    settings = replace(Settings(), index=tmp_path_factory.mktemp("samples") / "index")
    return settings, rebuild(settings, [SAMPLES], Options(SAVED, UTC), silent)


@pytest.fixture(scope="session")
def stories_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that name an index of the articles in ``tests/search_app/stories.py``. Do not write to it."""
    folder = tmp_path_factory.mktemp("stories")
    source = folder / "stories.jsonl"
    source.write_bytes(b"".join(orjson.dumps(article.to_dict()) + b"\n" for article in ARTICLES))
    settings = replace(Settings(), index=folder / "index")
    with pytest.MonkeyPatch.context() as patch:  # markup as text: the pages must stand it, whoever let it in
        patch.setattr(markup, "of_field", str)
        patch.setattr(markup, "field_sections", lambda text: (Section("", text),) if text else ())
        rebuild(settings, [source], Options(SAVED, UTC), silent)
    return settings


@pytest.fixture(scope="session")
def stories(stories_settings: Settings) -> Iterator[SearchService]:
    """The search over that index."""
    service = SearchService(stories_settings)
    yield service
    service.close()
