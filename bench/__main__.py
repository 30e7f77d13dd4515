"""``make bench``: the cost of a rebuild and of a search on each engine, beside others, on the same articles.

Every row is of the same files in the same run, and every step a process of its own.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console

from bench.baselines.lucene import Lucene
from bench.errors import NotHereError
from bench.measure.corpus import WARM, asked, prepared
from bench.measure.process import ROOT
from bench.peers import PEERS
from bench.report import rows
from bench.report.page import measured, printed
from bench.report.targets import OPENSEARCH, STOCK, TANTIVY, WHOOSH, processors, verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import BinaryIO

    from bench.measure.corpus import Asked, Part
    from bench.report.rows import Row

    Measure = Callable[[Path], Row]
    """A function that measures a system, with a folder for its index."""

LUCENE = "Lucene, ArabicAnalyzer"
NAMES = (TANTIVY, WHOOSH, OPENSEARCH, *(peer.name for peer in PEERS), LUCENE)
COLUMNS = (
    "",
    "articles",
    "articles/s",
    "processor s",
    "peak MB",
    "index MB",
    "p50 ms",
    "p99 ms",
    "processor ms",
    "HTTP/s",
)
WIDE = 140
LIMIT = 0.9
"""The share of a processor from which on the HTTP clients, which Python runs one at a time, are the limit."""
SOURCE = click.Path(exists=True, path_type=Path, resolve_path=True)
SHARED = ROOT.parent / "shared"


@click.command()
@click.argument("sources", nargs=-1, type=SOURCE)
@click.option(
    "--whoosh-articles",
    default=3_000,
    show_default=True,
    type=click.IntRange(1),
    help="Both Whoosh rows: the first so many.",
)
@click.option(
    "--topics", default=1_000, show_default=True, type=click.IntRange(1), help="Searches of each system."
)
@click.option("--only", multiple=True, type=click.Choice(NAMES), help="These rows alone; may repeat.")
@click.option(
    "--shared",
    type=click.Path(path_type=Path),
    default=SHARED,
    show_default=True,
    help="Where topics and Lucene's script are.",
)
@click.option(
    "--json",
    "figures",
    # Opened now: a folder that is not there is better known before an hour is over.
    type=click.File("wb", lazy=False),
    help="Write the figures to this file.",
)
def main(
    sources: tuple[Path, ...],
    whoosh_articles: int,
    topics: int,
    only: tuple[str, ...],
    shared: Path,
    figures: BinaryIO | None,
) -> None:
    """Measure each system on SOURCES (the samples if none is named) and print a table."""
    chosen = list(sources or (ROOT / "samples",))
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        click.echo("reading the sources", err=True)
        every, few = prepared(chosen, folder, whoosh_articles)
        queries = asked(shared, every, folder, topics)
        lucene = Lucene(shared / "peers" / "lucene" / "run")
        systems = _systems(chosen, every, few, queries, lucene)
        found, missing = measure({name: systems[name] for name in only or NAMES}, folder)
    _print(measured(_versions(found, lucene)), every, few, queries, found, missing)
    if figures is not None:
        figures.write(orjson.dumps(_as_json(every, queries, found, missing), option=orjson.OPT_INDENT_2))


def _systems(
    sources: list[Path], every: Part, few: Part, queries: Asked, lucene: Lucene
) -> dict[str, Measure]:
    """Return the function that measures each row."""
    slow = sources if few.articles == every.articles else [few.whole]
    return {
        TANTIVY: partial(rows.ours, "tantivy", every, sources, queries),
        WHOOSH: partial(rows.ours, "whoosh", few, slow, queries),
        OPENSEARCH: partial(rows.clustered, every, sources, queries),
        **{peer.name: partial(rows.peers, peer, few if peer.slow else every, queries) for peer in PEERS},
        LUCENE: partial(rows.lucenes, lucene, every, queries),
    }


def measure(systems: Mapping[str, Measure], folder: Path) -> tuple[dict[str, Row], dict[str, str]]:
    """Measure the rows one after the other; return them, and the reason for each that could not be had."""
    found: dict[str, Row] = {}
    missing: dict[str, str] = {}
    for number, (name, system) in enumerate(systems.items()):
        click.echo(name, err=True)
        try:
            found[name] = row = system(folder / str(number))
            click.echo(f"  {row.rate:,.0f} articles/s, p50 {row.p50_ms:.2f} ms", err=True)
        except NotHereError as error:
            missing[name] = str(error)
            click.echo(f"  {error}", err=True)
    return found, missing


def _versions(found: Mapping[str, Row], lucene: Lucene) -> dict[str, str]:
    """Return the versions of the peers that we do not build on."""
    known = {
        "SQLite FTS5": lambda: {"SQLite": sqlite3.sqlite_version},
        "bm25s": lambda: {"bm25s": version("bm25s")},
        LUCENE: lambda: {"Lucene": lucene.version},
    }
    return {name: number for row in found if row in known for name, number in known[row]().items()}


def _print(
    head: str, every: Part, few: Part, queries: Asked, found: Mapping[str, Row], missing: Mapping[str, str]
) -> None:
    lines = [
        head,
        f"{every.articles:,} articles with {every.comments:,} comments, which ours alone index.",
        f"{queries.number:,} {queries.what}, after at most {WARM} others; load {os.getloadavg()[0]:.1f}.",
    ]
    if few.articles < every.articles and not {WHOOSH, STOCK}.isdisjoint(found):
        lines.append(f"Whoosh, ours and stock, on the first {few.articles:,} articles.")
    for line in lines:
        click.echo(line)
    click.echo()
    Console(width=WIDE).print(printed(COLUMNS, ([name, *cells(row)] for name, row in found.items())))
    for line in _notes(found, missing):
        click.echo(f"- {line}")


def cells(row: Row) -> list[str]:
    """Format a row; figures that cannot be had are left out."""
    return [
        f"{row.articles:,}",
        f"{row.rate:,.0f}",
        "" if row.processor is None else f"{row.processor:,.1f}",
        f"{row.peak / 1e6:,.0f}",
        f"{row.size / 1e6:,.1f}",
        f"{row.p50_ms:.2f}",
        f"{row.p99_ms:.2f}",
        "" if row.processor_ms is None else f"{row.processor_ms:.2f}",
        "" if row.requests is None else f"{row.requests:,.0f}",
    ]


def _notes(found: Mapping[str, Row], missing: Mapping[str, str]) -> Iterable[str]:
    yield from map(str, verdicts(found))
    yield from processors(found)
    for name, row in found.items():
        if row.client is not None:
            limit = ", so they are the limit" if row.client >= LIMIT else ""
            server = f", the server {row.server:.0%}" if row.server else ""
            yield f"{name}: the HTTP clients took {row.client:.0%} of a processor{limit}{server}"
    for name, reason in missing.items():
        yield f"{name} was not measured: {reason}"


def _as_json(
    every: Part, queries: Asked, found: Mapping[str, Row], missing: Mapping[str, str]
) -> dict[str, object]:
    return {
        "articles": every.articles,
        "comments": every.comments,
        "topics": {"count": queries.number, "what": queries.what},
        "load": os.getloadavg()[0],
        "rows": {name: {**row._asdict(), "rate": row.rate} for name, row in found.items()},
        "missing": missing,
        "targets": [verdict._asdict() for verdict in verdicts(found)],
    }


if __name__ == "__main__":
    main()
