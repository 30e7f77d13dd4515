"""The spool: every article a rebuild has read, on disk, so that each source is read once.

Feeds and standard input cannot be read twice, and reading HTML is dear. A line an article.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import orjson

from index.disk import writing
from index.documents import Article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

NAME = "spool.jsonl"


class Spool:
    """Written from front to end, then read the same way. An id that comes again replaces the one before."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        with writing(self._path):
            self._file = self._path.open("w+b")
        self._last: dict[str, int] = {}
        self._lines = 0

    def add(self, article: Article) -> bool:
        """Keep an article; whether its id was there before."""
        known = article.id in self._last
        self._last[article.id] = self._lines
        self._lines += 1
        with writing(self._path):
            self._file.write(orjson.dumps(article.to_dict()) + b"\n")
        return known

    def __len__(self) -> int:
        return len(self._last)

    def size(self) -> int:
        """Bytes written."""
        return self._file.tell()

    def __iter__(self) -> Iterator[Article]:
        with writing(self._path):
            self._file.seek(0)
        for number, line in enumerate(self._file):
            article = Article.from_dict(orjson.loads(line))
            if self._last[article.id] == number:
                yield article

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        with contextlib.suppress(OSError):  # a full disk: what was not written is thrown away anyway
            self._file.close()
        self._path.unlink(missing_ok=True)
