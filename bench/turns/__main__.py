"""``python -m bench.turns INDEX TOPICS``: the cost of a search on a ready index, beside raw tantivy-py.

``TOPICS`` is a file with a query a line: 50 come before, 1,000 are measured. ``--page`` writes the figures
between the markers of a page.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click
import orjson

from bench.measure.process import python, run
from bench.peers import tantivy_py
from bench.report.page import into_page, measured, table
from bench.serving import topics_of
from bench.turns.articles import flat
from bench.turns.search import Times, asked

COLUMNS = ("", "p50 ms", "p99 ms", "mean ms", "p50 ms of processor", "p99", "mean")
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
FRESH = 9
"""Topics that are asked first of all by a process of their own."""
ONCE = 5
"""Calls of the command."""


@click.command()
@click.argument("index", type=FOLDER)
@click.argument("topics", type=FILE)
@click.option("--raw", type=FOLDER, help="Keep tantivy-py's index here, and take it from here where it is.")
@click.option("--page", type=FILE, help="Write the figures into this page.")
def main(index: Path, topics: Path, raw: Path | None, page: Path | None) -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory(prefix="turns-") as name:
        lines = figures(index, topics_of(topics), raw or Path(name) / "raw")
    click.echo("\n".join(lines))
    if page is not None:
        page.write_text(into_page(page.read_text("utf-8"), "\n".join(lines)), "utf-8")


def figures(index: Path, topics: list[str], raw: Path) -> list[str]:
    """Every line of the figures."""
    if not raw.exists():
        raw.mkdir(parents=True)
        tantivy_py.index(flat(index), raw)
    ours, theirs = asked(index, raw, topics)
    rows = (["Kashshaf, Tantivy", *ours.cells()], ["tantivy-py", *theirs.cells()])
    status = orjson.loads(run(python("kashshaf", "--index", index, "status", "--json")).out)
    return [
        f"{measured({})} {status['articles']:,} articles, {status['comments']:,} comments,"
        f" {len(ours.clock):,} topics of both in turns; load {os.getloadavg()[0]:.1f}.",
        "",
        *table(COLUMNS, rows),
        "",
        f"p50 to tantivy-py: {ours.p50() / theirs.p50():.1f} by the clock,"
        f" {ours.p50(processor=True) / theirs.p50(processor=True):.1f} by processor time"
        f" (mean {ours.mean() / theirs.mean():.1f}); bound 5, aim 3.",
        *_first(index, topics[-len(ours.clock) :], ours),
        _command(index, topics[0]),
    ]


def _first(index: Path, topics: list[str], warm: Times) -> list[str]:
    """The first search of a process to the same one later, by processor time, in the middle."""
    step = len(topics) // FRESH
    ratios = []
    for at in range(0, step * FRESH, step) if step else ():
        took = run(python("bench.turns.search", index, topics[at]))
        ratios.append(float(took.out) / warm.processor[at])
    return [f"The first search of a process to the same one later: {sorted(ratios)[len(ratios) // 2]:.2f};"
            " bound 1.5."] if ratios else []  # fmt: skip


def _command(index: Path, text: str) -> str:
    runs = [run(python("kashshaf", "--index", index, "search", text)) for _ in range(ONCE)]
    seconds, processor = min(each.seconds for each in runs), min(each.processor for each in runs)
    said = f"{seconds:.2f} s, {processor:.2f} s of processor; bound .25."
    return f"`kashshaf search`, the quickest of {ONCE}: {said}"


if __name__ == "__main__":
    main()
