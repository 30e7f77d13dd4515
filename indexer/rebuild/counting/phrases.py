"""Phrases of two and three words as numbers, so that those of many articles are found and counted at once.

A phrase is the keyed hashes of its words, one after the other. Which words they are is asked of titles alone:
most phrases stand in none, and become no completion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from kashshaf.analyzers.columns.pieces import hashes_of, new_key, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from kashshaf.analyzers.columns.pieces import Hashes, Numbers

    Flags: TypeAlias = NDArray[np.bool_]

TOGETHER = 1 << 15
"""Phrases whose words are hashed at a time: they take some 900 bytes each meanwhile."""
_KEY = new_key()
"""Of each place in a phrase: without it, words could be chosen so that one makes up for another."""


class Phrases(NamedTuple):
    """The phrases of some articles, each once an article: rows of two hashes, and rows of three."""

    pairs: Hashes
    triples: Hashes


def phrases_in(words: Numbers, owners: Numbers, hashes: Hashes, numerals: Flags) -> Phrases:
    """Find the phrases in numbered words, of which 0 is a break; none begins with a number.

    ``owners``: the article of each word. ``hashes`` and ``numerals``: what each number stands for.
    """
    is_word = words > 0
    pair = is_word[:-1] & is_word[1:] & ~numerals[words[:-1]]
    begins = np.flatnonzero(pair), np.flatnonzero(pair[:-1] & is_word[2:])
    rows = [hashes[words[each[:, None] + np.arange(size)]] for size, each in enumerate(begins, 2)]
    return Phrases(*[some[_once(owners[at], some)] for at, some in zip(begins, rows, strict=True)])


def _once(owners: Numbers, phrases: Hashes) -> Numbers:
    """The places of phrases, without those that stood before with the same owner."""
    whole = joined(phrases)
    order = np.lexsort((whole, owners))
    again = (np.diff(whole[order]) == 0) & (np.diff(owners[order]) == 0)
    return order[np.flatnonzero(~np.concatenate(([False], again)))] if len(order) else order


def joined(phrases: Hashes) -> Hashes:
    """One hash for each phrase, the same in this process."""
    found: Hashes = (phrases * _KEY[: phrases.shape[1]]).sum(1, dtype=np.uint64)
    return found


def hashed(phrases: Sequence[str], words: int, key: Hashes) -> Hashes:
    """The rows of phrases of so many words, which a space parts; ``TOGETHER`` at a time."""
    some = (phrases[at : at + TOGETHER] for at in range(0, len(phrases), TOGETHER))
    rows = [hashes_of(" ".join(each).split(" "), key).reshape(-1, words) for each in some]
    return np.concatenate((np.empty((0, words), np.uint64), *rows))


def counted(some: Iterable[Hashes], wanted: Hashes) -> Numbers:
    """How often each of the hashes that are wanted stands in some others."""
    known, places = np.unique(wanted, return_inverse=True)
    found = np.zeros(len(known) + 1, np.int64)
    for each in some:
        found += np.bincount(places_of(each, known) + 1, minlength=len(found))
    return found[1:][places]
