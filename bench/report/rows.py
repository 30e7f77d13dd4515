"""The rows of the table: each system indexed and asked, every step in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import orjson

from bench.baselines.lucene import BM25
from bench.errors import NotHereError
from bench.measure.process import python, run
from bench.measure.serving import served
from bench.measure.step import texts
from bench.peers import HITS
from kashshaf.index.engines.opensearch.connection import connection
from kashshaf.index.errors import ClusterError
from kashshaf.index.schema import INDEXES
from kashshaf.index.store.generations import Store

if TYPE_CHECKING:
    from pathlib import Path

    from bench.baselines.lucene import Lucene
    from bench.measure.corpus import Asked, Part
    from bench.peers import Peer

OURS = "bench.peers.ours"


class Row(NamedTuple):
    """Figures of one system. Rates are of articles; ``None`` stands where a figure cannot be had."""

    articles: int
    seconds: float
    processor: float | None
    """Seconds of processor the indexing took."""
    peak: int
    """Bytes of memory while indexing."""
    size: int
    """Bytes of the index."""
    p50_ms: float
    p99_ms: float
    processor_ms: float | None = None
    """Milliseconds of processor a search took on average."""
    requests: float | None = None
    """HTTP requests a second."""
    client: float | None = None
    """The share of one processor the HTTP clients took: near 1 they are the limit."""
    server: float | None = None
    """The share the server took: far below 1 something else on the machine is the limit."""

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds


def ours(engine: str, part: Part, sources: list[Path], asked: Asked, folder: Path) -> Row:
    """The whole of ``kashshaf reindex``, the start of the command on the clock too; and the whole search."""
    command = python("kashshaf", "--index", folder, "reindex", *sources, "--engine", engine, "--json")
    took = run(command)
    found = searched(OURS, folder, asked)
    answered = served(folder, texts(asked.topics), texts(asked.warm))
    return Row(
        part.articles, took.seconds, took.processor, took.peak, size_of(folder), **found, **answered._asdict()
    )


def clustered(part: Part, sources: list[Path], asked: Asked, folder: Path) -> Row:
    """The OpenSearch engine on the cluster that the settings name; processor and memory are this machine's.

    Raises NotHereError where no cluster answers.
    """
    try:
        connection().check()
    except ClusterError as error:
        raise NotHereError(str(error)) from error
    store = Store(folder)
    try:
        row = ours("opensearch", part, sources, asked, folder)
        generation = store.current()
        kept = sum(generation.engine().size(generation.index_folder(index)) for index in INDEXES)
        return row._replace(size=row.size + kept)
    finally:
        store.clear()


def peers(peer: Peer, part: Part, asked: Asked, folder: Path) -> Row:
    """A peer's index of the flat file, from the first line read to the last one lasting; and its search."""
    peer.require()
    took = run(python("bench.measure.step", "index", peer.module, part.flat, folder))
    own = orjson.loads(took.out)
    found = searched(peer.module, folder, asked)
    return Row(part.articles, own["seconds"], own["processor"], took.peak, size_of(folder), **found)


def lucenes(lucene: Lucene, part: Part, asked: Asked, folder: Path) -> Row:
    """Lucene by the figures of its own script, which reads all documents before its clock runs."""
    told = "--corpus", part.flat, "--index", folder, "--threads", "2", "--store", "1"
    took = run(lucene.command("index", *told))
    own = orjson.loads(took.out.splitlines()[-1])
    lucene.version = own["lucene"]
    bm25 = "--bm25", ":".join(BM25), "--hits", str(HITS), "--warmup", "1"
    said = run(lucene.command("search", "--index", folder, "--queries", asked.topics, *bm25)).out
    found = orjson.loads(said.splitlines()[-1])
    return Row(
        own["docs"], own["total_s"], None, took.peak, size_of(folder), found["p50_ms"], found["p99_ms"]
    )


def searched(module: str, folder: Path, asked: Asked) -> dict[str, float]:
    """Percentiles and processor time of a search."""
    found: dict[str, float] = orjson.loads(
        run(python("bench.measure.step", "search", module, folder, asked.topics, asked.warm)).out
    )
    return found


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
