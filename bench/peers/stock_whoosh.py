"""Whoosh with its own Arabic analyzer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoosh import fields, highlight, qparser
from whoosh import index as whoosh_index
from whoosh.analysis import LanguageAnalyzer

from bench.peers import HITS, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.peers import Flat

MEMORY = 256
"""MB its writer may fill before it writes a part out."""


def index(articles: Iterator[Flat], folder: Path) -> None:
    """Title and text, both stored."""
    stemmed = fields.TEXT(LanguageAnalyzer("ar"), stored=True)
    writer = whoosh_index.create_in(str(folder), fields.Schema(title=stemmed, text=stemmed)).writer(
        limitmb=MEMORY
    )
    for article in articles:
        writer.add_document(title=article.title, text=article.text)
    writer.commit()


def opened(folder: Path) -> Callable[[str], object]:
    """Any word of title or text, with its highlighter."""
    target = whoosh_index.open_dir(str(folder))
    searcher = target.searcher()
    parser = qparser.MultifieldParser(["title", "text"], target.schema, group=qparser.OrGroup)

    def search(text: str) -> object:
        results = searcher.search(parser.parse(" ".join(words(text))), limit=HITS)
        results.fragmenter = highlight.SentenceFragmenter()
        return [hit.highlights("text") for hit in results]

    return search
