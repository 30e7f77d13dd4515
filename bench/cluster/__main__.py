"""``python -m bench.cluster``: what an index on the cluster of the settings costs, as ratios of one run.

A whole rebuild beside Tantivy's, a page beside its own requests, and bulk requests beside opensearch-py's.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import click

from bench.__main__ import SHARED, SOURCE
from bench.cluster.bulk import beside, tell_bulk
from bench.errors import NotHereError
from bench.measure.corpus import OPTIONS, Asked, asked, prepared
from bench.measure.process import ROOT
from bench.measure.step import texts
from kashshaf.index.engines.opensearch import ENGINE
from kashshaf.index.engines.opensearch.connection import Connection, connection
from kashshaf.index.errors import ClusterError
from kashshaf.index.schema import INDEXES
from kashshaf.index.settings import in_use, override, use
from kashshaf.index.store.generations import Store
from kashshaf.indexer.progress import silent
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.search_app.query.parameters import read
from kashshaf.search_app.results.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.index.settings import Settings


class Pages(NamedTuple):
    """Of pages that were never asked for: milliseconds of each, of its requests, and how many these were."""

    pages: list[float]
    requests: list[float]
    number: float


@click.command()
@click.argument("sources", nargs=-1, type=SOURCE)
@click.option("--topics", default=200, show_default=True, type=click.IntRange(1), help="Pages asked for.")
@click.option("--documents", default=2_000, show_default=True, type=click.IntRange(1), help="Sent in bulk.")
@click.option("--shared", type=click.Path(path_type=Path), default=SHARED, help="Where topics are.")
def main(sources: tuple[Path, ...], topics: int, documents: int, shared: Path) -> None:
    """Measure on SOURCES (the samples if none is named)."""
    try:
        connection().check()
    except ClusterError as error:
        raise NotHereError(str(error)) from error
    with tempfile.TemporaryDirectory(prefix="cluster-") as name:
        folder = Path(name)
        every, _ = prepared(sources or (ROOT / "samples",), folder, documents)
        queries = asked(shared, every, folder, topics)
        click.echo(f"{every.articles:,} articles, {every.comments:,} comments; {queries.what}")
        settings = {
            engine: override(in_use(), index=folder / engine, engine=engine)
            for engine in ("tantivy", "opensearch")
        }
        took = {engine: _rebuilt(each, every.whole) for engine, each in settings.items()}
        click.echo(f"rebuild: {beside(took['opensearch'], took['tantivy'], 's', 'Tantivy')}")
        try:
            _tell_pages(settings["opensearch"], queries)
            _tell_bytes(settings["opensearch"], every.articles + every.comments)
            tell_bulk(settings["tantivy"], folder, documents)
        finally:
            use(settings["opensearch"])
            Store(settings["opensearch"].index).clear()


def _rebuilt(settings: Settings, source: Path) -> float:
    use(settings)
    started = time.perf_counter()
    rebuild(settings, [source], OPTIONS, silent)
    return time.perf_counter() - started


def _tell_pages(settings: Settings, queries: Asked) -> None:
    found = pages(settings, texts(queries.warm), texts(queries.topics))
    page, requests = statistics.median(found.pages), statistics.median(found.requests)
    click.echo(
        f"page, p50: {beside(page, requests, 'ms', 'its requests')}; {found.number:.1f} requests a page"
    )


def pages(settings: Settings, warm: Sequence[str], topics: Sequence[str]) -> Pages:
    """Ask for the page of each topic once, and have the requests of each timed."""
    found = Pages([], [], 0.0)
    use(settings)
    with closing(SearchService(settings)) as service, timed_requests() as times:
        for text in warm:
            service.search(read({"q": [text]}, settings))
        number = 0
        for text in topics:
            times.clear()
            started = time.perf_counter()
            service.search(read({"q": [text]}, settings))
            found.pages.append(1_000 * (time.perf_counter() - started))
            found.requests.append(1_000 * sum(times))
            number += len(times)
    return found._replace(number=number / len(topics))


@contextmanager
def timed_requests() -> Iterator[list[float]]:
    """Have the seconds of each request to the cluster noted."""
    times: list[float] = []
    sent = Connection._sent

    def timed(self: Connection, *given: Any) -> Any:
        started = time.perf_counter()
        try:
            return sent(self, *given)
        finally:
            times.append(time.perf_counter() - started)

    with mock.patch.object(Connection, "_sent", timed):  # which all requests go through
        yield times


def _tell_bytes(settings: Settings, records: int) -> None:
    generation = Store(settings.index).current()
    kept = sum(ENGINE.size(generation.index_folder(index)) for index in INDEXES)
    told: Any = connection().get("/_nodes/stats/jvm?filter_path=nodes.*.jvm.mem.heap_used_in_bytes")
    heap = [node["jvm"]["mem"]["heap_used_in_bytes"] for node in told["nodes"].values()]
    click.echo(
        f"on the cluster: {kept / records:,.0f} bytes a record with its copies; heap in use"
        f" {', '.join(f'{each / 1e6:,.0f}' for each in heap)} MB"
    )


if __name__ == "__main__":
    main()
