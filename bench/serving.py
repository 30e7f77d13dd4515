"""``python -m bench.serving INDEX TOPICS``: requests a second of ``kashshaf serve``, to eight clients.

``TOPICS`` is a file with a query a line. Each of the first 1,000 is asked once, then queries are drawn from
them as readers ask: by Zipf's law, the commonest by far most often.
"""

from __future__ import annotations

import random
import sys
from itertools import islice
from pathlib import Path

from bench.errors import NotHereError
from bench.measure.serving import Served, served

DISTINCT = 1_000
DRAWN = 10_000
WARM = 50
"""Queries asked beforehand, so that each worker has read the tables of the analysis."""
SEED = 7


def topics_of(path: Path) -> list[str]:
    """The distinct queries of a file, in its order, ``DISTINCT`` and ``WARM`` at most."""
    with path.open(encoding="utf-8") as lines:
        found = [*islice(dict.fromkeys(filter(None, map(str.strip, lines))), DISTINCT + WARM)]
    if len(found) <= WARM:
        raise NotHereError(f"{path} has {len(found)} queries; more than {WARM} are needed")
    return found


def drawn(topics: list[str], number: int) -> list[str]:
    """So many queries of ``topics``, the n-th with a weight of 1/n."""
    weights = [1 / place for place in range(1, len(topics) + 1)]
    return random.Random(SEED).choices(topics, weights, k=number)  # noqa: S311 - a sample, no secret


def main(arguments: list[str]) -> None:
    """Measure and print."""
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    index, path = map(Path, arguments)
    topics = topics_of(path)
    warm, asked = topics[:WARM], topics[WARM:]
    print(_row(f"{len(asked):,} distinct queries", served(index, asked, warm)))
    print(_row(f"{DRAWN:,} drawn by Zipf's law", served(index, drawn(asked, DRAWN), warm)))


def _row(name: str, found: Served) -> str:
    processors = f"processors: clients {found.client:.2f}, server {found.server:.2f}"
    return f"{name}: {found.requests:,.0f} requests a second; {processors}"


if __name__ == "__main__":
    main(sys.argv[1:])
