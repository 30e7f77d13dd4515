"""SQLite's FTS5: no Arabic stems, marks taken off."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from bench.peers import HITS, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.peers import Flat

NAME = "fts.db"
MAKE = "CREATE VIRTUAL TABLE articles USING fts5(title, text, tokenize='unicode61 remove_diacritics 2')"
PUT = "INSERT INTO articles VALUES (?, ?)"
ASK = f"SELECT title, text FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT {HITS}"  # noqa: S608 - a constant


def index(articles: Iterator[Flat], folder: Path) -> None:
    """Index all articles in one transaction."""
    with closing(sqlite3.connect(folder / NAME)) as database, database:
        database.execute(MAKE)
        database.executemany(PUT, ((article.title, article.text) for article in articles))


def opened(folder: Path) -> Callable[[str], object]:
    """Ranked by its BM25."""
    database = sqlite3.connect(folder / NAME)

    def search(text: str) -> object:
        any_word = " OR ".join(f'"{word}"' for word in words(text))
        return database.execute(ASK, (any_word,)).fetchall() if any_word else []

    return search
