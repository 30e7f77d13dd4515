"""Carries over to a new generation what the write API wrote to the one that serves.

Nothing else has these articles. So a rebuild from sources that lack them takes them from the index; and what
was written while a rebuild ran is written to the new generation too, before it serves. The generation that
serves is the journal of it: each write is committed there before it is answered, and its ledger numbers them.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kashshaf.index.errors import BrokenIndexError, NoIndexError
from kashshaf.index.store.article_writer import commit_changes, committed, replay_journal
from kashshaf.index.store.ledger import Ledger, digest
from kashshaf.index.store.removals import take_out_removed
from kashshaf.index.store.tombstones import Tombstones

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from kashshaf.index.documents import Article
    from kashshaf.index.store.generations import Generation, Store
    from kashshaf.indexer.rebuild.fill import SpoolTarget

BATCH = 200
"""Articles of one commit."""
LOST = "what the write API wrote to it could not be taken over: {}"


def last_written(store: Store) -> tuple[str, int]:
    """The name of the generation that serves and the number of the last write to it; empty and 0 without."""
    try:
        served = store.current()
        with Ledger(served.folder) as ledger:
            return served.name, ledger.last_written()
    except (NoIndexError, BrokenIndexError):
        return "", 0


def spool_written(store: Store, target: SpoolTarget) -> None:
    """Spool what the write API wrote and no source of this rebuild has."""
    tombstones = Tombstones.load(store.root)
    try:
        for article in _lacking(store.current(), target.ledger):
            left = tombstones.left(article)
            if left is not None:
                target.spool.add(left)
                target.ledger.note_article(left.id, digest(left))
                target.step()
    except NoIndexError:
        return
    except BrokenIndexError as error:
        target.report.mend(str(store.root), LOST.format(error))


def carry_over(store: Store, generation: Generation, since: tuple[str, int], zone: tzinfo) -> None:
    """Write to the new ``generation`` what the write API changed ``since``, and take out what was removed.

    Hold both locks. An article that a source has too stands as it was written last.
    """
    with Ledger(generation.folder) as ledger:
        changed, written = _changed(store, ledger, since, zone)
        rest = iter(changed)
        while some := list(islice(rest, BATCH)):  # itertools.batched is of Python 3.12
            commit_changes(generation, ledger, zone, some)
        for article_id in written:
            if ledger.digest(article_id) is not None:
                ledger.note_written(article_id)
        ledger.commit()
    take_out_removed(generation, Tombstones.load(store.root), zone)


def _changed(
    store: Store, after: Ledger, since: tuple[str, int], zone: tzinfo
) -> tuple[list[Article], list[str]]:
    """The articles that the new generation has to get, and the ids of all that the write API wrote.

    Nothing, where the generation that serves cannot be read: a rebuild is what mends it.
    """
    try:
        served = store.current()
        replay_journal(served, zone)
        with Ledger(served.folder) as before:
            written = [article_id for _, article_id in before.written()]
            number = since[1] if since[0] == served.name else 0
            later = [each for at, each in before.written() if at > number]
            newer = [each for each in later if after.digest(each) not in (None, before.digest(each))]
            found = (committed(served, each) for each in newer)
            return [*_lacking(served, after), *filter(None, found)], written
    except (NoIndexError, BrokenIndexError):
        return [], []


def _lacking(served: Generation, after: Ledger) -> Iterator[Article]:
    """The articles that the write API wrote and a ledger does not know."""
    with Ledger(served.folder) as before:
        written = [article_id for _, article_id in before.written()]
    for article_id in written:
        article = committed(served, article_id) if after.digest(article_id) is None else None
        if article is not None:
            yield article
