"""The data of a run: articles of the sources in the forms that each peer reads, and topics."""

from __future__ import annotations

import gzip
import itertools
from contextlib import ExitStack
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

import click
import orjson

from kashshaf.indexer.ingest.articles import outcomes
from kashshaf.indexer.ingest.files import files
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.sources.outcome import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kashshaf.index.documents import Article

OPTIONS = Options(None, UTC)
WARM = 50
"""Topics asked before the clock runs: other ones, so that nothing measured was asked before."""
TOPICS = "queries/topics_ar.jsonl.gz"


class Part(NamedTuple):
    """So many articles with comments: as a file of ours (``whole``), and as peers get them (``flat``)."""

    whole: Path
    flat: Path
    articles: int
    comments: int


class Asked(NamedTuple):
    """Files of queries: measured ones (``number`` of them) and those that come before; what they are."""

    topics: Path
    warm: Path
    number: int
    what: str


def articles(sources: Sequence[Path]) -> Iterator[Article]:
    """Yield every article that the ordinary readers find in the sources."""
    for file in files(sources, OPTIONS):
        for outcome in outcomes(file, OPTIONS):
            if isinstance(outcome, Found):
                yield outcome.article


def prepared(sources: Sequence[Path], folder: Path, first: int) -> tuple[Part, Part]:
    """Write all articles of the sources, and the ``first`` of them; ClickException where there are none."""
    found = articles(sources)
    few = _written(itertools.islice(found, first), folder, "first")
    rest = _written(found, folder, "rest")
    if not few.articles:
        raise click.ClickException(f"there is no article in {', '.join(map(str, sources))}")
    return _joined(few, rest, folder), few


def _written(found: Iterable[Article], folder: Path, name: str) -> Part:
    part = Part(folder / f"{name}.jsonl", folder / f"{name}.flat.jsonl", 0, 0)
    with part.whole.open("wb") as whole, part.flat.open("wb") as flat:
        for article in found:
            whole.write(orjson.dumps(article.to_dict()) + b"\n")
            flat.write(orjson.dumps(_flat(article)) + b"\n")
            part = part._replace(articles=part.articles + 1, comments=part.comments + len(article.comments))
    return part


def _joined(few: Part, rest: Part, folder: Path) -> Part:
    whole, flat = folder / "all.jsonl", folder / "all.flat.jsonl"
    for target, pieces in ((whole, (few.whole, rest.whole)), (flat, (few.flat, rest.flat))):
        with ExitStack() as stack:
            out = stack.enter_context(target.open("wb"))
            for piece in pieces:
                out.writelines(stack.enter_context(piece.open("rb")))
    return Part(whole, flat, few.articles + rest.articles, few.comments + rest.comments)


def _flat(article: Article) -> dict[str, str]:
    parts = [part for section in article.sections for part in (section.heading, section.text)]
    return {
        "id": article.id,
        "title": article.title,
        "text": "\n".join(filter(None, (article.lead, *parts))),
    }


def asked(shared: Path, corpus: Part, folder: Path, count: int) -> Asked:
    """The first topics of the query log beside the project; where it is not there, titles of the corpus."""
    log = shared / "data" / TOPICS
    found, what = (
        (_log(log), "topics of the query log") if log.is_file() else (_titles(corpus), "titles as topics")
    )
    every = list(itertools.islice(found, WARM + count)) or ["\u0645\u062f\u0631\u0633\u0629"]
    measured = every[-count:]
    held = every[:-count] or every[:1]
    return Asked(
        _queries(folder / "topics.jsonl", measured),
        _queries(folder / "warm.jsonl", held),
        len(measured),
        what,
    )


def _log(path: Path) -> Iterator[str]:
    with gzip.open(path, "rb") as lines:
        yield from (orjson.loads(line)["text"] for line in lines)


def _titles(corpus: Part) -> Iterator[str]:
    with corpus.flat.open("rb") as lines:
        yield from filter(None, (orjson.loads(line)["title"] for line in lines))


def _queries(path: Path, texts: Sequence[str]) -> Path:
    rows = (orjson.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
    path.write_bytes(b"".join(row + b"\n" for row in rows))
    return path
