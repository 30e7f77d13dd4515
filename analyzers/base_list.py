"""The shipped lists and the lemma table on single words, in blocks that stand in the file of a lexicon.

To read them whole takes half a second, which a search in a terminal, or the first one of a server, would
spend on a word that the corpus does not have. A block is a record of ``analyzers/lexicon_file.py``: its first
word and, compressed, sorted lines of a word, its count, its lemmas and its spellings. The blocks are shipped
as ``bench/shipped/base_list.py`` made them, of ``base.tsv``, ``written.tsv`` and the lemmas of simplemma.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from pkgutil import get_data
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FILE = "base_list.bin"
LEMMAS = "2.0.0"
"""The release of simplemma whose lemmas are in the file."""

BLOCK = 128
"""Lines of a block: some 3 kB, which take 10 microseconds to open."""
LARGEST = 1 << 20
"""Bytes of a block at most, far beyond any: a damaged file may claim to hold more."""
OPEN = 256
"""Blocks that stay open: the rules ask for words that begin alike."""


class Prior(NamedTuple):
    """A folded word without a corpus: how often it occurs in ten million words, and its folded lemmas."""

    attested: int
    lemmas: tuple[str, ...]
    written: tuple[str, ...]
    """The likely spellings of a word that folding made one with another."""


NOTHING = Prior(0, (), ())


_LENGTH = struct.Struct("<I")


@cache
def blocks() -> tuple[bytes, ...]:
    """The blocks of all words."""
    data = get_data("kashshaf.analyzers.data", FILE) or b""
    (count,) = _LENGTH.unpack_from(data)
    lengths = struct.unpack_from(f"<{count}I", data, _LENGTH.size)
    places = accumulate(lengths, initial=(1 + count) * _LENGTH.size)
    return tuple(data[start:end] for start, end in pairwise(places))


def packed(blocks: Sequence[bytes]) -> bytes:
    """Pack blocks as the shipped file has them: their number, the length of each, and they themselves."""
    numbers = struct.pack(f"<{1 + len(blocks)}I", len(blocks), *map(len, blocks))
    return b"".join((numbers, *blocks))


def block_of(lines: Sequence[tuple[str, Prior]]) -> bytes:
    """Make a block of sorted words."""
    rows = (
        f"{word}\t{said.attested}\t{' '.join(said.lemmas)}\t{' '.join(said.written)}" for word, said in lines
    )
    return lines[0][0].encode() + b"\t" + zlib.compress("\n{}\n".format("\n".join(rows)).encode())


class Lists(NamedTuple):
    """The cells of all blocks that are not empty, by the word."""

    counts: dict[str, int]
    lemmas: dict[str, tuple[str, ...]]
    written: dict[str, tuple[str, ...]]


def read_whole() -> Lists:
    """Read lists and table whole, anew: whoever reads them may change them, and lets go of them."""
    found = Lists({}, {}, {})
    for word, count, lemmas, written in _rows():
        if count != "0":
            found.counts[word] = int(count)
        if lemmas:
            found.lemmas[word] = tuple(lemmas.split(" "))
        if written:
            found.written[word] = tuple(written.split(" "))
    return found


_lists = cache(read_whole)


def base_counts() -> dict[str, int]:
    """The shipped list: folded words and how often each occurs in ten million."""
    return _lists().counts


def lemmas_of(word: str) -> tuple[str, ...]:
    """The folded lemmas of a folded word; none where the table does not know it."""
    return _lists().lemmas.get(word, ())


def written_of(word: str) -> tuple[str, ...]:
    """The likely spellings of a folded word; none where its letters say all there is to know."""
    return _lists().written.get(word, ())


def prior(word: str) -> Prior:
    """The counts, lemmas and spellings of a folded word, by lists and table read whole."""
    return Prior(base_counts().get(word, 0), lemmas_of(word), written_of(word))


def _rows() -> Iterator[list[str]]:
    """The cells of each line of all blocks."""
    for block in blocks():
        text = zlib.decompress(block.partition(b"\t")[2]).decode()
        yield from [line.split("\t") for line in text[1:-1].split("\n")]


def look_up(block: bytes, word: str) -> Prior:
    """The entry of a word in a compressed block; ValueError where that is damaged."""
    lines = _opened(block)
    start = lines.find(f"\n{word}\t")
    if start < 0:
        return NOTHING
    count, lemmas, written = lines[start + len(word) + 2 : lines.index("\n", start + 1)].split("\t")
    return Prior(int(count), tuple(lemmas.split()), tuple(written.split()))


@lru_cache(OPEN)
def _opened(block: bytes) -> str:
    try:
        return zlib.decompressobj().decompress(block, LARGEST).decode()
    except zlib.error as error:
        raise ValueError from error
