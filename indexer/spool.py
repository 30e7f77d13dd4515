"""The spool: every article a rebuild has read, on disk, so that each source is read once.

Feeds and standard input cannot be read twice, and reading HTML is dear. A line an article.
"""

from __future__ import annotations

import contextlib
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import orjson

from index.disk import writing
from index.documents import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Self

NAME = "spool.jsonl"
BATCH = 1 << 20
"""Bytes of a batch, and at most one article more: what is counted or analysed at a time."""


class Batch(NamedTuple):
    """Lines of a spool, from byte ``start`` to ``end``, but for those that start at ``without``."""

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
            if at not in self.without:
                yield Article.from_dict(orjson.loads(line))
            at += len(line)


class Spool:
    """Written from front to end, then read in batches. An id that comes again replaces the one before."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        with writing(self._path):
            self._file = self._path.open("w+b")
        self._places: dict[str, tuple[int, int]] = {}
        self._replaced: dict[int, int] = {}
        self._full: list[Batch] = []
        self._begun = Batch(self._path, 0, 0, 0)

    def add(self, article: Article) -> bool:
        """Keep an article; whether its id was there before."""
        start, before = self._begun.end, self._places.get(article.id)
        with writing(self._path):
            end = start + self._file.write(orjson.dumps(article.to_dict()) + b"\n")
        if before is not None:
            self._replaced[before[0]] = before[1]
        self._places[article.id] = start, end
        self._begun = self._begun._replace(end=end, articles=self._begun.articles + 1)
        if end - self._begun.start >= BATCH:
            self._full.append(self._begun)
            self._begun = Batch(self._path, end, end, 0)
        return before is not None

    def __len__(self) -> int:
        return len(self._places)

    def size(self) -> int:
        """Bytes written."""
        return self._begun.end

    def full(self) -> list[Batch]:
        """The batches that nothing more is added to; articles that were replaced are still in them."""
        with writing(self._path):
            self._file.flush()
        return self._full

    def written(self) -> list[Batch]:
        """All batches; articles that were replaced are still in them."""
        return [*self.full(), self._begun] if self._begun.articles else self.full()

    def replaced(self) -> list[Batch]:
        """The articles that later ones replaced."""
        return [Batch(self._path, start, end, 1) for start, end in self._replaced.items()]

    def batches(self) -> list[Batch]:
        """All articles, in the order in which they came, but for those that later ones replaced."""
        without = sorted(self._replaced)
        return [_without(batch, without) for batch in self.written()]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        with contextlib.suppress(OSError):  # a full disk: what was not written is thrown away anyway
            self._file.close()
        self._path.unlink(missing_ok=True)


def _without(batch: Batch, starts: Sequence[int]) -> Batch:
    """A batch but for the articles that begin at some of ``starts``, which are sorted."""
    inside = starts[bisect_left(starts, batch.start) : bisect_left(starts, batch.end)]
    return batch._replace(articles=batch.articles - len(inside), without=frozenset(inside))
