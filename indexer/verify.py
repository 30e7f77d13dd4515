"""Reads a whole index and compares it with its checksums and with what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

from kashshaf.analyzers.errors import LexiconError
from kashshaf.index.counted import counted
from kashshaf.index.errors import BrokenIndexError
from kashshaf.index.store.ledger import check_ledger
from kashshaf.index.store.parts import STATE
from kashshaf.index.store.snapshot import Snapshot, Snapshots
from kashshaf.index.store.soundness import check_all, check_pointer
from kashshaf.index.store.tombstones import Tombstones
from kashshaf.index.stored_documents import load_article, load_comment

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashshaf.index.store.generations import Store
    from kashshaf.index.store.parts import State
    from kashshaf.indexer.progress import Show

Loaded = TypeVar("Loaded")
ATTEMPTS = 3
"""Attempts where commits come in between."""


def verify(store: Store, show: Show) -> State:
    """The state of a sound index; raises BrokenIndexError that names the first thing that is wrong.

    Every file is compared with its checksum, and what they say with each other. Commits go on meanwhile:
    where one takes away what is being read, reading begins anew.
    """
    for _ in range(ATTEMPTS):
        stamp = _stamp(store)
        try:
            return _verified(store, show)
        except BrokenIndexError:
            if _stamp(store) == stamp:
                raise
    return _verified(store, show)


def _stamp(store: Store) -> bytes:
    """The state of the generation that serves, as it is written: each commit changes it."""
    path = store.current().folder / STATE
    return bytes(path) + path.read_bytes() if path.exists() else b""


def _verified(store: Store, show: Show) -> State:
    check_pointer(store)
    with show("Comparing checksums", None):
        check_all(store.current())
        if not store.is_follower():
            check_ledger(store.current().folder)
    Tombstones.load(store.root)
    snapshots = Snapshots(store)
    try:
        with snapshots.use() as snapshot:
            _check_snapshot(snapshot, show)
            return snapshot.state
    finally:
        snapshots.close()


def _check_snapshot(snapshot: Snapshot, show: Show) -> None:
    with show("Reading the lexicon", None):
        _check_lexicon(snapshot)
        _check_completions(snapshot)
    named, missing = _read_articles(snapshot, show)
    _compare(snapshot, named, _read_comments(snapshot, show))
    for reader in (snapshot.articles, snapshot.comments):
        with show("Reading postings", None):
            reader.check()
    if missing:
        _broken(f"its articles lack {counted(missing, 'comment')}")


def _check_lexicon(snapshot: Snapshot) -> None:
    snapshot.generation.words()  # which compares their checksum
    try:
        snapshot.analyzer.lexicon.check()
    except LexiconError as error:
        raise BrokenIndexError(str(error)) from error


def _check_completions(snapshot: Snapshot) -> None:
    snapshot.generation.completions()  # which compares their checksum
    snapshot.generation.new_titles()


def _read_articles(snapshot: Snapshot, show: Show) -> tuple[int, int]:
    """The number of comments that the articles name, and how many of these are missing."""
    named = missing = 0
    with show("Reading articles", snapshot.state.articles) as step:
        for stored in snapshot.articles.scan():
            keys = _load(load_article, stored).comment_keys
            named += len(keys)
            missing += len(keys) - len(snapshot.comments.stored(keys))
            step()
    return named, missing


def _read_comments(snapshot: Snapshot, show: Show) -> int:
    found = 0
    with show("Reading comments", snapshot.state.comments) as step:
        for stored in snapshot.comments.scan():
            _load(load_comment, stored)
            found += 1
            step()
    return found


def _compare(snapshot: Snapshot, named: int, found: int) -> None:
    state, articles, comments = snapshot.state, snapshot.articles.count(), snapshot.comments.count()
    if articles != state.articles:
        _broken(f"it holds {counted(articles, 'article')} and should hold {state.articles:,}")
    if not comments == state.comments == named == found:
        _broken(
            f"it holds {counted(comments, 'comment')}, its articles name {named:,}, it should hold"
            f" {state.comments:,}"
        )


def _load(load: Callable[[bytes], Loaded], stored: bytes) -> Loaded:
    try:
        return load(stored)
    except (ValueError, KeyError, TypeError):
        _broken("a stored document cannot be read")


def _broken(what: str) -> NoReturn:
    raise BrokenIndexError(
        f"the index is damaged: {what}; rebuild with: kashshaf reindex SOURCE,"
        " or go back, where there is an earlier generation, with: kashshaf rollback"
    )
