"""What the shipped list and the lemma table say of words, in blocks that stand in the file of a lexicon.

To read the two takes a second, which a search in a terminal, or the first one of a server, would spend on a
word that the corpus does not have. A block is a record of ``analyzers/lexicon_file.py``: its first word and,
compressed, sorted lines of a word, its count and its lemmas.
"""

from __future__ import annotations

import zlib
from functools import cache, lru_cache
from typing import NamedTuple

from analyzers.data import load_rows
from analyzers.stemming import lemma_table

BLOCK = 128
"""Lines of a block: some 3 kB, which take 10 microseconds to open."""
LARGEST = 1 << 20
"""Bytes of a block at most, far beyond any: a damaged file may claim to hold more."""
OPEN = 256
"""Blocks that stay open: the rules ask for words that begin alike."""


class Prior(NamedTuple):
    """What is said of a folded word: how often it occurs in ten million words, and its folded lemmas."""

    attested: int
    lemmas: tuple[str, ...]


NOTHING = Prior(0, ())


@cache
def base_counts() -> dict[str, int]:
    """The shipped list: folded words and how often each occurs in ten million."""
    return {word: int(count) for word, count in load_rows("base.tsv")}


def prior(word: str) -> Prior:
    """What is said of a folded word, by list and table themselves."""
    return Prior(base_counts().get(word, 0), lemma_table.lemmas_of(word))


@cache
def blocks() -> tuple[bytes, ...]:
    """All that is said, as blocks; made once, since every rebuild of a process writes the same."""
    counts, known = base_counts(), lemma_table.table()
    words = sorted(counts.keys() | known.keys())
    return tuple(
        words[at].encode() + b"\t" + zlib.compress(_lines(words[at : at + BLOCK]).encode())
        for at in range(0, len(words), BLOCK)
    )


def look_up(block: bytes, word: str) -> Prior:
    """What a compressed block says of a word; ValueError where it is damaged."""
    lines = _opened(block)
    start = lines.find(f"\n{word}\t")
    if start < 0:
        return NOTHING
    count, _, found = lines[start + len(word) + 2 : lines.index("\n", start + 1)].partition("\t")
    return Prior(int(count), tuple(found.split()))


@lru_cache(OPEN)
def _opened(block: bytes) -> str:
    try:
        return zlib.decompressobj().decompress(block, LARGEST).decode()
    except zlib.error as error:
        raise ValueError from error


def _lines(words: list[str]) -> str:
    """The lines of a block, with a line break before and after each."""
    counts, known = base_counts(), lemma_table.table()
    lines = (f"{word}\t{counts.get(word, 0)}\t{' '.join(known.get(word, ()))}" for word in words)
    return "\n" + "\n".join(lines) + "\n"
