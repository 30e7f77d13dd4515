"""The pieces of a text between spaces as columns: where each begins and ends, and a keyed hash of it.

The hash is multilinear: the sum of the code points, each multiplied by a random number of its place. Of two
pieces that differ it is the same with a probability of 2⁻⁴³ at most, whoever chose them: their author would
have to know the key, which is made anew for each rebuild.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]
    Hashes: TypeAlias = NDArray[np.uint64]

LONGEST = 64
"""Letters of a piece that has a hash: longer ones are rare, and each has a number of its own for one."""
_LAST_SPACE = ord("\N{IDEOGRAPHIC SPACE}")
_IS_SPACE = np.array([chr(code).isspace() for code in range(_LAST_SPACE + 2)])
"""Of each code point as far as the last one of white space, and of the next for all beyond."""


def new_key() -> Hashes:
    """Make a key: an odd random number for each place in a piece."""
    return np.random.default_rng().integers(1 << 64, size=LONGEST, dtype=np.uint64) | np.uint64(1)


class Pieces(NamedTuple):
    """The pieces of ``text.split()``: their first and last places in it, the latter exclusive, and hashes."""

    starts: Numbers
    ends: Numbers
    hashes: Hashes


def split(text: str, key: Hashes) -> Pieces:
    """Split a text at white space as ``str.split`` does, and hash its pieces; linear in its length."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    is_space = _IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)]
    edges = np.flatnonzero(np.diff(is_space, prepend=True, append=True))
    starts, ends = edges[::2], edges[1::2]
    return Pieces(starts, ends, _hashes(codes[~is_space], ends - starts, key))


def _hashes(letters: NDArray[np.uint32], lengths: Numbers, key: Hashes) -> Hashes:
    """Hash pieces of such lengths, whose letters follow one another."""
    if not len(lengths):
        return np.empty(0, np.uint64)
    starts = np.cumsum(lengths) - lengths
    places = np.arange(len(letters)) - np.repeat(starts, lengths)
    products = (letters + np.uint64(1)) * key[np.minimum(places, LONGEST - 1)]  # a letter of 0 counts too
    hashes = np.add.reduceat(products, starts)
    longer = np.flatnonzero(lengths > LONGEST)
    hashes[longer] = np.arange(len(longer))
    return hashes
