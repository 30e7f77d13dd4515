"""Bulk requests beside those of opensearch-py: the same finished documents, in turns."""

from __future__ import annotations

import importlib
import time
from contextlib import closing
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from bench.measure.corpus import OPTIONS
from kashshaf.index.engines.opensearch import ENGINE
from kashshaf.index.engines.opensearch.documents import document
from kashshaf.index.engines.opensearch.place import alias_of, read_name
from kashshaf.index.engines.opensearch.schema import own_id
from kashshaf.index.records import RecordBuilder
from kashshaf.index.settings import in_use
from kashshaf.index.store.article_writer import stored_articles
from kashshaf.index.store.generations import Store
from kashshaf.index.store.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kashshaf.index.records import Record
    from kashshaf.index.settings import Settings

PEER = "opensearch-py"
MISSING = f"{PEER} is not here; pip install '{PEER}>=2.8,<3'"
"""A peer of this table alone: version 3 brings 22 MB of gRPC along."""
CHUNK = 500
"""Documents of a request of the peer, its own default."""
TURNS = 3
"""Times that both send all documents, in turns; the best of each counts."""


def beside(ours: float, theirs: float, unit: str, name: str) -> str:
    """Say a figure of ours with another, and how many times that it is."""
    return f"{ours:,.1f} {unit}, {name} {theirs:,.1f} {unit}: {ours / theirs:.2f} times"


def tell_bulk(settings: Settings, folder: Path, number: int) -> None:
    """Send so many articles of an index, and print the rates; or why they cannot be had."""
    try:
        peer = importlib.import_module("opensearchpy")
    except ImportError:
        click.echo(f"bulk was not measured: {MISSING}")
        return
    records = [*islice(_records(settings), number)]
    senders: dict[str, Callable[[Path], None]] = {
        "ours": partial(_send, records),
        PEER: partial(_send_by_peer, peer, records),
    }
    rates: dict[str, list[float]] = {name: [] for name in senders}
    for turn, (name, send) in enumerate(chain(*[senders.items()] * TURNS)):
        place = folder / f"bulk-{turn}"
        ENGINE.create(place, "articles")
        started = time.perf_counter()
        send(place)
        rates[name].append(len(records) / (time.perf_counter() - started))
        ENGINE.drop(place)
    ours, theirs = max(rates["ours"]), max(rates[PEER])
    click.echo(f"bulk of {len(records):,}: {beside(ours, theirs, 'documents/s', PEER)}")


def _records(settings: Settings) -> Iterator[Record]:
    with closing(Snapshot(Store(settings.index).current())) as snapshot:
        recorder = RecordBuilder(snapshot.analyzer, OPTIONS.zone)
        for article in stored_articles(snapshot.articles, snapshot.comments):
            yield recorder.record(article).article


def _send(records: Sequence[Record], place: Path) -> None:
    with ENGINE.writer(place, "articles") as writer:
        for record in records:
            writer.put(record)
        writer.commit()


def _send_by_peer(peer: Any, records: Sequence[Record], place: Path) -> None:
    """The same documents by its parallel_bulk, two requests at once, and a refresh as ours does."""
    settings = in_use()
    client = peer.OpenSearch([*settings.opensearch_url], timeout=120)
    target = alias_of(read_name(place))
    actions = (
        {"_index": target, "_id": own_id(record.id), "_source": document(record, "articles", "bench")}
        for record in records
    )
    for done, told in peer.helpers.parallel_bulk(client, actions, thread_count=2, chunk_size=CHUNK):
        if not done:
            raise click.ClickException(f"{PEER} was refused a document: {told}")
    client.indices.refresh(index=target)
    client.close()
