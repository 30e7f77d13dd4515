"""tantivy-py with its own Arabic stemmer and one stored field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tantivy import Document, Filter, Index, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from bench.peers import HITS, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.peers import Flat

HEAP = 256_000_000
THREADS = 2
STEMMED = "stemmed"


def index(articles: Iterator[Flat], folder: Path) -> None:
    """Title and text as one text."""
    builder = SchemaBuilder()
    builder.add_text_field("text", stored=True, tokenizer_name=STEMMED)
    target = Index(builder.build(), path=str(folder))
    _register(target)
    writer = target.writer(HEAP, THREADS)
    for article in articles:
        writer.add_document(Document(text=f"{article.title}\n{article.text}"))
    writer.commit()
    writer.wait_merging_threads()


def opened(folder: Path, *, count: bool = True) -> Callable[[str], object]:
    """Its search; by default it counts the matches too."""
    target = Index.open(str(folder))
    _register(target)
    searcher = target.searcher()

    def search(text: str) -> object:
        query = target.parse_query(" ".join(words(text)), ["text"])
        return [searcher.doc(at)["text"] for _, at in searcher.search(query, HITS, count=count).hits]

    return search


def _register(target: Index) -> None:
    built = (
        TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.stemmer("arabic"))
    )
    target.register_tokenizer(STEMMED, built.build())
