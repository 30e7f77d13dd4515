"""Writes single articles and comments to the generation that serves, a commit at a time.

Each change is committed, and lasting, before it is told of. While a rebuild runs the same is done, and the
rebuild takes it over (:mod:`kashshaf.index.store.changeover.carry_over`).
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

from kashshaf.index.errors import LockedError, NotFoundError
from kashshaf.index.store.article_writer import commit_changes, committed
from kashshaf.index.store.generations import Generation, Store
from kashshaf.index.store.ledger import Ledger, digest
from kashshaf.index.store.tombstones import API, Tombstones
from kashshaf.index.store.tombstones import NAME as TOMBSTONES
from kashshaf.indexer.live.documents import completed
from kashshaf.indexer.remove import writable_generation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.index.documents import Article, Comment
    from kashshaf.index.settings import Settings
    from kashshaf.indexer.live.documents import GivenArticle

Status = Literal["added", "updated", "unchanged", "removed", "refused"]
PATIENCE = 5.0
"""Seconds that a write waits for others to end."""
AT_ONCE = 3
"""Writes of a process that are carried out or wait; others are told at once to come again, for searches
need the threads too."""
BUSY = "other writes are waiting already; nothing was changed; try again in a few seconds"
REMOVED = (
    "it was removed for good with: kashshaf remove; to let it in again, delete its line in removed.jsonl"
)
PART_REMOVED = "comments of it that were removed for good stay out"
NO_ARTICLE = "there is no article with the id {!r}"
NO_COMMENT = "article {!r} has no comment with the id {!r}"


class Written(NamedTuple):
    """The outcome for one document: its id, what became of it, and what there is to say of it."""

    id: str
    status: Status
    notes: tuple[str, ...] = ()


class _Open(NamedTuple):
    """The generation that serves, open to be written to."""

    generation: Generation
    ledger: Ledger
    tombstones: Tombstones


class LiveWriter:
    """Writes to the index of the settings. Safe to share between threads, and beside other processes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = Store(settings.index)
        self.zone = ZoneInfo(settings.timezone)
        self._tombstones = Tombstones(self._store.root / TOMBSTONES)
        self._turns = BoundedSemaphore(AT_ONCE)

    def put_articles(self, given: Sequence[GivenArticle]) -> list[Written]:
        """Add or replace articles in one commit; of two with one id the last counts.

        An article given without comments keeps those it has. Where there is no index, one is built. Raises
        LockedError or BrokenIndexError; then nothing was changed.
        """
        last = {each.article.id: each for each in given}
        if not last:
            return []
        if not self._store.exists():
            from kashshaf.indexer.live.first_index import build_first_index  # noqa: PLC0415 - heavy, needed once

            build_first_index(self._settings, [each.article for each in last.values()], time.time_ns())
            return [Written(each.article.id, "added", each.mended) for each in given]
        with self._opened() as index:
            seen = {article_id: self._seen(index, each) for article_id, each in last.items()}
            self._commit(index, [article for article, _ in seen.values() if article is not None])
        return [seen[each.article.id][1] for each in given]

    def remove_article(self, article_id: str) -> Written:
        """Take an article out, and keep it out of later updates; raises NotFoundError for an unknown one."""
        with self._opened() as index:
            if index.ledger.digest(article_id) is not None:
                index.tombstones.add(article_id, by=API)
                commit_changes(index.generation, index.ledger, self.zone, remove=[article_id])
                return Written(article_id, "removed")
            if article_id in index.tombstones.articles:
                return Written(article_id, "unchanged")
            if self._store.is_locked():  # a rebuild may be about to bring it
                index.tombstones.add(article_id, by=API)
        raise NotFoundError(NO_ARTICLE.format(article_id))

    def put_comment(self, article_id: str, comment: Comment) -> Written:
        """Add a comment to an article, or replace the one with its id; NotFoundError for an unknown article.

        One whose text its author has written under the article before is there already.
        """
        with self._opened() as index:
            article = self._article(index, article_id)
            if comment.id and index.tombstones.contains(article_id, comment.id):
                if (article_id, comment.id) not in index.tombstones.by_api:
                    return Written(comment.id, "refused", (REMOVED,))
                index.tombstones.lift([(article_id, comment.id)])
            changed, comment_id = self._with_comment(article, comment)
            known = {each.id: each for each in article.comments}
            if changed == article:
                self._commit(index, [article])
                return Written(comment_id, "unchanged")
            self._commit(index, [changed])
            return Written(comment_id, "updated" if comment_id in known else "added")

    def remove_comment(self, article_id: str, comment_id: str) -> Written:
        """Take a comment out, and keep it out; raises NotFoundError where there is no such comment."""
        with self._opened() as index:
            if index.tombstones.contains(article_id, comment_id):
                return Written(comment_id, "unchanged")
            article = self._article(index, article_id)
            kept = tuple(each for each in article.comments if each.id != comment_id)
            if len(kept) == len(article.comments):
                raise NotFoundError(NO_COMMENT.format(article_id, comment_id))
            index.tombstones.add(article_id, comment_id, by=API)
            self._commit(index, [completed(article, kept, self.zone)])
        return Written(comment_id, "removed")

    def _seen(self, index: _Open, given: GivenArticle) -> tuple[Article | None, Written]:
        """An article as it is to be written, None where it is refused; and what is told of it."""
        article_id = given.article.id
        if article_id in index.tombstones.articles and (article_id, "") not in index.tombstones.by_api:
            return None, Written(article_id, "refused", (REMOVED,))
        index.tombstones.lift([(article_id, "")])
        left = index.tombstones.left(self._with_earlier(index, given)) or given.article
        notes = given.mended if left.comments == given.article.comments else (*given.mended, PART_REMOVED)
        before = index.ledger.digest(article_id)
        status: Status = "added" if before is None else "updated"
        if before == digest(left):
            status = "unchanged"
        return left, Written(article_id, status, notes if given.with_comments else given.mended)

    def _with_earlier(self, index: _Open, given: GivenArticle) -> Article:
        """An article with the comments it has, where nothing was said of comments."""
        if given.with_comments:
            return given.article
        before = committed(index.generation, given.article.id)
        return completed(given.article, before.comments, self.zone) if before else given.article

    def _with_comment(self, article: Article, comment: Comment) -> tuple[Article, str]:
        """An article with one more comment, or another in place of one; and the id of that comment."""
        twin = _twin(article.comments, comment)
        if twin is not None and comment.id in ("", twin.id):
            comment = replace(comment, id=twin.id)
        elif twin is not None:
            return article, twin.id
        if any(each.id == comment.id for each in article.comments):
            comments = tuple(comment if each.id == comment.id else each for each in article.comments)
            return completed(article, comments, self.zone), comment.id
        changed = completed(article, (*article.comments, comment), self.zone)
        return changed, changed.comments[-1].id

    def _article(self, index: _Open, article_id: str) -> Article:
        article = committed(index.generation, article_id)
        if article is None:
            raise NotFoundError(NO_ARTICLE.format(article_id))
        return article

    def _commit(self, index: _Open, articles: Sequence[Article]) -> None:
        """Write those that are not as they were; all of them are now the write API's."""
        for article in articles:
            index.ledger.note_written(article.id, time.time_ns())
        index.ledger.commit()  # first: a commit that is cut short is replayed, and must be carried over too
        changed = [each for each in articles if index.ledger.digest(each.id) != digest(each)]
        commit_changes(index.generation, index.ledger, self.zone, changed)

    @contextmanager
    def _opened(self) -> Iterator[_Open]:
        """Open the generation that serves, once it is this write's turn."""
        if not self._turns.acquire(blocking=False):
            raise LockedError(BUSY)
        try:
            self._store.current()  # an index that is not there has no folder for a lock either
            with self._store.serving_lock("serve", PATIENCE):
                self._tombstones = self._tombstones.current()  # read again only if they have changed
                generation = writable_generation(self._store, self.zone, self._tombstones)
                with Ledger(generation.folder) as ledger:
                    yield _Open(generation, ledger, self._tombstones)
        finally:
            self._turns.release()


def _twin(comments: Sequence[Comment], comment: Comment) -> Comment | None:
    """The comment with the same words by the same author."""
    said = (comment.author.split(), comment.text.split())
    return next((each for each in comments if (each.author.split(), each.text.split()) == said), None)
