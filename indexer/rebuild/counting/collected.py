"""What is written in a whole corpus, collected while its words are counted.

Words and names are counted in memory. Phrases and titles wait on disk until all titles are known: most
phrases stand in no title, and become no completion.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import orjson

from kashshaf.index.disk import writing
from kashshaf.indexer.rebuild.counting.written import nothing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from typing import Self

    from kashshaf.indexer.rebuild.counting.written import Written

AT_ONCE = 1 << 21
"""Bytes of phrases read at a time."""


class Collected:
    """What is written in the articles of a rebuild; can be pickled.

    Its files in ``folder`` are deleted at the end of the block.
    """

    def __init__(self, folder: Path) -> None:
        self.words: Counter[str] = Counter()
        self.names: Counter[tuple[str, str]] = Counter()
        self._replaced = nothing()
        self._files = [folder / f"{kind}.collected" for kind in ("pairs", "triples", "titles")]
        self._pairs, self._triples, self._titles = self._files

    def add(self, more: Written) -> None:
        """Add what is written in some articles; a later title takes the place of an earlier one."""
        self.words.update(more.words)
        self.names.update(more.names)
        for path, rows in zip(self._files, (more.pairs, more.triples, more.titles), strict=True):
            with writing(path), path.open("ab") as file:
                file.writelines(rows)

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
        with self._titles.open("rb") as rows:
            for row in rows:
                article, title, date = orjson.loads(row)
                if article in replaced:
                    again[article] = article, title, date
                else:
                    yield article, title, date
        yield from again.values()

    def _delete(self) -> None:
        for path in self._files:
            path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        self._delete()  # of a run that was killed
        for path in self._files:
            with writing(path):
                path.touch()
        return self

    def __exit__(self, *raised: object) -> None:
        self._delete()


def _read(path: Path) -> Iterator[list[str]]:
    with path.open("rb") as file:
        while some := file.read(AT_ONCE):
            yield (some + file.readline()).decode().split("\n")[:-1]
