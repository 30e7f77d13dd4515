"""The first pass of a rebuild: counts of words, by which stems are proved, sketches, and texts as written."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from kashshaf.analyzers.letters import LETTERS
from kashshaf.index.stories.shingles import Texts
from kashshaf.indexer.rebuild.counting import written
from kashshaf.indexer.rebuild.counting.vocabulary import Vocabulary
from kashshaf.indexer.rebuild.counting.written import PieceWords, Written, folded_words
from kashshaf.indexer.rebuild.workers import processes_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kashshaf.analyzers.columns.pieces import Hashes
    from kashshaf.index.documents import Article
    from kashshaf.indexer.progress import Step
    from kashshaf.indexer.rebuild.counting.collected import Collected
    from kashshaf.indexer.rebuild.freeze import RepeatedPieces
    from kashshaf.indexer.rebuild.spool import Batch, Spool
    from kashshaf.indexer.rebuild.workers import Pool, Result, Workers

ARABIC = re.compile(f"[{LETTERS}]+")
MOST = 2_000_000
"""Distinct words counted at a time: beyond it those seen once so far are dropped; most are misspellings."""
FEWEST, MOST_TOGETHER = 8, 64
"""Batches counted as one, at first and later: what is counted of them is handed over, and added up, once."""

READ_TOGETHER = 4
"""Batches whose texts are read as one: a megabyte."""
MOST_PIECES = 1 << 18
"""Pieces of a vocabulary, some 300 bytes each; beyond it is begun anew."""


class Counted(NamedTuple):
    """Counts of some articles: documents that have each word, a sketch by id, and texts as written.

    ``pieces``: those of text that stand in them twice.
    """

    words: Counter[str]
    sketches: list[tuple[str, bytes]]
    written: Written
    pieces: list[str]


Noting = Callable[[list[tuple[str, bytes]]], None]


class WordCounter:
    """Counts the documents of a spool that have each folded word, and gives their sketches to ``note``.

    Comments count once an author and article. Where other processes pay, they count while articles are read.
    What is written in the articles is in ``collected`` after ``counts``, what they repeat in ``pieces``.
    """

    def __init__(
        self, spool: Spool, note: Noting, collected: Collected, pieces: RepeatedPieces, pool: Pool
    ) -> None:
        self._spool = spool
        self._pool = pool
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
            self._workers = self._workers or self._pool.workers(CountBatches(self._collected.key), processes)
            full = self._spool.full()
            while len(full) - self._batches >= (together := min(max(FEWEST, self._batches), MOST_TOGETHER)):
                self._submit(full, self._workers, together)
        while self._submitted and self._submitted[0].is_done():
            self._add(self._submitted.popleft())

    def counts(self, step: Step) -> Counter[str]:
        """The counts of all articles, without what later ones replaced."""
        with self._workers or self._pool.workers(CountBatches(self._collected.key), 1) as workers:
            replaced = workers.submit(self._spool.replaced())
            batches = self._spool.written()
            while rest := len(batches) - self._batches:  # less and less, so that all end at the same time
                share = ceil(rest / (2 * workers.processes))
                self._submit(batches, workers, min(max(READ_TOGETHER, share), MOST_TOGETHER))
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
        self, batches: Sequence[Batch], workers: Workers[Sequence[Batch], Counted], together: int
    ) -> None:
        some = batches[self._batches : self._batches + together]
        self._submitted.append(workers.submit(some))
        self._batches += len(some)


class CountBatches:
    """The task of counting batches; remembers the words of pieces. ``key``: of the hashes of words."""

    def __init__(self, key: Hashes) -> None:
        self._key = key
        self._pieces = PieceWords()
        self._vocabulary = Vocabulary(self._pieces, key)
        self._lines: dict[str, tuple[str, ...]] = {}
        self._texts = Texts(self._folded)

    def __call__(self, batches: Sequence[Batch]) -> Counted:
        """The counts and sketches of the articles of some batches."""
        found = Counted(Counter(), [], written.nothing(), [])
        for at in range(0, len(batches), READ_TOGETHER):
            self._count(batches[at : at + READ_TOGETHER], found)
            if len(self._vocabulary) > MOST_PIECES:
                found = self._taken(found)
                self._vocabulary = Vocabulary(self._pieces, self._key)
        self._lines = {}
        return self._taken(found)

    def _count(self, batches: Sequence[Batch], found: Counted) -> None:
        """Count the words of articles, and those of each author below them."""
        articles = [*chain.from_iterable(batch.read() for batch in batches)]
        texts = [*map(_own_lines, articles), *chain.from_iterable(map(_said, articles))]
        self._lines = self._vocabulary.count(texts, len(articles))
        for article in articles:
            found.sketches.append((article.id, self._texts.of(article).sketch()))
            written.note(article, found.written)
        found.written.phrases.append(self._vocabulary.phrases([*map(written.headlines, articles)]))

    def _taken(self, found: Counted) -> Counted:
        """What was found, with what the vocabulary has counted by now."""
        words = self._vocabulary.folded.taken()
        found.words.update({word: times for word, times in words.items() if ARABIC.fullmatch(word)})
        found.written.words.update(self._vocabulary.written.taken())
        found.pieces.extend(self._vocabulary.repeated())
        return found._replace(words=bounded(found.words))

    def _folded(self, line: str) -> tuple[str, ...]:
        """The folded words of a line, in order."""
        known = self._lines.get(line)
        return tuple(folded_words(map(self._pieces.__getitem__, line.split()))) if known is None else known


def bounded(counts: Counter[str]) -> Counter[str]:
    """The counts; without those of 1 where there are more than MOST words."""
    if len(counts) <= MOST:
        return counts
    return Counter({word: count for word, count in counts.items() if count > 1})


def _own_lines(article: Article) -> list[str]:
    body = (text for part in article.sections for text in (part.heading, part.text))
    return _lines((article.kicker, article.title, article.lead, *body))


def _said(article: Article) -> Iterator[list[str]]:
    """The lines of each author's comments."""
    by_author: dict[str, list[str]] = {}
    for comment in article.comments:
        by_author.setdefault(comment.author, []).append(comment.text)
    return map(_lines, by_author.values())


def _lines(texts: Iterable[str]) -> list[str]:
    """The lines of some texts that are not empty, each once."""
    return [*dict.fromkeys(line for text in texts for line in text.split("\n") if line)]
