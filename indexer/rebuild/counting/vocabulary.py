"""The vocabulary of a process: pieces of text as numbers, each read once; the words of many texts at once.

A text is what counts a word once: an article, or all that one author says below it.
"""

from __future__ import annotations

from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from kashshaf.analyzers.columns.pieces import LONGEST, hashes_of, places_of, split
from kashshaf.analyzers.columns.ragged import Column
from kashshaf.indexer.rebuild.counting.phrases import phrases_in
from kashshaf.indexer.rebuild.counting.written import BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kashshaf.analyzers.columns.pieces import Hashes, Numbers, Pieces
    from kashshaf.indexer.rebuild.counting.phrases import Flags, Phrases
    from kashshaf.indexer.rebuild.counting.written import Words


class Vocabulary:
    """Pieces of text, numbered, and counts of their words, folded and as written.

    ``words`` has those of any piece, and is asked for each once.
    """

    def __init__(self, words: Mapping[str, Words], key: Hashes) -> None:
        self._words = words
        self._key = key
        self._hashes, self._numbers = np.empty(0, np.uint64), np.empty(0, np.int64)
        self._surfaces: list[str] = []
        self._times = np.zeros(0, np.int64)
        self.folded, self.written = Level(key), Level(key)

    def __len__(self) -> int:
        return len(self._surfaces)

    def count(self, texts: Sequence[Sequence[str]], articles: int) -> dict[str, tuple[str, ...]]:
        """Count the words of texts, given as lines that are not empty; gives the folded words of each line.

        The first ``articles`` of them are articles: their words are counted as written, too.
        """
        lines = [*chain.from_iterable(texts)]
        whole = "\n".join(lines)
        pieces = split(whole, self._key)
        numbers = self._found(whole, pieces)
        bounds = np.searchsorted(pieces.starts, _before(len(line) + 1 for line in lines))
        first_lines = _before(map(len, texts))
        owners = np.repeat(np.arange(len(texts)), np.diff(bounds[first_lines]))
        self._times = _added(self._times, np.bincount(numbers, minlength=len(self)))
        own = bounds[first_lines[articles]]
        self.folded.count(numbers, owners)
        self.written.count(numbers[:own], owners[:own])
        return dict(zip(lines, self.folded.between(numbers, bounds), strict=True))

    def phrases(self, articles: Sequence[Sequence[str]]) -> Phrases:
        """Find the phrases within the lines of each article, which are not counted."""
        lines = [*chain.from_iterable(articles)]
        whole = "\n".join(lines)
        pieces = split(whole, self._key)
        words, before = self.written.of(self._found(whole, pieces))
        bounds = np.searchsorted(pieces.starts, _before(len(line) + 1 for line in lines))
        signs = pieces.bare_starts > pieces.starts, pieces.bare_ends < pieces.ends
        breaks = np.concatenate((before[:-1][signs[0]], before[1:][signs[1]], before[bounds]))
        first_lines = before[bounds[_before(map(len, articles))]]
        owners = np.repeat(np.arange(len(articles)), np.diff(first_lines))
        return phrases_in(np.insert(words, breaks, 0), np.insert(owners, breaks, 0), *self.written.hashed())

    def repeated(self) -> list[str]:
        """The pieces that were met twice at least since it was last asked, but for the longest."""
        again, self._times = np.flatnonzero(self._times > 1), np.zeros(0, np.int64)
        surfaces = map(self._surfaces.__getitem__, again.tolist())
        return [surface for surface in surfaces if len(surface) <= LONGEST]

    def _found(self, text: str, pieces: Pieces) -> Numbers:
        """The number of each piece of a text."""
        places = places_of(pieces.hashes, self._hashes)
        new = np.flatnonzero(places < 0)
        _, first, again = np.unique(pieces.hashes[new], return_index=True, return_inverse=True)
        numbers = np.append(self._numbers, -1)[places]
        numbers[new] = len(self) + again
        self._add(text, pieces, new[first])
        return numbers

    def _add(self, text: str, pieces: Pieces, places: Numbers) -> None:
        """Number the pieces at some places, which are in the order of their hashes."""
        starts, ends, hashes = pieces.bare_starts[places], pieces.bare_ends[places], pieces.hashes[places]
        surfaces = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        kept = np.flatnonzero(ends - starts <= LONGEST)  # a longer one has a hash in this text alone
        at = np.searchsorted(self._hashes, hashes[kept])
        self._hashes = np.insert(self._hashes, at, hashes[kept])
        self._numbers = np.insert(self._numbers, at, len(self) + kept)
        self._surfaces += surfaces
        words = [*map(self._words.__getitem__, surfaces)]
        self.folded.extend([each.folded for each in words])
        self.written.extend([each.written for each in words])


