"""Removals from the index that serves, and the way back to the generation before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashshaf.index.errors import NotFoundError, UsageError
from kashshaf.index.query import Filters, Search
from kashshaf.index.store.article_writer import replay_journal
from kashshaf.index.store.changeover.carry_over import carry_over
from kashshaf.index.store.changeover.removals import take_out_newly_removed
from kashshaf.index.store.commits import tidy
from kashshaf.index.store.generations import Generation, Store
from kashshaf.index.store.snapshot import Snapshot
from kashshaf.index.store.tombstones import Tombstones
from kashshaf.index.stored_documents import comment_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from kashshaf.index.settings import Settings


def remove(settings: Settings, ids: Sequence[str], zone: tzinfo) -> list[str]:
    """Take articles or single comments out for good; what was done, a sentence each.

    Raises NotFoundError, before anything was changed, for an id that is not there, and UsageError for a
    comment's id that several articles have.
    """
    store = Store(settings.index)
    with store.lock("remove"):
        tombstones = Tombstones.load(store.root)
        generation = writable_generation(store, zone, tombstones)
        found = {given: _find(generation, tombstones, given) for given in dict.fromkeys(ids)}
        for pair in filter(None, found.values()):
            tombstones.add(*pair)
        take_out_newly_removed(generation, tombstones, zone)
    return [_told(given, pair) for given, pair in found.items()]


def _told(given: str, pair: tuple[str, str | None] | None) -> str:
    if pair is None:
        return f"{given} was removed before"
    article_id, comment_id = pair
    return (
        f"removed comment {comment_id} of article {article_id}"
        if comment_id
        else f"removed article {article_id}"
    )


def rollback(settings: Settings, zone: tzinfo) -> Generation:
    """Let the generation before serve again, with what the write API wrote, without what was removed."""
    store = Store(settings.index)
    with store.lock("rollback"):
        generation = store.earlier()
        tidy(generation)
        replay_journal(generation, zone)
        carry_over(store, generation, zone)
        store.go_back(generation)
    return generation


def writable_generation(store: Store, zone: tzinfo, tombstones: Tombstones | None = None) -> Generation:
    """The generation to write to, whole; ``tombstones`` as they are now, if they were read already."""
    generation = store.current()
    generation.engine()
    generation.check_analyzer()
    tidy(generation)
    replay_journal(generation, zone)
    removed = Tombstones.load(store.root) if tombstones is None else tombstones
    take_out_newly_removed(generation, removed, zone)  # a removal may have been cut short
    return generation


def _find(generation: Generation, tombstones: Tombstones, given: str) -> tuple[str, str | None] | None:
    """The article, and the comment if it is one, that an id names; None for what was removed before."""
    snapshot = Snapshot(generation)
    try:
        if snapshot.articles.stored([given]):
            return given, None
        groups = snapshot.comments.groups(Search(filters=Filters((("comment", (given,)),))), "article", 0)
        pairs = [pair for pair in _splits(given) if _has_comment(snapshot, *pair)]
    finally:
        snapshot.close()
    if pairs:
        return pairs[0]
    if len(groups) == 1:
        return next(iter(groups)), given
    if groups:
        named = ", ".join(f"{each}/{given}" for each in sorted(groups)[:5])
        raise UsageError(
            f"comments of several articles have the id {given}; name one as ARTICLE/COMMENT: {named}"
        )
    if tombstones.knows(given):
        return None
    raise NotFoundError(f"there is no article or comment with the id {given!r}; nothing was removed")


def _splits(given: str) -> list[tuple[str, str]]:
    """Every way to read ``ARTICLE/COMMENT``: either id may have slashes of its own."""
    slashes = [at for at, letter in enumerate(given) if letter == "/"]
    return [(given[:at], given[at + 1 :]) for at in slashes]


def _has_comment(snapshot: Snapshot, article_id: str, comment_id: str) -> bool:
    return bool(snapshot.comments.stored([comment_key(article_id, comment_id)]))
