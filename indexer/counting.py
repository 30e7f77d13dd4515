"""How often words are attested in a corpus: the first pass of a rebuild, from which stems are proved."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from analyzers.arabic import MEMO_SIZE, written
from analyzers.letters import LETTERS
from analyzers.memo import Memo
from analyzers.tokenize import kind_of, surfaces
from indexer.workers import Workers, processes_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self

    from index.documents import Article
    from indexer.progress import Step
    from indexer.spool import Batch, Spool

ARABIC = re.compile(f"[{LETTERS}]+")
MOST = 2_000_000
"""Distinct words counted at a time: beyond it those seen once so far are dropped; most are misspellings."""
TOGETHER = 16
"""Batches counted as one: what is counted of them is handed over, and added up, once."""


class Counting:
    """Counts in how many documents of a spool each folded word occurs.

    Comments count once an author and article. Where other processes pay, they count while articles are read.
    """

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._workers: Workers[Sequence[Batch], Counter[str]] | None = None
        self._begun: list[tuple[int, Callable[[], Counter[str]]]] = []
        self._batches = 0

    def begin(self) -> None:
        """Have the batches counted that are full by now, if other processes can do it."""
        processes = processes_for(len(self._spool))
        if processes > 1:
            self._workers = self._workers or Workers(_Count(), processes)
            self._begin(self._spool.full(), self._workers)

    def counts(self, step: Step) -> Counter[str]:
        """The counts of all articles, without what later ones replaced."""
        workers = self._workers or Workers(_Count(), 1)
        replaced = [workers.begin(self._spool.replaced())]
        self._begin(self._spool.written(), workers, least=1)
        counts: Counter[str] = Counter()
        for articles, counted in self._begun:
            counts.update(counted())
            counts = bounded(counts)
            step(articles)
        for counted in replaced:
            counts.subtract(counted())
        return +counts

    def _begin(
        self, batches: Sequence[Batch], workers: Workers[Sequence[Batch], Counter[str]], least: int = TOGETHER
    ) -> None:
        while len(batches) - self._batches >= least:
            some = batches[self._batches : self._batches + TOGETHER]
            self._begun.append((sum(batch.articles for batch in some), workers.begin(some)))
            self._batches += len(some)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *raised: object) -> None:
        if self._workers is not None:
            self._workers.__exit__(kind, *raised)


class _Count:
    """Counts the words of some batches; keeps the folded words of the pieces of text it has seen."""

    def __init__(self) -> None:
        self._folded = _Folded()

    def __call__(self, batches: Sequence[Batch]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for article in chain.from_iterable(batch.read() for batch in batches):
            for texts in _documents(article):
                pieces = set(chain.from_iterable(map(str.split, texts)))
                counts.update(set(chain.from_iterable(map(self._folded.__getitem__, pieces))))
            if len(counts) > MOST:
                counts = bounded(counts)
        return counts


def bounded(counts: Counter[str]) -> Counter[str]:
    """The counts, without those of one where there are too many."""
    if len(counts) <= MOST:
        return counts
    return Counter({word: count for word, count in counts.items() if count > 1})


class _Folded(Memo[tuple[str, ...]]):
    """The folded Arabic words in a piece of text without spaces. Nothing is stemmed before all is counted."""

    def __init__(self) -> None:
        super().__init__(MEMO_SIZE)

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = self.find(piece)
        if found is None:
            folded = (written(surface, kind_of(surface))[1] for surface in surfaces(piece))
            found = self.keep(piece, tuple(filter(ARABIC.fullmatch, folded)))
        return found


def _documents(article: Article) -> Iterator[list[str]]:
    """The article itself, and what each author says below it."""
    parts = [text for section in article.sections for text in (section.heading, section.text)]
    yield [article.kicker, article.title, article.lead, *parts]
    by_author: dict[str, list[str]] = {}
    for comment in article.comments:
        by_author.setdefault(comment.author, []).append(comment.text)
    yield from by_author.values()
