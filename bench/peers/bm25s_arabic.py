"""bm25s, which scores in memory with NumPy, and the snowball stemmer its documentation proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bm25s
import Stemmer

from bench.peers import HITS, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.peers import Flat


def index(articles: Iterator[Flat], folder: Path) -> None:
    """Index the whole corpus at once: bm25s takes it as a list."""
    texts = [f"{article.title}\n{article.text}" for article in articles]
    retriever = bm25s.BM25(k1=1.2, b=0.75)
    retriever.index(_tokens(texts, Stemmer.Stemmer("arabic")), show_progress=False)
    retriever.save(folder, corpus=texts, show_progress=False)


def opened(folder: Path) -> Callable[[str], object]:
    """Scores in memory; the documents are read from its file."""
    retriever = bm25s.BM25.load(folder, load_corpus=True, mmap=True)
    stemmer = Stemmer.Stemmer("arabic")
    most = min(HITS, retriever.scores["num_docs"])

    def search(text: str) -> object:
        asked = _tokens([" ".join(words(text))], stemmer)
        return retriever.retrieve(asked, k=most, show_progress=False, n_threads=0).documents[0]

    return search


def _tokens(texts: list[str], stemmer: object) -> object:
    return bm25s.tokenize(texts, stopwords=None, stemmer=stemmer, show_progress=False)
