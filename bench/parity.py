"""``python -m bench.parity``: an engine's rankings beside the reference engine's, on the same records.

With ``--updated`` also nDCG@10 of a fresh index, and of one in which a fifth was replaced in place.
"""

from __future__ import annotations

import gzip
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import orjson

from bench.__main__ import SHARED, SOURCE
from bench.errors import NotHereError
from bench.measure.corpus import OPTIONS, asked, prepared
from bench.measure.process import ROOT
from bench.measure.step import texts
from bench.quality import EvalSet
from kashshaf.evaluate import ask, judge, read_grades, read_queries
from kashshaf.index.engines.memory import MemoryEngine
from kashshaf.index.errors import SettingsError
from kashshaf.index.query import Search
from kashshaf.index.records import RecordBuilder
from kashshaf.index.schema import INDEXES
from kashshaf.index.settings import Settings, override
from kashshaf.index.store.article_writer import stored_articles
from kashshaf.index.store.generations import Store
from kashshaf.index.store.snapshot import Snapshot
from kashshaf.indexer.progress import for_standard_error, silent
from kashshaf.indexer.rebuild.garbage import rare_gc
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.indexer.update import update
from kashshaf.search_app.query.language.reader import parse_now
from kashshaf.search_app.query.parser import read
from kashshaf.search_app.query.plan import plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kashshaf.index.engine import Reader
    from kashshaf.index.results import Matches
    from kashshaf.index.schema import IndexName

DEPTH = 10
NEAR = 1e-3
"""How far two scores may lie apart and still be the same: engines compute in single precision."""
PARTS = 5
"""Commits of the update, and the share of the documents it replaces: one in so many."""
ENOUGH = 0.95
"""The share of topics that must have the same best ten."""
CLOSE = 0.005
"""The most that nDCG@10 may change by an update in place."""


class Agreement(NamedTuple):
    """Of the topics that find something, those with the same best ten and those with the same total."""

    found: int
    best: int
    totals: int

    def __str__(self) -> str:
        return (
            f"of {self.found} topics that find something {self._share(self.best)} have the same best {DEPTH},"
            f" {self._share(self.totals)} the same total"
        )

    def reached(self) -> bool:
        """Tell whether enough topics have the same best ten."""
        return self.best >= ENOUGH * self.found

    def _share(self, part: int) -> str:
        return f"{part / self.found:.1%}" if self.found else "none"


@click.command()
@click.argument("sources", nargs=-1, type=SOURCE)
@click.option(
    "--articles", default=10_000, show_default=True, type=click.IntRange(1), help="The first so many."
)
@click.option("--topics", default=200, show_default=True, type=click.IntRange(1), help="Searches compared.")
@click.option("--whoosh", is_flag=True, help="Compare the Whoosh engine too.")
@click.option("--opensearch", is_flag=True, help="Compare the engine of the cluster that the settings name.")
@click.option("--updated", is_flag=True, help="Judge an updated index too, on the questions of pool_qa.")
@click.option(
    "--shared",
    type=click.Path(path_type=Path),
    default=SHARED,
    show_default=True,
    help="Where topics and questions are.",
)
def main(
    sources: tuple[Path, ...],
    articles: int,
    topics: int,
    shared: Path,
    *,
    whoosh: bool,
    opensearch: bool,
    updated: bool,
) -> None:
    """Compare rankings on SOURCES (the samples if none is named)."""
    questions = EvalSet(shared / "data" / "eval" / "pool_qa")
    if updated and not questions.folder.is_dir():
        raise NotHereError(f"{questions.folder} cannot be found, and --updated needs its questions")
    embedded = ("tantivy", "whoosh") if whoosh else ("tantivy",)
    engines = (*embedded, "opensearch") if opensearch else embedded
    with tempfile.TemporaryDirectory(prefix="parity-") as name:
        folder = Path(name)
        _, first = prepared(sources or (ROOT / "samples",), folder, articles)
        queries = asked(shared, first, folder, topics)
        click.echo(f"{first.articles:,} articles, {first.comments:,} comments, {queries.what}")
        for engine in engines:
            settings = override(Settings(), index=folder / engine, engine=engine)
            rebuild(settings, [first.whole], OPTIONS, for_standard_error())
            for index, found in agreements(settings, texts(queries.topics)).items():
                sign = "reached" if found.reached() else "missed"
                click.echo(f"{engine}, {index}: {found} ({sign}: bound {ENOUGH:.0%})")
            Store(settings.index).clear()
    if updated:
        _judge_updated(embedded, questions)


