"""``python -m bench.hostile INDEX``: processor time of a thousand hostile requests, the slowest by name.

Each is asked once of the whole application, in this process; its time is that of the processor, so that other
programs do not count. Requests that were ended at the time limit are counted apart.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple

from bench.hostile.queries import Asked, hostile
from kashshaf.index.settings import Settings
from kashshaf.index.store.generations import Store
from kashshaf.index.store.snapshot import Snapshots
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask.testing import FlaskClient

SHOWN = 15
WIDTH = 60


class Took(NamedTuple):
    """Seconds of processor of a request, its status, and whether the time limit ended it or a part of it."""

    asked: Asked
    seconds: float
    status: int
    ended: bool


def common_words(index: Path) -> list[str]:
    """The commonest words of an index, commonest first."""
    snapshots = Snapshots(Store(index))
    with snapshots.use() as snapshot:
        return snapshot.words.frequent[:1_000] if snapshot.words else []


def measured(client: FlaskClient, requests: Sequence[Asked]) -> Iterator[Took]:
    """Each request with what it took."""
    for asked in requests:
        started = time.process_time()
        answer = client.get(asked.path, query_string=asked.parameters)
        body = answer.get_data()
        seconds = time.process_time() - started
        yield Took(asked, seconds, answer.status_code, b'"timed_out":true' in body or b"time-limit" in body)


def main(arguments: list[str]) -> None:
    """Measure and print."""
    if not arguments:
        raise SystemExit(__doc__)
    index = Path(arguments[0])
    settings = replace(Settings(), index=index)
    service = SearchService(settings)
    service.warm_up()
    client = create_app(service, settings).test_client()
    requests = [*hostile(common_words(index))]
    _report([*measured(client, requests)])


def _report(took: list[Took]) -> None:
    seconds = [each.seconds for each in took]
    cuts = quantiles(seconds, n=100)
    ended = sum(each.ended for each in took)
    failed = sum(each.status >= 500 and not each.ended for each in took)
    print(
        f"{len(took):,} requests: slowest {max(seconds):.3f} s, p99 {cuts[98]:.3f} s, p50 {cuts[49]:.3f} s;"
        f" {ended} ended at the time limit, {failed} failed"
    )
    for each in sorted(took, key=lambda each: -each.seconds)[:SHOWN]:
        way = " ".join(f"{k}={v}" for k, v in each.asked.parameters.items() if k not in ("q", "text"))
        print(
            f"{each.seconds:7.3f} s  {each.status}  {each.asked.kind}: {each.asked.path} {way}"[: 2 * WIDTH]
        )
    _by_kind(took)


def _by_kind(took: list[Took]) -> None:
    worst: dict[str, float] = defaultdict(float)
    for each in took:
        worst[each.asked.kind] = max(worst[each.asked.kind], each.seconds)
    print("  ".join(f"{kind} {seconds:.2f}" for kind, seconds in sorted(worst.items(), key=lambda r: -r[1])))


if __name__ == "__main__":
    main(sys.argv[1:])
