"""Carries over to another generation what the write API wrote to the one that serves.

Nothing else has these articles. So a rebuild from sources that lack them takes them from the index; and what
was written while a rebuild ran is written to the new generation too, before it serves. The generation that
serves is the journal of it: a write is committed there before it is answered, and its ledger has the times.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kashshaf.index.errors import BrokenIndexError, NoIndexError
from kashshaf.index.store.article_writer import commit_changes, committed, replay_journal
from kashshaf.index.store.changeover.removals import take_out_removed
from kashshaf.index.store.ledger import Ledger
from kashshaf.index.store.tombstones import Tombstones

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from kashshaf.index.documents import Article
    from kashshaf.index.store.generations import Generation, Store

BATCH = 200
"""Articles of one commit."""


def carry_over(store: Store, generation: Generation, zone: tzinfo) -> None:
    """Write to ``generation`` what the write API wrote and it lacks, or has as it was before.

    Then take out what was removed for good. Hold both locks. What cannot be read of the generation that
    serves is passed over: a rebuild is what mends it.
    """
    with Ledger(generation.folder) as ledger:
        changed, written = _changed(store, ledger, zone)
        rest = iter(changed)
        while some := list(islice(rest, BATCH)):  # itertools.batched is of Python 3.12
            commit_changes(generation, ledger, zone, some)
        for article_id, moment in written.items():
            if ledger.digest(article_id) is not None:
                ledger.note_written(article_id, moment)
        ledger.commit()
    take_out_removed(generation, Tombstones.load(store.root), zone)


def lacking(served: Generation, after: Ledger) -> Iterator[Article]:
    """The articles that the write API wrote to a generation and another's ledger does not know."""
    with Ledger(served.folder) as before:
        written = before.written()
    for article_id in written:
        article = committed(served, article_id) if after.digest(article_id) is None else None
        if article is not None:
            yield article


def _changed(store: Store, after: Ledger, zone: tzinfo) -> tuple[list[Article], dict[str, int]]:
    """The articles that another generation has to get; and all that the write API wrote, with its moments.

    An article that a source has too stands as it was written last, by the time of the file.
    """
    try:
        served = store.current()
        replay_journal(served, zone)
        with Ledger(served.folder) as before:
            written = before.written()
            newer = [each for each, moment in written.items() if _is_newer(each, moment, before, after)]
        found = (committed(served, each) for each in newer)
        return [*lacking(served, after), *filter(None, found)], written
    except (NoIndexError, BrokenIndexError):
        return [], {}


def _is_newer(article_id: str, moment: int, before: Ledger, after: Ledger) -> bool:
    """True if the API wrote an article last before, and after it is another, of an earlier time."""
    if after.digest(article_id) in (None, before.digest(article_id)):
        return False
    return moment > max(before.modified(article_id), after.modified(article_id))