def agreements(settings: Settings, topics: Sequence[str]) -> dict[IndexName, Agreement]:
    """The serving generation's rankings against the reference engine's, for each index that has records."""
    with closing(Snapshot(Store(settings.index).current())) as snapshot:
        started = time.perf_counter()
        with rare_gc():
            references = reference(snapshot)
        click.echo(f"the reference engine's index: {time.perf_counter() - started:.0f} s", err=True)
        return {
            index: _agreement(snapshot, reader, index, topics)
            for index, reader in references.items()
            if reader.count()
        }


def reference(snapshot: Snapshot) -> dict[IndexName, Reader]:
    """The reference engine's readers of the same records, made anew from the stored articles."""
    engine = MemoryEngine()
    recorder = RecordBuilder(snapshot.analyzer, OPTIONS.zone)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folders = {index: Path(name) / index for index in INDEXES}
        for index, folder in folders.items():
            engine.create(folder, index)
        writers = {index: stack.enter_context(engine.writer(folders[index], index)) for index in INDEXES}
        for article in stored_articles(snapshot.articles, snapshot.comments):
            records = recorder.record(article)
            writers["articles"].put(records.article)
            for record in records.comments:
                writers["comments"].put(record)
        for writer in writers.values():
            writer.commit()
        return {index: engine.reader(folder, index) for index, folder in folders.items()}


def _agreement(snapshot: Snapshot, other: Reader, index: IndexName, topics: Sequence[str]) -> Agreement:
    found = best = totals = 0
    for topic in topics:
        ours, theirs = (
            _matches(topic, reader, snapshot, index) for reader in (snapshot.reader(index), other)
        )
        if ours.total or theirs.total:
            found += 1
            best += is_same(ours, theirs)
            totals += ours.total == theirs.total
    return Agreement(found, best, totals)


def _matches(topic: str, reader: Reader, snapshot: Snapshot, index: IndexName) -> Matches:
    """Plan and search by one reader: a plan rests on the frequencies of the reader that carries it out."""
    planned = plan(read(parse_now(topic, OPTIONS.zone), snapshot.analyzer), reader, index)
    return reader.search(Search(planned.partial, planned.scoring, limit=DEPTH, excluded=planned.excluded))


def is_same(ours: Matches, theirs: Matches) -> bool:
    """Tell whether the hits are the same in the same order, or at least their scores, place by place."""
    if len(ours.hits) != len(theirs.hits):
        return False
    pairs = [*zip(ours.hits, theirs.hits, strict=True)]
    return all(one.id == other.id for one, other in pairs) or all(
        abs(one.score - other.score) <= NEAR for one, other in pairs
    )


def _judge_updated(engines: Sequence[str], questions: EvalSet) -> None:
    for engine in engines:
        try:
            fresh, after = updated(engine, questions)
        except SettingsError as error:  # what judges is an extra
            raise NotHereError(str(error)) from error
        sign = "reached" if abs(after - fresh) <= CLOSE else "missed"
        click.echo(
            f"{engine}: nDCG@10 {fresh:.4f} on a fresh index, {after:.4f} after one document in {PARTS} was"
            f" replaced in place ({sign}: bound {CLOSE} apart)"
        )


def updated(engine: str, questions: EvalSet) -> tuple[float, float]:
    """nDCG@10 of a fresh index, and of one where every fifth document first said what another one says.

    The wrong documents are put right in as many commits; the lexicon is the same, since the words are.
    """
    with tempfile.TemporaryDirectory(prefix="updated-") as name:
        folder = Path(name)
        rows = _rows(questions.corpus)
        wrong = rows[::PARTS]
        turned = dict(zip((row["id"] for row in wrong), (*wrong[1:], wrong[0]), strict=True))
        before = [{**turned.get(row["id"], row), "id": row["id"]} for row in rows]
        settings = override(Settings(), index=folder / "index", engine=engine)
        rebuild(settings, [_written(folder / "corpus.jsonl", rows)], OPTIONS, for_standard_error())
        fresh = _ndcg(settings, questions)
        rebuild(settings, [_written(folder / "corpus.jsonl", before)], OPTIONS, for_standard_error())
        for part in range(PARTS):
            update(settings, [_written(folder / "changed.jsonl", wrong[part::PARTS])], OPTIONS, silent)
        return fresh, _ndcg(settings, questions)


def _rows(corpus: Path) -> list[dict[str, str]]:
    with gzip.open(corpus, "rb") as lines:
        return [orjson.loads(line) for line in lines]


def _written(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return path


def _ndcg(settings: Settings, questions: EvalSet) -> float:
    run, _ = ask(settings, read_queries(questions.queries), silent)
    return judge(run, read_grades(questions.qrels))["ndcg@10"]


if __name__ == "__main__":
    main()
