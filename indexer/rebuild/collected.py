"""What is written in a whole corpus, collected while its words are counted.

Words and names are counted in memory. Phrases and titles wait on disk until all titles are known: most
phrases stand in no title, and become no completion.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.disk import writing
from kashshaf.indexer.rebuild.written import nothing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from typing import BinaryIO, Self

    from kashshaf.indexer.rebuild.written import Written

AT_ONCE = 1 << 21
"""Bytes of phrases read at a time."""


class Collected:
    """What is written in the articles of a rebuild. Its files in ``folder`` have no name and end with it."""

    def __init__(self, folder: Path) -> None:
        self.words: Counter[str] = Counter()
        self.names: Counter[tuple[str, str]] = Counter()
        self._replaced = nothing()
        self._folder = folder
        with ExitStack() as stack, writing(folder):
            files = [stack.enter_context(TemporaryFile(dir=folder)) for _ in range(3)]
            self._pairs, self._triples, self._titles = files
            self._open = stack.pop_all()

    def add(self, more: Written) -> None:
        """Add what is written in some articles; a later title takes the place of an earlier one."""
        self.words.update(more.words)
        self.names.update(more.names)
        with writing(self._folder):
            self._pairs.writelines(more.pairs)
            self._triples.writelines(more.triples)
            self._titles.writelines(more.titles)
            for file in (self._pairs, self._triples, self._titles):
                file.flush()

    def replace(self, fewer: Written) -> None:
        """Take away what is written in articles that were added and then replaced; call it once."""
        self.words.subtract(fewer.words)
        self.names.subtract(fewer.names)
        self._replaced = fewer

    def pairs(self) -> Iterator[list[str]]:
        """The phrases of two words, some at a time, each as often as articles have it."""
        return _read(self._pairs)

    def counts(self, phrases: Collection[str]) -> Counter[str]:
        """How many articles have each of some phrases."""
        found: Counter[str] = Counter()
        for file in (self._pairs, self._triples):
            for some in _read(file):
                found.update(filter(phrases.__contains__, some))
        replaced = b"".join((*self._replaced.pairs, *self._replaced.triples)).decode().split("\n")
        found.subtract(filter(phrases.__contains__, replaced))
        return found

    def titles(self) -> Iterator[tuple[str, str, str]]:
        """Id, title and date of each article, as it was added last."""
        replaced = {orjson.loads(row)[0] for row in self._replaced.titles}
        again = {}
        self._titles.seek(0)
        for row in self._titles:
            article, title, date = orjson.loads(row)
            if article in replaced:
                again[article] = article, title, date
            else:
                yield article, title, date
        yield from again.values()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        with suppress(OSError):  # a full disk: it was told when it was written to
            self._open.close()


def _read(file: BinaryIO) -> Iterator[list[str]]:
    file.seek(0)
    while some := file.read(AT_ONCE):
        yield (some + file.readline()).decode().split("\n")[:-1]
