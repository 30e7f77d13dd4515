"""What makes one article a re-publication of another: its text, but for spelling, marks and boilerplate.

Folded words (``analyzers``) in a row of three are compared: texts are the same where of all these rows of
both they share eight in ten. A short text must be equal, and its title too: a word or two make all of it, and
sites have sentences of their own that stand in place of a text. A sketch of each text, 16 bands of 8
MinHashes, says which texts are worth comparing: of pairs that share .8 it misses 1 in 19, of those that share
.9 1 in 8,000.
"""

from __future__ import annotations

import struct
import zlib
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from rensa import RMinHash

from index.stories.boilerplate import boilerplate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzers.folded_words import FoldedWords
    from index.documents import Article

ALIKE = 0.8
"""The share of rows, of all that two texts have, from which on they are the same."""
ROW = 3
SHORT = 20
"""Words below which a text must be equal."""
LONGEST = 20_000
"""Words of a text that are compared."""
BANDS, ROWS = 16, 8
SEED = 1
NUMBER = struct.Struct("<I")
BAND = struct.Struct(f"<{ROWS}I")
TITLE_END = "\n"


class Text(NamedTuple):
    """The words of an article as they are compared: those below its title; of a short one the title's too."""

    words: tuple[str, ...]
    is_short: bool

    def rows(self) -> Iterator[str]:
        """Each word with those that follow it; for a short text all in one."""
        if self.is_short:
            return iter((" ".join(self.words),) if self.words else ())
        return map(" ".join, zip(*(self.words[at:] for at in range(ROW)), strict=False))

    def sketch(self) -> bytes:
        """What ``numbers`` reads: some of them texts share that are much alike; none for no text."""
        if self.is_short:
            return b"".join(NUMBER.pack(zlib.crc32(row.encode())) for row in self.rows())
        hashed = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
        hashed.update(self.rows())
        found = hashed.digest()
        starts = range(0, BANDS * ROWS, ROWS)
        return b"".join(NUMBER.pack(zlib.crc32(BAND.pack(*found[at : at + ROWS]), at)) for at in starts)


def numbers(sketch: bytes) -> Iterator[int]:
    """The numbers of a sketch, of 32 bits."""
    return chain.from_iterable(NUMBER.iter_unpack(sketch))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """What two texts share of all the rows that they have, 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


class Texts:
    """Makes the texts of articles."""

    def __init__(self, pieces: FoldedWords) -> None:
        self._words = pieces.words
        self._boilerplate = boilerplate(pieces.words)

    def of(self, article: Article) -> Text:
        """The text of an article: what stands below its title."""
        lines = (self._words(line) for text in _texts(article) for line in text.split("\n"))
        words = self._boilerplate.without(lines)
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
