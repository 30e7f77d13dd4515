"""Requests that a page costs: each is a way to the cluster and back, one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.engines.opensearch.connection import Connection
from kashshaf.index.settings import in_use, use
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.results.service import SearchService
from tests.conftest import SAMPLES, SAVED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.index.settings import Settings


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The path of each request from now on."""
    paths: list[str] = []
    sent = Connection._sent

    def noted(self: Connection, method: str, path: str, *rest: object) -> object:
        paths.append(path)
        return sent(self, method, path, *rest)  # type: ignore[arg-type] # the rest as it was given

    monkeypatch.setattr(Connection, "_sent", noted)
    return paths


@pytest.fixture
def service(cluster: Settings, tmp_path: Path) -> Iterator[SearchService]:
    settings = use(replace(cluster, index=tmp_path / "index", engine="opensearch"))
    rebuild(settings, [SAMPLES], Options(SAVED, UTC), silent)
    service = SearchService(settings)
    yield service
    service.close()


@pytest.mark.parametrize(("text", "most"), [("مدرسة", 2), ("القمح", 2), ("وزارة التربية", 6), ("", 1)])
def test_a_page_of_words_that_are_known(
    service: SearchService, asked: list[str], text: str, most: int
) -> None:
    """Hits, and the comments of each, with what is stored of them; and which words a partial match lacks."""
    request = read({"q": [text]}, in_use())
    first = service.search(request)
    asked.clear()
    assert service.search(request)["total"] == first["total"] > 0
    assert 0 < len(asked) <= most
