"""The first pass of a rebuild: counts of words, by which stems are proved, sketches, and texts as written."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable
from itertools import chain
from operator import methodcaller
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.letters import LETTERS
from kashshaf.index.stories.shingles import Texts
from kashshaf.indexer.rebuild import written
from kashshaf.indexer.rebuild.finished import repeated
from kashshaf.indexer.rebuild.workers import Result, Workers, processes_for
from kashshaf.indexer.rebuild.written import PieceWords, Words, Written, folded_words, written_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self

    from kashshaf.index.documents import Article
    from kashshaf.indexer.progress import Step
    from kashshaf.indexer.rebuild.collected import Collected
    from kashshaf.indexer.rebuild.finished import RepeatedPieces
    from kashshaf.indexer.rebuild.spool import Batch, Spool

ARABIC = re.compile(f"[{LETTERS}]+")
MOST = 2_000_000
"""Distinct words counted at a time: beyond it those seen once so far are dropped; most are misspellings."""
TOGETHER = 64
"""Batches counted as one: what is counted of them is handed over, and added up, once."""


class Counted(NamedTuple):
    """Counts of some articles: documents that have each word, a sketch by id, and texts as written.

    ``pieces``: lines of the pieces of text that stand in them twice.
    """

    words: Counter[str]
    sketches: list[tuple[str, bytes]]
    written: Written
    pieces: bytes


Noting = Callable[[list[tuple[str, bytes]]], None]


class WordCounter:
    """Counts the documents of a spool that have each folded word, and gives their sketches to ``note``.

    Comments count once an author and article. Where other processes pay, they count while articles are read.
    What is written in the articles is in ``collected`` after ``counts``, what they repeat in ``pieces``.
    """

    def __init__(self, spool: Spool, note: Noting, collected: Collected, pieces: RepeatedPieces) -> None:
        self._spool = spool
        self._note = note
        self._collected = collected
        self._pieces = pieces
        self._workers: Workers[Sequence[Batch], Counted] | None = None
        self._submitted: deque[Result[Counted]] = deque()
        self._batches = self._taken = 0
        self._counts: Counter[str] = Counter()

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
        self._collected.replace(replaced.result().written)
        return +self._counts

    def _add(self, submitted: Result[Counted]) -> int:
        """Add a result to the counts; gives the number of its articles."""
        found = submitted.result()
        self._note(found.sketches)
        self._counts.update(found.words)
        self._counts = bounded(self._counts)
        self._collected.add(found.written)
        self._pieces.add(found.pieces)
        self._collected.words = bounded(self._collected.words)
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


_split = methodcaller("split", "\n")


class _Lines(dict[str, Words]):
    """The words of each line of an article: its sketch and its counts are made of the same lines."""

    def __init__(self, pieces: PieceWords) -> None:
        super().__init__()
        self._piece = pieces.__getitem__
        self.met: Counter[str] = Counter()
        """How often each piece was met."""

    def __missing__(self, line: str) -> Words:
        split = line.split()
        self.met.update(split)
        pieces = [*map(self._piece, split)]
        found = self[line] = Words(tuple(folded_words(pieces)), tuple(written_words(pieces)))
        return found

    def folded(self, line: str) -> tuple[str, ...]:
        """The folded words of a line, in order."""
        return self[line].folded

    def of(self, texts: Iterable[str]) -> list[Words]:
        """The words of each line of some texts."""
        return [*map(self.__getitem__, chain.from_iterable(map(_split, texts)))]


class CountBatches:
    """The task of counting batches; remembers the words of pieces of text."""

    def __init__(self) -> None:
        self._pieces = PieceWords()
        self._lines = _Lines(self._pieces)
        self._texts = Texts(self._lines.folded)

    def __call__(self, batches: Sequence[Batch]) -> Counted:
        """The counts and sketches of the articles of some batches."""
        counts: Counter[str] = Counter()
        sketches = []
        found = written.nothing()
        for article in chain.from_iterable(batch.read() for batch in batches):
            self._lines.clear()
            sketches.append((article.id, self._texts.of(article).sketch()))
            self._count(article, counts, found)
            if len(counts) > MOST:
                counts = bounded(counts)
        arabic = filter(ARABIC.fullmatch, counts)
        pieces = repeated(self._lines.met)
        self._lines.met.clear()
        return Counted(Counter({word: counts[word] for word in arabic}), sketches, found, pieces)

    def _count(self, article: Article, counts: Counter[str], found: Written) -> None:
        """Count the words of an article, and those of each author below it."""
        texts = (article.kicker, article.title, article.lead, *(part.text for part in article.sections))
        own = self._lines.of(texts)
        headings = self._lines.of(part.heading for part in article.sections)
        counts.update({*folded_words(own), *folded_words(headings)})
        found.words.update({*written_words(own)})
        written.note(article, self._pieces, found)
        for said in _by_author(article):
            counts.update({*folded_words(self._lines.of(said))})


def bounded(counts: Counter[str]) -> Counter[str]:
    """The counts; without those of 1 where there are more than MOST words."""
    if len(counts) <= MOST:
        return counts
    return Counter({word: count for word, count in counts.items() if count > 1})


def _by_author(article: Article) -> Iterable[list[str]]:
    """The comments of each author."""
    by_author: dict[str, list[str]] = {}
    for comment in article.comments:
        by_author.setdefault(comment.author, []).append(comment.text)
    return by_author.values()
