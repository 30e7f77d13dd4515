"""Peers to compare with: a module each, with ``index(articles, folder)`` and ``opened(folder)``.

A module is imported only in the process that measures it.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bench.errors import NotHereError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WORD = re.compile(r"\w+")
HITS = 10


class Flat(NamedTuple):
    """An article as peers get it: ``text`` is lead, headings and paragraphs."""

    id: str
    title: str
    text: str


class Module(Protocol):
    """A peer's module."""

    def index(self, articles: Iterator[Flat], folder: Path) -> None:
        """Index all of them into an empty folder, and have it lasting before it returns."""

    def opened(self, folder: Path) -> Callable[[str], object]:
        """The search of that index: the ten best for a typed text, any word, their documents loaded."""


class Peer(NamedTuple):
    """A row of the table: its name, its module, what that imports, and what installs it."""

    name: str
    module: str
    needs: str
    install: str
    slow: bool = False
    """True if it gets the first articles only."""

    def require(self) -> None:
        """Raise NotHereError where it is not installed."""
        if find_spec(self.needs) is None:
            raise NotHereError(f"not installed: {self.install}")


PEERS = (
    Peer("tantivy-py", "bench.peers.tantivy_py", "tantivy", "pip install tantivy"),
    Peer("tantivy-py, no total", "bench.peers.tantivy_uncounted", "tantivy", "pip install tantivy"),
    Peer("stock Whoosh", "bench.peers.stock_whoosh", "whoosh", "pip install whoosh-reloaded", slow=True),
    Peer("SQLite FTS5", "bench.peers.sqlite_fts", "sqlite3", "it needs a Python built with SQLite"),
    Peer("bm25s", "bench.peers.bm25s_arabic", "bm25s", "pip install bm25s"),
)


def words(text: str) -> list[str]:
    """The words of a typed text: peers have query languages, and people type words."""
    return WORD.findall(text)
