"""The spool: every article a rebuild has read, on disk, so that each source is read once.

Feeds and standard input cannot be read twice, and reading HTML is dear. A line an article.
"""

from __future__ import annotations

import contextlib
import os
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import orjson

from kashshaf.index.disk import writing
from kashshaf.index.documents import Article
from kashshaf.index.errors import BrokenIndexError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Self

SPOOL_FILE = "spool.jsonl"
_GONE = b'{"gone":'
BATCH = 1 << 18
"""Bytes of a batch, and at most one article more: what is counted or analysed at a time. Each process has one
in hand and some wait for the writer: batches of a megabyte took 50 MB more, and as long."""


class Batch(NamedTuple):
    """Lines of a spool from byte ``start`` to ``end``, without those that start at any of ``without``."""

    path: Path
    start: int
    end: int
    articles: int
    without: frozenset[int] = frozenset()

    def read(self) -> Iterator[Article]:
        """The articles."""
        with writing(self.path), self.path.open("rb") as file:
            file.seek(self.start)
            lines = file.read(self.end - self.start).splitlines(keepends=True)
        at = self.start
        for line in lines:
            if at not in self.without and not line.startswith(_GONE):
                yield Article.from_dict(orjson.loads(line))
            at += len(line)


class Spool:
    """A spool: written to its end, then read in batches. An id that comes again replaces the one before."""

    def __init__(self, folder: Path, *, goes_on: bool = False) -> None:
        """Open the spool. ``goes_on``: with what was written before, as far as its last whole line."""
        self._path = folder / SPOOL_FILE
        goes_on = goes_on and self._path.exists()
        self._places: dict[str, tuple[int, int]] = {}
        self._replaced: dict[int, int] = {}
        self.dropped: set[str] = set()
        """Articles that were there and are no longer."""
        self.recalled: frozenset[str] = frozenset()
        """Articles that an interrupted run wrote."""
        self._full: list[Batch] = []
        self._flushed = 0
        self._begun = Batch(self._path, 0, 0, 0)
        with writing(self._path):
            if goes_on:
                self._recall()
            self._file = self._path.open("r+b" if goes_on else "w+b")
            if goes_on:
                self._file.seek(self._begun.end)
                self._file.truncate()

    def add(self, article: Article) -> bool:
        """Add an article; True if its id was there before."""
        known = article.id in self._places
        self._note(self._write(orjson.dumps(article.to_dict())), article.id)
        return known

    def drop(self, article_id: str) -> None:
        """Drop an article, if it is there."""
        if article_id in self._places:
            self._note(self._write(orjson.dumps({"gone": article_id})), article_id, gone=True)

    def _recall(self) -> None:
        """Recall the lines written before, as far as the last whole one."""
        with self._path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    self._note(len(line), *_named(line))
        self.recalled = frozenset(self._places)

    def _write(self, row: bytes) -> int:
        with writing(self._path):
            return self._file.write(row + b"\n")

    def _note(self, length: int, article_id: str, gone: bool = False) -> None:
        """Note a line that was written: of an article, or of one that is gone."""
        start, articles = self._begun.end, self._begun.articles + (not gone)
        before = self._places.pop(article_id, None)
        if before is not None:
            self._replaced[before[0]] = before[1]
        (self.dropped.add if gone else self.dropped.discard)(article_id)
        if not gone:
            self._places[article_id] = start, start + length
        self._begun = self._begun._replace(end=start + length, articles=articles)
        if self._begun.end - self._begun.start >= BATCH:
            self._full.append(self._begun)
            self._begun = Batch(self._path, self._begun.end, self._begun.end, 0)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._places

    def article(self, article_id: str) -> Article:
        """The article of an id that is there."""
        (found,) = Batch(self._path, *self._places[article_id], 1).read()
        return found

    def __len__(self) -> int:
        return len(self._places)

    def size(self) -> int:
        """Bytes written."""
        return self._begun.end

    def flush(self, *, lasting: bool = False) -> None:
        """Let others read what was written; ``lasting``: after a power cut, too."""
        with writing(self._path):
            self._file.flush()
            if lasting:
                os.fsync(self._file.fileno())

    def full(self) -> list[Batch]:
        """The batches that nothing more is added to; articles that were replaced are still in them."""
        if self._flushed < len(self._full):  # it is asked after each article
            self._flushed = len(self._full)
            self.flush()
        return self._full

    def written(self) -> list[Batch]:
        """All batches; articles that were replaced are still in them."""
        self.flush()
        return [*self._full, self._begun] if self._begun.articles else self._full

    def replaced(self) -> list[Batch]:
        """The articles that later ones replaced; those that stand side by side as one batch."""
        found: list[Batch] = []
        for start, end in sorted(self._replaced.items()):
            if found and found[-1].end == start and start - found[-1].start < BATCH:
                found[-1] = found[-1]._replace(end=end, articles=found[-1].articles + 1)
            else:
                found.append(Batch(self._path, start, end, 1))
        return found

    def batches(self) -> list[Batch]:
        """All articles, in the order in which they came, but for those that later ones replaced."""
        without = sorted(self._replaced)
        return [_without(batch, without) for batch in self.written()]

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(OSError):  # a full disk: what was not written is thrown away anyway
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def _named(line: bytes) -> tuple[str, bool]:
    """The id in a line, and whether it is of an article that is gone."""
    try:
        row = orjson.loads(line)
        return (row["gone"], True) if "gone" in row else (row["id"], False)
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenIndexError(
            "what was read before the interruption is damaged; begin anew without --resume"
        ) from error


def _without(batch: Batch, starts: Sequence[int]) -> Batch:
    """A batch without the articles that begin at any of ``starts``, which are sorted."""
    inside = starts[bisect_left(starts, batch.start) : bisect_left(starts, batch.end)]
    return batch._replace(articles=batch.articles - len(inside), without=frozenset(inside))
