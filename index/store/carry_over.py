"""Carries over to another generation what the write API wrote to the one that serves.

Nothing else has these articles. So a rebuild from sources that lack them takes them from the index; and what
was written while a rebuild ran is written to the new generation too, before it serves. The generation that
serves is the journal of it: each write is committed there before it is answered, and its ledger numbers them.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kashshaf.index.errors import BrokenIndexError, NoIndexError
from kashshaf.index.store.article_writer import commit_changes, committed, replay_journal
from kashshaf.index.store.ledger import Ledger
from kashshaf.index.store.removals import take_out_removed
from kashshaf.index.store.tombstones import Tombstones

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from kashshaf.index.documents import Article
    from kashshaf.index.store.generations import Generation, Store

BATCH = 200
"""Articles of one commit."""
Since = tuple[str, int]
"""A generation's name, and the number of a write to it; those after it are newer than what sources have."""


def last_written(store: Store, *, taken: bool = False) -> Since:
    """The last write of the API to the generation that serves, or the last it took from the one before."""
    try:
        served = store.current()
        with Ledger(served.folder) as ledger:
            return served.name, ledger.last_written(taken=taken)
    except (NoIndexError, BrokenIndexError):
        return "", 0


def carry_over(store: Store, generation: Generation, since: Since, zone: tzinfo) -> None:
    """Write to ``generation`` what the write API changed ``since``, and what the generation lacks.

    Then take out what was removed for good. Hold both locks. What cannot be read of the generation that
    serves is passed over: a rebuild is what mends it.
    """
    with Ledger(generation.folder) as ledger:
        changed, written = _changed(store, ledger, since, zone)
        rest = iter(changed)
        while some := list(islice(rest, BATCH)):  # itertools.batched is of Python 3.12
            commit_changes(generation, ledger, zone, some)
        for article_id in written:
            if ledger.digest(article_id) is not None:
                ledger.note_written(article_id, taken=True)
        ledger.commit()
    take_out_removed(generation, Tombstones.load(store.root), zone)


def lacking(served: Generation, after: Ledger) -> Iterator[Article]:
    """The articles that the write API wrote to a generation and another's ledger does not know."""
    with Ledger(served.folder) as before:
        written = [article_id for _, article_id in before.written()]
    for article_id in written:
        article = committed(served, article_id) if after.digest(article_id) is None else None
        if article is not None:
            yield article


def _changed(store: Store, after: Ledger, since: Since, zone: tzinfo) -> tuple[list[Article], list[str]]:
    """The articles that another generation has to get, and the ids of all that the write API wrote."""
    try:
        served = store.current()
        replay_journal(served, zone)
        number = since[1] if since[0] == served.name else 0
        with Ledger(served.folder) as before:
            written = before.written()
            later = (each for at, each in written if at > number)
            newer = [each for each in later if after.digest(each) not in (None, before.digest(each))]
        found = (committed(served, each) for each in newer)
        return [*lacking(served, after), *filter(None, found)], [article_id for _, article_id in written]
    except (NoIndexError, BrokenIndexError):
        return [], []
