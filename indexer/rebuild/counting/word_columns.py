"""The words of many texts at once, as columns of numbers: each piece of text is looked up once for all.

A text is what counts a word once: an article, or all that one author says below it.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate, chain, compress, count, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kashshaf.analyzers.columns.pieces import new_key, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from kashshaf.analyzers.columns.pieces import Numbers
    from kashshaf.indexer.rebuild.counting.written import Words

_KEY = new_key()
CELLS = 1 << 23
"""Texts times words of which it is noted at a time whether one has the other."""


class Level(NamedTuple):
    """The words of pieces, as they are at one level.

    ``known``: each word once; ``words``: the place in there of each word of the pieces, in order; ``bounds``:
    the number of words before each piece, and of all.
    """

    known: Sequence[str]
    words: Numbers
    bounds: Numbers

    @classmethod
    def of(cls, found: Sequence[tuple[str, ...]], pieces: Numbers) -> Self:
        """Make the level of pieces, each by the place of its words in ``found``."""
        places: defaultdict[str, int] = defaultdict(count().__next__)
        words = np.array([*map(places.__getitem__, chain.from_iterable(found))], np.int64)
        starts = _before(map(len, found))
        lengths = np.diff(starts)[pieces]
        bounds = np.concatenate(([0], np.cumsum(lengths)))
        each = np.repeat(starts[pieces] - bounds[:-1], lengths) + np.arange(bounds[-1])
        return cls([*places], words[each], bounds)

    def counts(self, texts: Numbers, size: int) -> dict[str, int]:
        """Count those of the first texts, of which there are ``size``, that have each word.

        ``texts``: the number of that of each piece, in order.
        """
        owners = np.repeat(texts, np.diff(self.bounds))
        found = np.zeros(len(self.known), np.int64)
        together = max(1, CELLS // max(1, len(self.known)))
        for first in range(0, size, together):
            after = min(first + together, size)
            start, end = np.searchsorted(owners, (first, after))
            has_word = np.zeros((after - first, len(self.known)), bool)
            has_word[owners[start:end] - first, self.words[start:end]] = True
            found += has_word.sum(0)
        return {word: number for word, number in zip(self.known, found.tolist(), strict=True) if number}

    def between(self, bounds: Numbers) -> Iterator[tuple[str, ...]]:
        """The words from each of some pieces up to the next one."""
        words = np.array([*self.known, None], object)[self.words].tolist()
        return (tuple(words[start:end]) for start, end in pairwise(self.bounds[bounds].tolist()))


class WordColumns(NamedTuple):
    """The words of texts, folded and as written.

    ``lines``: of all texts; ``bounds``: the number of pieces before each, and of all. ``texts``: the number
    of its text for each piece. ``met``: each piece once, and once more if it was met again.
    """

    lines: Sequence[str]
    bounds: Numbers
    texts: Numbers
    folded: Level
    written: Level
    met: Iterable[str]

    def folded_lines(self) -> dict[str, tuple[str, ...]]:
        """The folded words of each line."""
        return dict(zip(self.lines, self.folded.between(self.bounds), strict=True))


def read(texts: Sequence[Sequence[str]], known: Mapping[str, Words]) -> WordColumns:
    """Read some texts of lines, which are not empty; ``known`` has the words of any piece."""
    lines = [*chain.from_iterable(texts)]
    whole = "\n".join(lines)
    pieces = split(whole, _KEY)
    _, first, numbers, times = np.unique(
        pieces.hashes, return_index=True, return_inverse=True, return_counts=True
    )
    bounds = np.searchsorted(pieces.starts, _before(len(line) + 1 for line in lines))
    pieces_of = np.diff(bounds[_before(map(len, texts))])
    places = zip(pieces.bare_starts[first].tolist(), pieces.bare_ends[first].tolist(), strict=True)
    surfaces = [whole[start:end] for start, end in places]
    words = [*map(known.__getitem__, surfaces)]
    return WordColumns(
        lines,
        bounds,
        np.repeat(np.arange(len(texts)), pieces_of),
        Level.of([each.folded for each in words], numbers),
        Level.of([each.written for each in words], numbers),
        chain(surfaces, compress(surfaces, (times > 1).tolist())),
    )


def _before(lengths: Iterable[int]) -> Numbers:
    """What stands before each of some things of such lengths, and in all."""
    return np.array([*accumulate(lengths, initial=0)], np.int64)
