"""The speed of the analyzer by itself: one core, cold, every level of every word."""

from __future__ import annotations

import time
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import orjson

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.encoded_terms import TermEncoder
from kashshaf.index.errors import SourceError
from kashshaf.indexer.ingest.articles import outcomes
from kashshaf.indexer.ingest.files import files
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.rebuild.garbage import rare_gc
from kashshaf.indexer.sources.outcome import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.documents import Article

BATCH = 10_000_000
"""Characters read at a time, off the clock: a corpus of any size can be measured."""


class Speed(NamedTuple):
    """Characters and tokens analysed, the seconds it took, and those of loading the word lists before."""

    characters: int
    tokens: int
    seconds: float
    loading: float


@click.group()
def bench() -> None:
    """Measure parts of Kashshaf by themselves."""


@bench.command()
@click.option("--corpus", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def tokens(corpus: Path, *, as_json: bool) -> None:
    """The analyzer alone over title and text of each article of CORPUS: cold, one core, all levels.

    Reading the corpus and loading the shipped word lists are not on the clock.
    """
    with rare_gc():
        speed = measure(texts(corpus))
    if not speed.characters:
        raise SourceError(f"{corpus} holds no text; there is nothing to measure")
    figures = {
        "characters_per_s": round(speed.characters / speed.seconds),
        "tokens_per_s": round(speed.tokens / speed.seconds),
        "characters": speed.characters,
        "tokens": speed.tokens,
        "seconds": round(speed.seconds, 3),
        "loading_s": round(speed.loading, 3),
    }
    text = "\n".join(f"{name:17} {value:,}" for name, value in figures.items())
    click.echo(orjson.dumps(figures) if as_json else text)


def measure(corpus: Iterator[str]) -> Speed:
    """Measure a new analyzer with the shipped word lists as its only evidence."""
    begun = time.perf_counter()
    Analyzer().warm_up()
    loading = time.perf_counter() - begun
    encoder = TermEncoder(Analyzer())
    characters = tokens = 0
    seconds = 0.0
    for batch in batches(corpus):
        characters += sum(map(len, batch))
        begun = time.perf_counter()
        finished = [encoder.encode(text) for text in batch]
        seconds += time.perf_counter() - begun
        tokens += sum(each.positions() for each in finished)
    return Speed(characters, tokens, seconds, loading)


def batches(corpus: Iterator[str]) -> Iterator[list[str]]:
    """Yield the texts in lists of some ``BATCH`` characters."""
    batch: list[str] = []
    size = 0
    for text in corpus:
        batch.append(text)
        size += len(text)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def texts(corpus: Path) -> Iterator[str]:
    """Yield the text of each article, read by the ordinary readers of sources."""
    options = Options(None, UTC)
    for file in files([corpus], options):
        for outcome in outcomes(file, options):
            if isinstance(outcome, Found):
                yield _text(outcome.article)


def _text(article: Article) -> str:
    parts = [part for section in article.sections for part in (section.heading, section.text)]
    return "\n".join(filter(None, (article.title, *parts)))
