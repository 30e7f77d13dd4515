"""The shipped lists and the lemma table on single words, in blocks that stand in the file of a lexicon.

To read them takes a second, which a search in a terminal, or the first one of a server, would spend on a
word that the corpus does not have. A block is a record of ``analyzers/lexicon_file.py``: its first word and,
compressed, sorted lines of a word, its count, its lemmas and its spellings.
"""

from __future__ import annotations

import zlib
from functools import cache, lru_cache
from typing import NamedTuple

from kashshaf.analyzers.data import load_rows
from kashshaf.analyzers.stemming import lemma_table

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


@cache
def base_counts() -> dict[str, int]:
    """The shipped list: folded words and how often each occurs in ten million."""
    return {word: int(count) for word, count in load_rows("base.tsv")}


def prior(word: str) -> Prior:
    """The counts, lemmas and spellings of a folded word, by lists and table themselves."""
    return Prior(base_counts().get(word, 0), lemma_table.lemmas_of(word), lemma_table.written_of(word))


@cache
def blocks() -> tuple[bytes, ...]:
    """The blocks of all words; made once, since every rebuild of a process writes the same."""
    words = sorted(base_counts().keys() | lemma_table.table().keys() | lemma_table.spellings().keys())
    return tuple(
        words[at].encode() + b"\t" + zlib.compress(_lines(words[at : at + BLOCK]).encode())
        for at in range(0, len(words), BLOCK)
    )


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


def _lines(words: list[str]) -> str:
    """The lines of a block, with a line break before and after each."""
    rows = ((word, prior(word)) for word in words)
    lines = (
        f"{word}\t{said.attested}\t{' '.join(said.lemmas)}\t{' '.join(said.written)}" for word, said in rows
    )
    return "\n" + "\n".join(lines) + "\n"
