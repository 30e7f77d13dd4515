"""The first pass of a rebuild: counts of words, by which stems are proved, sketches, and texts as written."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.analyzers.letters import LETTERS
from kashshaf.index.stories.shingles import Texts
from kashshaf.indexer.rebuild import written
from kashshaf.indexer.rebuild.workers import Result, Workers, processes_for
from kashshaf.indexer.rebuild.written import Written, WrittenTexts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Self

    from kashshaf.index.documents import Article
    from kashshaf.indexer.progress import Step
    from kashshaf.indexer.rebuild.spool import Batch, Spool

ARABIC = re.compile(f"[{LETTERS}]+")
MOST = 2_000_000
"""Distinct words counted at a time: beyond it those seen once so far are dropped; most are misspellings."""
TOGETHER = 16
"""Batches counted as one: what is counted of them is handed over, and added up, once."""


class Counted(NamedTuple):
    """Counts of some articles: documents that have each word, a sketch by id, and texts as written."""

    words: Counter[str]
    sketches: list[tuple[str, bytes]]
    written: Written


Noting = Callable[[list[tuple[str, bytes]]], None]


class WordCounter:
    """Counts the documents of a spool that have each folded word, and gives their sketches to ``note``.

    Comments count once an author and article. Where other processes pay, they count while articles are read.
    """

    def __init__(self, spool: Spool, note: Noting) -> None:
        self._spool = spool
        self._note = note
        self._workers: Workers[Sequence[Batch], Counted] | None = None
        self._submitted: deque[Result[Counted]] = deque()
        self._batches = self._taken = 0
        self._counts: Counter[str] = Counter()
        self.written = written.nothing()
        """The words, phrases, names and titles of articles as they are written; whole after ``counts``."""

    def count_full(self) -> None:
        """Submit the batches that are full by now, if there are other processes."""
        processes = processes_for(len(self._spool))
        if processes > 1:
            self._workers = self._workers or Workers(CountBatches(), processes)
            self._submit(self._spool.full(), self._workers)
        while self._submitted and self._submitted[0].is_done():
            self._add(self._submitted.popleft())

    def counts(self, step: Step) -> Counter[str]:
        """The counts of all articles, without what later ones replaced."""
        workers = self._workers or Workers(CountBatches(), 1)
        replaced = workers.submit(self._spool.replaced())
        self._submit(self._spool.written(), workers, least=1)
        step(self._taken)
        while self._submitted:
            step(self._add(self._submitted.popleft()))
        self._counts.subtract(replaced.result().words)
        written.subtract(self.written, replaced.result().written)
        return +self._counts

    def _add(self, submitted: Result[Counted]) -> int:
        """Add a result to the counts; gives the number of its articles."""
        found = submitted.result()
        self._note(found.sketches)
        self._counts.update(found.words)
        self._counts = bounded(self._counts)
        self.written = _bounded(written.add(self.written, found.written))
        self._taken += len(found.sketches)
        return len(found.sketches)

    def _submit(
        self, batches: Sequence[Batch], workers: Workers[Sequence[Batch], Counted], least: int = TOGETHER
    ) -> None:
        while len(batches) - self._batches >= least:
            some = batches[self._batches : self._batches + TOGETHER]
            self._submitted.append(workers.submit(some))
            self._batches += len(some)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *raised: object) -> None:
        if self._workers is not None:
            self._workers.__exit__(kind, *raised)


class CountBatches:
    """The task of counting batches; remembers the folded words of pieces of text."""

    def __init__(self) -> None:
        self._pieces = FoldedWords()
        self._texts = Texts(self._pieces)
        self._written = WrittenTexts()

    def __call__(self, batches: Sequence[Batch]) -> Counted:
        """The counts and sketches of the articles of some batches."""
        counts: Counter[str] = Counter()
        sketches = []
        found = written.nothing()
        for article in chain.from_iterable(batch.read() for batch in batches):
            sketches.append((article.id, self._texts.of(article).sketch()))
            self._written.note(article, found)
            for texts in _documents(article):
                pieces = set(chain.from_iterable(map(str.split, texts)))
                counts.update(set(chain.from_iterable(map(self._pieces.__getitem__, pieces))))
            if len(counts) > MOST:
                counts = bounded(counts)
        arabic = filter(ARABIC.fullmatch, counts)
        return Counted(Counter({word: counts[word] for word in arabic}), sketches, _bounded(found))


def _bounded(found: Written) -> Written:
    return found._replace(words=bounded(found.words), phrases=bounded(found.phrases))


def bounded(counts: Counter[str]) -> Counter[str]:
    """The counts; without those of 1 where there are more than MOST words."""
    if len(counts) <= MOST:
        return counts
    return Counter({word: count for word, count in counts.items() if count > 1})


def _documents(article: Article) -> Iterator[list[str]]:
    """The article itself, and what each author says below it."""
    parts = [text for section in article.sections for text in (section.heading, section.text)]
    yield [article.kicker, article.title, article.lead, *parts]
    by_author: dict[str, list[str]] = {}
    for comment in article.comments:
        by_author.setdefault(comment.author, []).append(comment.text)
    yield from by_author.values()
