"""A step in a process of its own: ``python -m bench.step index | search`` prints one JSON object."""

from __future__ import annotations

import importlib
import resource
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
import orjson

from bench.peers import Flat, Module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
def main() -> None:
    """A step of a benchmark."""


@main.command()
@click.argument("module")
@click.argument("corpus", type=FILE)
@click.argument("folder", type=FOLDER)
def index(module: str, corpus: Path, folder: Path) -> None:
    """Index CORPUS into FOLDER; reading its lines is on the clock, importing the peer is not."""
    peer = cast("Module", importlib.import_module(module))
    folder.mkdir(parents=True)
    started, before = time.perf_counter(), _processor()
    peer.index(flat(corpus), folder)
    took = {"seconds": time.perf_counter() - started, "processor": _processor() - before}
    click.echo(orjson.dumps(took))


@main.command()
@click.argument("module")
@click.argument("folder", type=FOLDER)
@click.argument("topics", type=FILE)
@click.argument("warm", type=FILE)
def search(module: str, folder: Path, topics: Path, warm: Path) -> None:
    """Ask the texts of WARM, off the clock, then each of TOPICS once."""
    ask = cast("Module", importlib.import_module(module)).opened(folder)
    for text in texts(warm):
        ask(text)
    times: list[float] = []
    before = _processor()
    for text in (every := texts(topics)):
        started = time.perf_counter()
        ask(text)
        times.append((time.perf_counter() - started) * 1000)
    processor = (_processor() - before) * 1000 / len(every)
    click.echo(orjson.dumps({**percentiles(times), "processor_ms": processor}))


def flat(corpus: Path) -> Iterator[Flat]:
    """The articles of a file that ``bench.corpus`` wrote."""
    with corpus.open("rb") as lines:
        for line in lines:
            yield Flat(**orjson.loads(line))


def texts(queries: Path) -> list[str]:
    """The texts of a file of queries."""
    return [orjson.loads(line)["text"] for line in queries.read_bytes().splitlines()]


def percentiles(times: Sequence[float]) -> dict[str, float]:
    """Median and 99th percentile."""
    cuts = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else [*times] * 99
    return {"p50_ms": cuts[49], "p99_ms": cuts[98]}


def _processor() -> float:
    """Seconds of processor this process and those it has waited for have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()
