"""Carries out removals for good in a generation: what the tombstones name goes out of it, as one commit."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kashshaf.index.store.article_writer import commit_changes
from kashshaf.index.store.ledger import Ledger
from kashshaf.index.store.snapshot import Snapshot
from kashshaf.index.stored_documents import comment_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

    from kashshaf.index.documents import Article
    from kashshaf.index.engine import Reader
    from kashshaf.index.store.generations import Generation
    from kashshaf.index.store.tombstones import Tombstones

BATCH = 500
"""Ids that an index is asked for at once."""


def take_out_removed(generation: Generation, tombstones: Tombstones, zone: tzinfo) -> None:
    """Write articles again without what was removed of them, or take them out; as one commit.

    Hold the lock of the generation.
    """
    with Ledger(generation.folder) as ledger:
        _take_out(generation, ledger, tombstones, _touched(generation, tombstones), zone)


def take_out_newly_removed(generation: Generation, tombstones: Tombstones, zone: tzinfo) -> None:
    """As ``take_out_removed``, but look only for what was removed since either was called.

    So a write costs the same however much was removed before.
    """
    with Ledger(generation.folder) as ledger:
        if tombstones.stamp is not None and tombstones.stamp == ledger.removals_stamp():
            return
        touched = _touched(generation, tombstones.without(ledger.taken_out()))
        _take_out(generation, ledger, tombstones, touched, zone)


def _take_out(
    generation: Generation, ledger: Ledger, tombstones: Tombstones, touched: list[Article], zone: tzinfo
) -> None:
    if touched:
        left = {article.id: tombstones.left(article) for article in touched}
        for article in touched:
            for article_id, comment_id in tombstones.of(article):
                for path in ledger.origins(article_id):
                    ledger.note_removed(article_id, comment_id, path)
        put = [article for article in left.values() if article is not None]
        commit_changes(
            generation, ledger, zone, put, [each for each, article in left.items() if article is None]
        )
    ledger.note_taken_out(tombstones.pairs(), tombstones.stamp or "")
    ledger.commit()


def _touched(generation: Generation, tombstones: Tombstones) -> list[Article]:
    """The articles of a generation of which something was removed for good."""
    if not tombstones:
        return []
    snapshot = Snapshot(generation)
    try:
        removed = set(_present(snapshot.articles, tombstones.articles))
        keys = {comment_key(*pair): pair[0] for pair in tombstones.comments}
        removed |= {keys[key] for key in _present(snapshot.comments, keys)}
        found = map(snapshot.article, sorted(removed))
        return [article for article in found if article is not None]
    finally:
        snapshot.close()


def _present(reader: Reader, ids: Iterable[str]) -> Iterator[str]:
    """Those of many ids that an index has."""
    rest = iter(ids)
    while some := list(islice(rest, BATCH)):
        yield from reader.stored(some)
