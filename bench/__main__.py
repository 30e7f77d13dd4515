"""``make bench``: a table of what a rebuild and a search take, beside stock Whoosh on the same articles.

With an argument, of that source; else of the samples.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from whoosh import fields, highlight, qparser
from whoosh import index as whoosh_index
from whoosh.analysis import LanguageAnalyzer

from index.settings import ENGINES, Settings
from indexer.gather import Options, files, outcomes
from indexer.progress import silent
from indexer.rebuild import rebuild
from indexer.sources.base import Found
from search_app.request import Request
from search_app.search import SearchService

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.documents import Article

OPTIONS = Options(None, UTC)
QUERIES = 200


def main(source: Path) -> None:
    """Print the table."""
    articles = [
        outcome.article
        for file in files([source], OPTIONS)
        for outcome in outcomes(file, OPTIONS)
        if isinstance(outcome, Found)
    ]
    queries = [article.title for article in articles if article.title][:QUERIES]
    comments = sum(len(article.comments) for article in articles)
    table = Table(
        title=f"{len(articles):,} articles, {comments:,} comments, {len(queries)} titles as queries"
    )
    for column in ("", "articles a second", "index MB", "search p50 ms", "search p99 ms"):
        table.add_column(column, justify="right" if column else "left")
    with tempfile.TemporaryDirectory() as folder:
        for engine in ENGINES:
            table.add_row(f"kashshaf, {engine}", *ours(engine, source, queries, Path(folder)))
        table.add_row("stock Whoosh, no comments", *stock(articles, queries, Path(folder)))
    Console(width=100).print(table)


def ours(engine: str, source: Path, queries: Sequence[str], folder: Path) -> list[str]:
    """The whole of ``reindex``, and a whole search: comments joined, passages cut and marked."""
    settings = replace(Settings(), engine=engine, index=folder / engine)
    started = time.perf_counter()
    report = rebuild(settings, [source], OPTIONS, silent)
    took = time.perf_counter() - started
    service = SearchService(settings)
    rate = report.articles / took
    row = _row(rate, folder / engine, queries, lambda text: service.search(Request(text=text)))
    service.close()
    return row


def stock(articles: Sequence[Article], queries: Sequence[str], folder: Path) -> list[str]:
    """Whoosh with its own Arabic analyzer: any word of title or text, ten hits with its highlighter."""
    stemmed = fields.TEXT(LanguageAnalyzer("ar"), stored=True)
    schema = fields.Schema(title=stemmed, text=stemmed)
    (folder / "stock").mkdir()
    started = time.perf_counter()
    index = whoosh_index.create_in(str(folder / "stock"), schema)
    writer = index.writer(limitmb=256)
    for article in articles:
        text = "\n".join([article.lead, *(part.text for part in article.sections)])
        writer.add_document(title=article.title, text=text)
    writer.commit()
    took = time.perf_counter() - started
    with index.searcher() as searcher:
        parser = qparser.MultifieldParser(["title", "text"], schema, group=qparser.OrGroup)

        def search(text: str) -> object:
            results = searcher.search(parser.parse(text), limit=10)
            results.fragmenter = highlight.SentenceFragmenter()
            return [hit.highlights("text") for hit in results]

        return _row(len(articles) / took, folder / "stock", queries, search)


def _row(rate: float, folder: Path, queries: Sequence[str], search: Callable[[str], object]) -> list[str]:
    times = []
    for query in queries:
        started = time.perf_counter()
        search(query)
        times.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return [f"{rate:,.0f}", f"{size / 1e6:,.1f}", f"{cuts[49]:.1f}", f"{cuts[98]:.1f}"]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("samples"))
