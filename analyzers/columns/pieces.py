"""The pieces of a text between spaces as columns: where each begins and ends, and a keyed hash of its inside.

The hash is multilinear: the sum of the code points, each multiplied by a random number of its place. Of two
pieces that differ it is the same with a probability of 2⁻⁴³ at most, whoever chose them: their author would
have to know the key, which is made anew for each rebuild.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from kashshaf.analyzers.tokenize import EDGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]
    Hashes: TypeAlias = NDArray[np.uint64]

LONGEST = 64
"""Letters of a piece that has a hash: longer ones are rare, and each has its place for one."""
BLOCK = 1 << 20
"""Characters whose columns are made at a time."""
_INNER, _EDGE, _SPACE = range(3)
_LAST = ord("\N{IDEOGRAPHIC SPACE}")
"""The last code point that is white space, or a sign at an edge."""
_KINDS = np.array(
    [_SPACE if chr(code).isspace() else _EDGE if chr(code) in EDGES else _INNER for code in range(_LAST + 2)],
    np.uint8,
)
"""Of each code point as far as that, and of the next for all beyond."""


def new_key() -> Hashes:
    """Make a key: an odd random number for each place in a piece."""
    return np.random.default_rng().integers(1 << 64, size=LONGEST, dtype=np.uint64) | np.uint64(1)


class Pieces(NamedTuple):
    """The pieces of ``text.split()``: the first and last places of each, the latter exclusive.

    ``bare_starts`` and ``bare_ends``: those without the signs at its edges, which are part of no word; of a
    piece of such signs alone they are its own. ``hashes``: of what is between them.
    """

    starts: Numbers
    ends: Numbers
    bare_starts: Numbers
    bare_ends: Numbers
    hashes: Hashes


def split(text: str, key: Hashes) -> Pieces:
    """Split a text at white space as ``str.split`` does, and hash its pieces; linear in its length."""
    found = [_split(text[start:end], start, key) for start, end in _blocks(text)] or [_split("", 0, key)]
    return Pieces(*map(np.concatenate, zip(*found, strict=True)))


def hashes_of(words: Sequence[str], key: Hashes) -> Hashes:
    """Hash words, none of which is empty; of letters after the first ``LONGEST`` the order does not count."""
    ends = np.array([*accumulate(map(len, words))], np.int64)
    codes = np.frombuffer(f"{''.join(words)} ".encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    return _hashes(codes, np.append(0, ends[:-1]) if words else ends, ends, key)


def places_of(hashes: Hashes, known: Hashes) -> Numbers:
    """Find the place of each of some hashes among sorted ones; -1 of one that is not there."""
    found = np.full(len(hashes), -1)
    if len(known):
        order = np.argsort(hashes)  # in order they are found three times as fast
        ordered = hashes[order]
        places = np.minimum(np.searchsorted(known, ordered), len(known) - 1)
        found[order] = np.where(known[places] == ordered, places, -1)
    return found


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of parts of a text that end before white space; a longer one is one piece."""
    parts = re.finditer(rf"(?s:.{{1,{BLOCK}}})(?=\s|\Z)|\S+", text)
    return (part.span() for part in parts)


def _split(text: str, place: int, key: Hashes) -> Pieces:
    """Split a part of a text that begins at ``place``."""
    if len(text) > BLOCK:
        return _one(text, place)
    codes = np.frombuffer(f"{text} ".encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    kinds = np.take(_KINDS, codes, mode="clip")
    borders = np.flatnonzero(np.diff(kinds == _SPACE, prepend=True))
    starts, ends = borders[::2], borders[1::2]
    inner = np.flatnonzero(kinds == _INNER)
    before = np.concatenate(([0], np.cumsum(kinds == _INNER)))
    first, last = before[starts], before[ends]
    inner = np.append(inner, len(codes))  # so that there is one at each place that is looked at
    has_inner = first < last
    bare_starts = np.where(has_inner, inner[first], starts)
    bare_ends = np.where(has_inner, inner[last - 1] + 1, ends)
    hashes = _hashes(codes, bare_starts, bare_ends, key)
    longer = bare_ends - bare_starts > LONGEST
    hashes[longer] = (place + bare_starts)[longer]
    return Pieces(place + starts, place + ends, place + bare_starts, place + bare_ends, hashes)


def _one(piece: str, place: int) -> Pieces:
    """Find the inside of one piece."""
    bare = piece.strip(EDGES) or piece
    start = place + piece.index(bare)
    starts, ends, bare_starts, bare_ends = (
        np.array([at]) for at in (place, place + len(piece), start, start + len(bare))
    )
    return Pieces(starts, ends, bare_starts, bare_ends, np.array([start], np.uint64))


def _hashes(codes: NDArray[np.uint32], starts: Numbers, ends: Numbers, key: Hashes) -> Hashes:
    """Hash what is between places, none of which is empty or at the end of the codes."""
    if not len(starts):
        return np.empty(0, np.uint64)
    within = np.arange(len(codes))  # each code's place from the last start
    within[starts[0] :] -= np.repeat(starts, np.diff(starts, append=len(codes)))
    products = np.take(key, within, mode="clip") * (codes + np.uint64(1))  # so that a letter of 0 counts
    return np.add.reduceat(products, np.stack((starts, ends), 1).ravel())[::2]
