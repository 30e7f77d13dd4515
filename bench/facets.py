"""``python -m bench.facets SOURCE…``: processor time of facets, and of searches with and without them.

Asked are the commonest words of the titles, each once: broad queries, whose matches facets have to count.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, NamedTuple

import click
import orjson
from rich.console import Console

from bench.__main__ import SOURCE
from bench.measure.corpus import articles
from bench.measure.process import ROOT, python, run
from bench.report.page import measured, printed
from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.folded_words import FoldedWords
from kashshaf.index.settings import EMBEDDED, Settings
from kashshaf.index.store.generations import Store
from kashshaf.search_app.query.parameters import FACETS, TYPE, SearchRequest
from kashshaf.search_app.results.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUERIES = 100
COLUMNS = ("engine", "articles", "matches", "search ms", "with facets ms", "facets ms", "p95", "ratio")
COUNTED = tuple(name for name in FACETS if name != TYPE)
"""All facets of one index; the one of both is a second search."""
TARGET_MS, TARGET_RATIO = 15.0, 1.6


class Figures(NamedTuple):
    """Milliseconds of processor of each query, without facets and with all of them, and its matches."""

    engine: str
    articles: int
    matches: list[int]
    without: list[float]
    facets: list[float]

    @property
    def ratio(self) -> float:
        """Searches with facets to those without."""
        return 1 + sum(self.facets) / sum(self.without)


@click.command()
@click.argument("sources", nargs=-1, type=SOURCE)
@click.option(
    "--engine", "engines", multiple=True, type=click.Choice(EMBEDDED), help="All of them if absent."
)
@click.option(
    "--queries", default=QUERIES, show_default=True, type=click.IntRange(2), help="Words asked for."
)
@click.option(
    "--index", type=click.Path(exists=True, path_type=Path), help="An index of SOURCES that is there."
)
def main(sources: tuple[Path, ...], engines: tuple[str, ...], queries: int, index: Path | None) -> None:
    """Index SOURCES (the samples if none is named) with each engine and measure its facets."""
    chosen = sources or (ROOT / "samples",)
    words = broad_words(chosen, queries)
    if index is not None:
        _report([_measured(index, words)])
    else:
        _report([*_each(engines or EMBEDDED, chosen, words)])


def broad_words(sources: Sequence[Path], number: int) -> list[str]:
    """The words of most titles, but for stop words."""
    folded, counts = FoldedWords(), Counter[str]()
    for article in articles(sources):
        counts.update(set(folded.words(article.title)))
    stems = Analyzer().terms("stem")
    return [word for word, _ in counts.most_common() if stems[word] and word.isalpha()][:number]


def _each(engines: Sequence[str], sources: Sequence[Path], words: Sequence[str]) -> Iterator[Figures]:
    for engine in engines:
        with tempfile.TemporaryDirectory(prefix="facets-") as folder:
            run(python("kashshaf", "--index", folder, "reindex", *sources, "--engine", engine, "--json"))
            yield _measured(Path(folder), words)


def _measured(index: Path, words: Sequence[str]) -> Figures:
    """Each word is new to both services, so that neither profits from what it, or the other, remembers."""
    plain, counting = (SearchService(Settings(index=index)) for _ in range(2))
    engine = Store(index).current().manifest().engine
    found = Figures(engine, plain.overview()["articles"], [], [], [])
    with closing(plain), closing(counting):
        for service in (plain, counting):
            service.warm_up()
            service.search(SearchRequest(facets=COUNTED))
        for word in words:
            request = SearchRequest(word)
            without, total = _took(plain, request)
            took, _ = _took(counting, replace(request, facets=COUNTED))
            found.matches.append(total)
            found.without.append(without)
            found.facets.append(took - without)
    return found


def _took(service: SearchService, request: SearchRequest) -> tuple[float, int]:
    """Milliseconds of processor of a search, to the finished JSON, and its total."""
    started = time.process_time()
    response = service.search(request)
    orjson.dumps(response)
    return (time.process_time() - started) * 1000, response["total"]


def _report(rows: Sequence[Figures]) -> None:
    click.echo(
        f"{measured({})} Processor time; means, but for p95 of the facets and the median of matches.\n"
    )
    Console(width=110).print(printed(COLUMNS, map(_cells, rows)))
    for row in rows:
        took = mean(row.facets)
        reached = "reached" if took <= TARGET_MS and row.ratio <= TARGET_RATIO else "missed"
        bounds = f"bounds {TARGET_MS:g} ms and {TARGET_RATIO:g}"
        click.echo(f"- {row.engine}: facets {took:.1f} ms, ratio {row.ratio:.2f} ({reached}: {bounds})")


def _cells(row: Figures) -> list[str]:
    p95 = sorted(row.facets)[int(0.95 * (len(row.facets) - 1))]
    without, facets = mean(row.without), mean(row.facets)
    times = [f"{each:.1f}" for each in (without, without + facets, facets, p95)]
    return [row.engine, f"{row.articles:,}", f"{median(row.matches):,.0f}", *times, f"{row.ratio:.2f}"]


if __name__ == "__main__":
    main()