class Level:
    """The words of numbered pieces at one level, numbered themselves, with how many texts have each."""

    def __init__(self, key: Hashes) -> None:
        self._key = key
        self._known = [BREAK]
        self._numbers = {BREAK: 0}
        self._hashes, self._numerals = Column(np.zeros(1, np.uint64)), Column(np.zeros(1, np.bool_))
        self._words, self._starts = Column(np.empty(0, np.int32)), Column(np.zeros(1, np.int64))
        self._counts = np.zeros(0, np.int64)

    def extend(self, pieces: Sequence[tuple[str, ...]]) -> None:
        """Add the words of pieces, which have the next numbers."""
        self._words.extend(np.array([*map(self._number, chain.from_iterable(pieces))], np.int32))
        self._starts.extend(self._starts.all()[-1] + _before(map(len, pieces))[1:])

    def _number(self, word: str) -> int:
        number = self._numbers.setdefault(word, len(self._known))
        if number == len(self._known):
            self._known.append(word)
        return number

    def count(self, pieces: Numbers, texts: Numbers) -> None:
        """Count each word of pieces once a text; ``texts`` has the number of that of each piece."""
        words, bounds = self.of(pieces)
        size = len(self._known)
        found = np.sort(np.repeat(texts, np.diff(bounds)) * size + words)
        distinct = found[np.flatnonzero(np.diff(found, prepend=-1))]  # np.unique takes six times as long
        self._counts = _added(self._counts, np.bincount(distinct % size, minlength=size))

    def taken(self) -> dict[str, int]:
        """The counts since it was last asked, of the words that have one."""
        counts, self._counts = self._counts, np.zeros(0, np.int64)
        places = np.flatnonzero(counts)
        words = map(self._known.__getitem__, places.tolist())
        return dict(zip(words, counts[places].tolist(), strict=True))

    def between(self, pieces: Numbers, bounds: Numbers) -> Iterator[tuple[str, ...]]:
        """The words from each of some pieces, by its place, up to the next one."""
        numbers, before = self.of(pieces)
        words = [*map(self._known.__getitem__, numbers.tolist())]
        return (tuple(words[start:end]) for start, end in pairwise(before[bounds].tolist()))

    def hashed(self) -> tuple[Hashes, Flags]:
        """Give a keyed hash of each word, and tell those that begin with a digit; by their numbers."""
        new = self._known[len(self._hashes) :]
        self._hashes.extend(hashes_of(new, self._key))
        self._numerals.extend(np.array([word[0].isdigit() for word in new], np.bool_))
        return self._hashes.all(), self._numerals.all()

    def of(self, pieces: Numbers) -> tuple[Numbers, Numbers]:
        """The words of pieces, and how many there are before each piece, and in all."""
        starts = self._starts.all()
        begins = starts[pieces]
        lengths = starts[pieces + 1] - begins
        bounds = np.concatenate(([0], np.cumsum(lengths)))
        return self._words.all()[np.repeat(begins - bounds[:-1], lengths) + np.arange(bounds[-1])], bounds


def _added(counts: Numbers, more: Numbers) -> Numbers:
    """Add counts to as many others, or more."""
    more[: len(counts)] += counts
    return more


def _before(lengths: Iterable[int]) -> Numbers:
    """What stands before each of some things of such lengths, and in all."""
    return np.array([*accumulate(lengths, initial=0)], np.int64)
