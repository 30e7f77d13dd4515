"""A web server of several processes on a machine that shares no folder with the one that writes."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.settings import WRITER, use
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.remove import remove
from tests.end_to_end.server import serving
from tests.opensearch.test_generations import LINES, OPTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from kashshaf.index.settings import Settings
    from tests.end_to_end.server import Server

SECONDS = 10.0
"""The longest that each of the workers may take to show a change, on a machine that is busy with tests."""


def test_all_workers_follow_the_writer(cluster: Settings, tmp_path: Path) -> None:
    writer = use(replace(cluster, index=tmp_path / "writer", engine="opensearch", opensearch_role=WRITER))
    (tmp_path / "source.jsonl").write_text(LINES, encoding="utf-8")
    config = tmp_path / "reader.toml"
    config.write_text(f'opensearch_role = "reader"\nopensearch_prefix = "{cluster.opensearch_prefix}"\n')
    with serving(tmp_path / "reader", "--workers", "2", config=config) as server:
        assert ready(server) == (503, None)
        rebuild(writer, [tmp_path / "source.jsonl"], OPTIONS, silent)
        until(server, (200, 2))
        remove(writer, ["two"], UTC)
        until(server, (200, 1))
        began = time.monotonic()
        server.process.terminate()
        server.process.wait(30)
        assert time.monotonic() - began < SECONDS


def ready(server: Server) -> tuple[int, int | None]:
    """The status of the server, and the articles that it says it serves."""
    status, _, body = server.get("/readyz")
    return status, orjson.loads(body).get("articles")


def until(server: Server, expected: tuple[int, int]) -> None:
    """Wait until so many answers in a row are as expected that each worker has given some."""
    end = time.monotonic() + SECONDS
    while {ready(server) for _ in range(8)} != {expected}:
        assert time.monotonic() < end
        time.sleep(0.2)
