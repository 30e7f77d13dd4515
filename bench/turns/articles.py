"""The articles of an index as peers get them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.peers import Flat
from kashshaf.index.store.generations import Store
from kashshaf.index.store.snapshot import Snapshots
from kashshaf.index.stored_documents import load_article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def flat(index: Path) -> Iterator[Flat]:
    """Every article of an index."""
    with Snapshots(Store(index)).use() as snapshot:
        for article in (load_article(stored).article for stored in snapshot.articles.scan()):
            parts = [part for section in article.sections for part in (section.heading, section.text)]
            yield Flat(article.id, article.title, "\n".join(filter(None, (article.lead, *parts))))
