"""``python -m bench.growth SOURCE…``: growth of rebuild and search with the corpus, on Tantivy."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console

from bench.__main__ import SHARED, SOURCE
from bench.baselines.lucene import plain
from bench.errors import NotHereError
from bench.measure.corpus import asked, prepared
from bench.measure.growing import grow
from bench.measure.process import ROOT, python, run
from bench.measure.sizes import Size
from bench.report.page import measured, printed
from bench.report.rows import OURS, searched, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from bench.measure.corpus import Asked, Part

SIZES = "10000,100000,1000000"
COLUMNS = ("records", "articles", "records/s", "processor s", "peak MB", "index MB", "p50 ms", "p99 ms")
TENFOLD = 5.0
"""The most by which the median may grow where records are ten times as many."""


def numbers(context: click.Context, option: click.Parameter, value: str) -> list[int]:
    """Parse whole numbers parted by commas into rising order; BadParameter for anything else."""
    try:
        found = sorted({int(each) for each in value.split(",")})
    except ValueError:
        found = []
    if not found or found[0] < 1:
        raise click.BadParameter(f"{value!r} is not a list of numbers such as {SIZES}", context, option)
    return found


@click.command()
@click.argument("sources", nargs=-1, type=SOURCE)
@click.option(
    "--comments", type=SOURCE, help="JSON lines (id, text) to deal out to the articles as comments."
)
@click.option("--sizes", default=SIZES, show_default=True, callback=numbers, help="Records of each corpus.")
@click.option("--topics", default=300, show_default=True, type=click.IntRange(1), help="Searches of each.")
@click.option(
    "--shared", type=click.Path(path_type=Path), default=SHARED, show_default=True, help="Where topics are."
)
@click.option(
    "--json",
    "figures",
    type=click.File("wb", lazy=False),  # opened now, as in bench
    help="Write the figures to this file.",
)
@click.option(
    "--plot", type=click.Path(dir_okay=False, path_type=Path), help="Draw them into this file (SVG)."
)
def main(
    sources: tuple[Path, ...],
    comments: Path | None,
    sizes: list[int],
    topics: int,
    shared: Path,
    figures: BinaryIO | None,
    plot: Path | None,
) -> None:
    """Make corpora of several sizes out of SOURCES (the samples if none is named) and measure each."""
    if plot is not None:
        from bench.report.plot import draw  # noqa: PLC0415 - an extra; better missed now than after an hour
    chosen = sources or (ROOT / "samples",)
    with tempfile.TemporaryDirectory(prefix="growth-") as name:
        folder = Path(name)
        every, _ = prepared(chosen, folder, 1)
        queries = asked(shared, every, folder, topics)
        said = plain(comments, folder / "comments.jsonl") if comments else None
        found = [*_each(every, said, sizes, queries, folder)]
    _print(found, queries)
    if figures is not None:
        figures.write(orjson.dumps([size._asdict() for size in found], option=orjson.OPT_INDENT_2))
    if plot is not None:
        draw(found, plot)


def _each(
    every: Part, comments: Path | None, sizes: Sequence[int], queries: Asked, folder: Path
) -> Iterator[Size]:
    """The sizes, one after the other, up to one that fails: a full disk leaves the figures before it."""
    for size in sizes:
        try:
            found = _measured(every, comments, size, queries, folder)
        except NotHereError as error:
            click.echo(f"{size:,} records could not be measured: {error}", err=True)
            return
        click.echo("  ".join(map(" ".join, zip(COLUMNS[1:], _cells(found)[1:], strict=True))), err=True)
        yield found


def _measured(every: Part, comments: Path | None, size: int, queries: Asked, folder: Path) -> Size:
    with _corpus(folder) as (corpus, index):
        made = grow(every.whole, comments, corpus, size)
        click.echo(f"{made.records:,} records", err=True)
        took = run(python("kashshaf", "--index", index, "reindex", corpus, "--engine", "tantivy", "--json"))
        held = orjson.loads(took.out)
        found = searched(OURS, index, queries)
        return Size(
            held["articles"] + held["comments"],
            held["articles"],
            took.seconds,
            took.processor,
            took.peak,
            size_of(index),
            found["p50_ms"],
            found["p99_ms"],
        )


@contextmanager
def _corpus(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Make a folder for a corpus and its index, deleted before the next one."""
    corpus, index = folder / "grown.jsonl", folder / "index"
    try:
        yield corpus, index
    finally:
        corpus.unlink(missing_ok=True)
        shutil.rmtree(index, ignore_errors=True)


def _print(found: Sequence[Size], queries: Asked) -> None:
    click.echo(f"{measured({})} {queries.number:,} {queries.what}.\n")
    Console(width=110).print(printed(COLUMNS, map(_cells, found)))
    for small, large in itertools.pairwise(found):
        ratio = large.p50_ms / small.p50_ms
        said = f"- {large.records:,} records to {small.records:,}: p50 {ratio:.3g}"
        if large.records == 10 * small.records:
            said += f" ({'reached' if ratio < TENFOLD else 'missed'}: bound {TENFOLD:g})"
        click.echo(f"{said}, peak memory {large.peak / small.peak:.3g}")


def _cells(size: Size) -> list[str]:
    whole = (size.records, size.articles, size.rate, size.processor, size.peak / 1e6, size.size / 1e6)
    return [*(f"{figure:,.0f}" for figure in whole), f"{size.p50_ms:.2f}", f"{size.p99_ms:.2f}"]


if __name__ == "__main__":
    main()
