"""Near-duplicates: texts compared by shingles of three folded words, without boilerplate.

Two texts are near-duplicates from a Jaccard similarity of .8 on. A short text must be equal, and its title
too, agency and all: a word or two make all of it, and sites have standard sentences in place of a text.
A MinHash sketch of 16 bands of 8 hashes finds the pairs worth comparing: of pairs with similarity .8 it
misses 1 in 19, with .9 1 in 8,000.
"""

from __future__ import annotations

import struct
import zlib
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from rensa import RMinHash

from kashshaf.index.stories.boilerplate import boilerplate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kashshaf.index.documents import Article
    from kashshaf.index.stories.boilerplate import Words

NEAR_DUPLICATE = 0.8
"""Least Jaccard similarity of two near-duplicates."""
SHINGLE = 3
"""Words in a shingle."""
SHORT = 20
"""Words below which a text must be equal."""
LONGEST = 20_000
"""Words of a text that are compared, at most."""
BANDS, ROWS = 16, 8
"""Bands of a sketch, and MinHashes in a band."""
SEED = 1
NUMBER = struct.Struct("<I")
BAND = struct.Struct(f"<{ROWS}I")
TITLE_END = "\n"


class Text(NamedTuple):
    """The folded words of an article below its title; of a short one, those of the title as well."""

    words: tuple[str, ...]
    is_short: bool

    def shingles(self) -> Iterator[str]:
        """Yield each word with the two after it; of a short text all words as one shingle."""
        if self.is_short:
            return iter((" ".join(self.words),) if self.words else ())
        return map(" ".join, zip(*(self.words[at:] for at in range(SHINGLE)), strict=False))

    def sketch(self) -> bytes:
        """Return packed 32-bit band hashes. Near-duplicates share at least one; empty for an empty text."""
        if self.is_short:
            return b"".join(NUMBER.pack(zlib.crc32(shingle.encode())) for shingle in self.shingles())
        hashed = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
        hashed.update(self.shingles())
        found = hashed.digest()
        starts = range(0, BANDS * ROWS, ROWS)
        return b"".join(NUMBER.pack(zlib.crc32(BAND.pack(*found[at : at + ROWS]), at)) for at in starts)


def band_hashes(sketch: bytes) -> Iterator[int]:
    """Unpack the 32-bit band hashes of a sketch."""
    return chain.from_iterable(NUMBER.iter_unpack(sketch))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard similarity of two shingle sets, 0 to 1; 0 where both are empty."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


class Texts:
    """A maker of texts from articles; ``words`` are the folded words of a text."""

    def __init__(self, words: Callable[[str], Words]) -> None:
        self._words = words
        self._boilerplate = boilerplate(words)

    def of(self, article: Article) -> Text:
        """Return the text of an article: all below its title, without boilerplate."""
        lines = (self._words(line) for text in _texts(article) for line in text.split("\n"))
        words = self._boilerplate.without(lines, SHORT)
        title = self._words(article.title)
        if tuple(words[: len(title)]) == title:
            del words[: len(title)]
        if len(words) < SHORT:
            return Text((*title, TITLE_END, *words) if words else (), is_short=True)
        return Text(tuple(words[:LONGEST]), is_short=False)


def _texts(article: Article) -> Iterator[str]:
    yield article.lead
    for section in article.sections:
        yield from (section.heading, section.text)
