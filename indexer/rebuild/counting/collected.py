"""What is written in a whole corpus, collected while its words are counted.

Words and names are counted in memory. Phrases and titles wait on disk until all titles are known: most
phrases stand in no title, and become no completion.
"""

from __future__ import annotations

import pickle
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import orjson

from kashshaf.analyzers.columns.pieces import hashes_of, new_key
from kashshaf.index.disk import writing
from kashshaf.indexer.rebuild.counting.phrases import counted, hashed, joined
from kashshaf.indexer.rebuild.counting.written import nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Self

    from kashshaf.analyzers.columns.pieces import Hashes
    from kashshaf.indexer.rebuild.counting.written import Written

AT_ONCE = 1 << 18
"""Phrases read at a time."""
PAIR, TRIPLE = 2, 3


class Collected:
    """What is written in the articles of a rebuild; its files in ``folder`` end with the block.

    ``key``: of the hashes of words in phrases.
    """

    def __init__(self, folder: Path) -> None:
        self.key = new_key()
        self.words: Counter[str] = Counter()
        self.names: Counter[tuple[str, str]] = Counter()
        self._replaced = nothing()
        kinds = ("pairs", "triples", "titles", "rest")
        self._files = [folder / f"{kind}.collected" for kind in kinds]
        self._pairs, self._triples, self._titles, self._rest = self._files

    def add(self, more: Written) -> None:
        """Add what is written in some articles; a later title takes the place of an earlier one."""
        self.words.update(more.words)
        self.names.update(more.names)
        pairs, triples = _rows(more)
        _append(self._pairs, pairs.tobytes())
        _append(self._triples, triples.tobytes())
        _append(self._titles, b"".join(more.titles))

    def replace(self, fewer: Written) -> None:
        """Take away what is written in articles that were added and then replaced; call it once."""
        self.words.subtract(fewer.words)
        self.names.subtract(fewer.names)
        self._replaced = fewer

    def put_aside(self) -> Path:
        """Put what is in memory on disk, too, for another process to ``load``, and forget it here."""
        with writing(self._rest):
            self._rest.write_bytes(pickle.dumps(self, pickle.HIGHEST_PROTOCOL))
        self.words, self.names, self._replaced = Counter(), Counter(), nothing()
        return self._rest

    @staticmethod
    def load(path: Path) -> Collected:
        """Load what was put aside."""
        found: Collected = pickle.loads(path.read_bytes())  # noqa: S301 - our own process made it
        return found

    def counts(self, phrases: Iterable[str]) -> dict[str, int]:
        """How many articles have each of some phrases."""
        found: dict[str, int] = {}
        every = [*phrases]
        files = zip((PAIR, TRIPLE), (self._pairs, self._triples), _rows(self._replaced), strict=True)
        for words, path, replaced in files:
            some = [phrase for phrase in every if _words(phrase) == words]
            wanted = joined(hashed(some, words, self.key))
            numbers = counted(map(joined, _read(path, words)), wanted) - counted([joined(replaced)], wanted)
            found.update(zip(some, numbers.tolist(), strict=True))
        return found

    def neighbours(self, words: Sequence[str]) -> dict[str, tuple[int, int]]:
        """How many articles have pairs with each of some words first, and second; each pair counts."""
        wanted = hashes_of(words, self.key)
        sides = [
            counted((some[:, side] for some in _read(self._pairs, PAIR)), wanted) for side in range(PAIR)
        ]
        return dict(zip(words, zip(*(side.tolist() for side in sides), strict=True), strict=True))

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


def _append(path: Path, content: bytes) -> None:
    with writing(path), path.open("ab") as file:
        file.write(content)


def _words(phrase: str) -> int:
    return phrase.count(" ") + 1


def _rows(some: Written) -> tuple[Hashes, Hashes]:
    """The phrases of two words, and those of three, in all that was written."""
    empty = (np.empty((0, PAIR), np.uint64), np.empty((0, TRIPLE), np.uint64))
    pairs, triples = (np.concatenate(each) for each in zip(empty, *some.phrases, strict=True))
    return pairs, triples


def _read(path: Path, words: int) -> Iterator[Hashes]:
    """The phrases in a file, some at a time."""
    with path.open("rb") as file:
        while len(some := np.fromfile(file, np.uint64, words * AT_ONCE)):
            yield some.reshape(-1, words)
