"""How the server bears load, by wrk: its top rate, then minutes at 70 % of it, while the index is written to.

    python -m bench.load INDEX QUERIES [--seconds 300] [--workers 2] [--warm 30] [--write]

wrk asks queries of the file, drawn by Zipf's law, by 16 connections, for 30 seconds before anything is
measured. It cannot hold a rate, so each connection pauses after an answer, for as long as trials show to
bring it to 70 % of the top. With ``--write`` a copy of the index is served, and brought up to date 20 times
and rebuilt meanwhile. Told at the end: requests, the slowest percent, failures, and the memory of the workers
before and after.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click
import orjson

from bench.load.memory import private
from bench.load.wrk import SHARE, ask, paced
from bench.measure.process import ROOT, python
from bench.measure.serving import server
from bench.serving import drawn, topics_of

if TYPE_CHECKING:
    from collections.abc import Sequence

WARM_SECONDS, TOP_SECONDS, TRIAL_SECONDS = 30, 20, 5
"""Seconds that are asked before, that the top rate is looked for, and that a pause is tried."""
UPDATES = 20
ASKED = 20_000
"""Requests that are drawn; wrk begins again with the first after the last."""


def write(index: Path, folder: Path) -> None:
    """Bring the index up to date so many times, then rebuild it from its own articles."""
    source = folder / "news.jsonl"
    for number in range(UPDATES):
        with source.open("ab") as file:
            file.write(
                orjson.dumps({"id": f"new-{number}", "title": f"خبر {number}", "body": "نص الخبر"}) + b"\n"
            )
        _run(index, "index", source)
    _run(index, "reindex", "--engine", "tantivy")


def _run(index: Path, *words: str | Path) -> None:
    subprocess.run(python("kashshaf", "--index", index, *words), check=True, capture_output=True, cwd=ROOT)


def paths_of(topics: Sequence[str], folder: Path) -> Path:
    """A file of paths to ask for, a line each."""
    file = folder / "paths"
    lines = (f"/api/v1/search?q={quote(each)}&size=10\n" for each in drawn(list(topics), ASKED))
    file.write_text("".join(lines), encoding="ascii")
    return file


@click.command()
@click.argument("index", type=click.Path(path_type=Path, exists=True))
@click.argument("queries", type=click.Path(path_type=Path, exists=True))
@click.option("--seconds", default=300, show_default=True, type=click.IntRange(5))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1))
@click.option("--warm", default=WARM_SECONDS, show_default=True, type=click.IntRange(1))
@click.option("--write", "writing", is_flag=True, help="Update and rebuild a copy of the index meanwhile.")
def main(index: Path, queries: Path, seconds: int, workers: int, warm: int, *, writing: bool) -> None:
    """Measure and print."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kashshaf-load-")))
        if writing:
            index = Path(shutil.copytree(index, folder / "index"))
        paths = paths_of(topics_of(queries), folder)
        address, pid = stack.enter_context(server(index, "--workers", workers))
        ask(address, paths, warm)
        before = private(pid)
        print("top:", top := ask(address, paths, TOP_SECONDS))
        pause = paced(partial(ask, address, paths, TRIAL_SECONDS), SHARE * top.rate)
        writer = stack.enter_context(ThreadPoolExecutor(1))
        written = writer.submit(write, index, folder) if writing else None
        began = time.monotonic()
        found = ask(address, paths, seconds, pause)
        print(f"meant to be at {SHARE:.0%} of it, and at {found.rate / top.rate:.0%}: {found}")
        if written is not None:
            written.result()
            print(f"{UPDATES} updates and a rebuild were over after {time.monotonic() - began:.0f} s")
        told = ", ".join(map(str, before)), ", ".join(map(str, private(pid)))
        print("megabytes that each worker alone has written (mapped): {} warm, {} after".format(*told))


if __name__ == "__main__":
    main()
