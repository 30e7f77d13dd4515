"""Evaluation of the search on queries with known answers: the ordinary path, default settings.

The corpus is indexed by a rebuild into a throw-away folder, each query is asked as a reader would ask it, and
the ranking is judged by trec_eval's measures.
"""

from __future__ import annotations

import gzip
import statistics
import time
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import orjson

from kashshaf.index.counted import counted
from kashshaf.index.errors import SettingsError, SourceError
from kashshaf.index.settings import ENGINES, Settings, override
from kashshaf.index.storage.scratch import scratch_folder
from kashshaf.index.store.generations import Store
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import for_standard_error
from kashshaf.indexer.rebuild.pipeline import rebuild
from kashshaf.search_app.query.parameters import MAX_SIZE, read
from kashshaf.search_app.results.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kashshaf.indexer.progress import Show
    from kashshaf.search_app.query.request_values import Match

DEEP = MAX_SIZE
SHALLOW = 10
TAG = "kashshaf"
AS_TYPED = {"fold": ["no"], "correct": ["no"]}
"""Grades are of documents, one of which would hide those with the same text, and of queries as they stand."""

Run = dict[str, dict[str, float]]
"""Query to document to score; of ours the places counted from the last: partial matches may score more."""

MAX_GRADE = 1_000
"""The measures count grades in a C array as long as the greatest."""


class Ranked(NamedTuple):
    """A run, the milliseconds a whole page of each query took, and how many documents there were."""

    run: Run
    times: list[float]
    documents: int


@click.command()
@click.option("--corpus", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--queries", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--qrels", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--engine", help=f"Engine to judge: {', '.join(ENGINES)}.")
@click.option("--run", "run_file", type=click.Path(dir_okay=False, path_type=Path), help="Write a TREC run.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate(
    corpus: Path, queries: Path, qrels: Path, engine: str | None, run_file: Path | None, *, as_json: bool
) -> None:
    """Judge the search on CORPUS (id, title, text), QUERIES (id, text) and QRELS (query, document, grade)."""
    settings = override(Settings(), engine=engine) if engine else Settings()
    asked, grades = read_queries(queries), read_grades(qrels)
    run, times, documents = ranked(settings, corpus, asked, for_standard_error())
    if run_file is not None:
        _write_run(run_file, run)
    figures = {**judge(run, grades), **_percentiles(times), "queries": len(asked), "documents": documents}
    click.echo(orjson.dumps(figures) if as_json else _table(figures))


def ranked(
    settings: Settings, corpus: Path, asked: Mapping[str, str], show: Show, match: Match = "auto"
) -> Ranked:
    """Rank every query by a throw-away index of ``corpus``; raises SourceError for a refused document."""
    with scratch_folder() as folder:
        settings = override(settings, index=folder / "index")
        try:
            documents = _build(settings, corpus, show)
            return Ranked(*ask(settings, asked, show, match), documents)
        finally:
            Store(settings.index).clear()


def judge(run: Run, grades: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """Compute nDCG@10, MRR@10 and recall@100 of a run, averaged over the queries that have grades."""
    evaluator = _evaluator()
    judged = {query: run.get(query, {}) for query in grades}
    # trec_eval's reciprocal rank has no cut, so the ranking is cut before it is judged.
    cut = {query: _best(scores, SHALLOW) for query, scores in judged.items()}
    deep = evaluator(grades, {"ndcg_cut.10", "recall.100"}).evaluate(judged)
    shallow = evaluator(grades, {"recip_rank"}).evaluate(cut)

    def mean(results: Mapping[str, Mapping[str, float]], measure: str) -> float:
        return round(sum(results.get(query, {}).get(measure, 0.0) for query in grades) / len(grades), 4)

    return {
        "ndcg@10": mean(deep, "ndcg_cut_10"),
        "mrr@10": mean(shallow, "recip_rank"),
        "recall@100": mean(deep, "recall_100"),
    }


def _evaluator() -> Any:
    try:
        import pytrec_eval  # noqa: PLC0415 - an extra: only this command needs it
    except ImportError as error:
        raise SettingsError(
            "evaluate needs pytrec-eval-terrier; in the folder of the source: pip install '.[evaluate]'"
        ) from error
    return pytrec_eval.RelevanceEvaluator


def _build(settings: Settings, corpus: Path, show: Show) -> int:
    report = rebuild(settings, [corpus], Options(None, UTC), show)
    if report.refused:
        first = report.refused[0]
        named = f"{first['source']}: {first['reason']}"
        raise SourceError(f"refused: {counted(len(report.refused), 'document')}; the first is {named}")
    return report.articles


def ask(
    settings: Settings, asked: Mapping[str, str], show: Show, match: Match = "auto"
) -> tuple[Run, list[float]]:
    """Rank every query; return the run, and the milliseconds a whole page of each took."""
    service = SearchService(settings)
    run, times = {}, []
    with show("Asking", len(asked)) as step:
        for query, text in asked.items():
            typed: dict[str, list[str]] = {"q": [text], "match": [match], **AS_TYPED}
            started = time.perf_counter()
            service.search(read(typed, settings))
            times.append((time.perf_counter() - started) * 1000)
            hits = service.ranking(read({**typed, "size": [str(DEEP)]}, settings))
            run[query] = {hit.id: float(len(hits) - place) for place, hit in enumerate(hits)}
            step()
    service.close()
    return run, times


def _best(scores: Mapping[str, float], count: int) -> dict[str, float]:
    ranked = sorted(scores.items(), key=lambda row: -row[1])
    return dict(ranked[:count])


def _percentiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    return {"p50_ms": round(cuts[49], 2), "p99_ms": round(cuts[98], 2)}


def read_queries(path: Path) -> dict[str, str]:
    """Read id and text of each query of a JSON lines file; SourceError names a wrong line."""
    queries = {}
    for place, line in _lines(path):
        try:
            row = orjson.loads(line)
            queries[str(row["id"])] = str(row["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"{place}: a query is one JSON object a line with id and text") from error
    if not queries:
        raise SourceError(f"{path} has no queries; there is nothing to ask")
    return queries


def read_grades(path: Path) -> dict[str, dict[str, int]]:
    """Read query to document to grade from a table of these; SourceError names a wrong line."""
    grades: dict[str, dict[str, int]] = {}
    for place, line in _lines(path):
        try:
            query, document, grade = line.split("\t")
            grades.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            raise SourceError(f"{place}: a line is query, document and grade, parted by tabs") from error
        if abs(int(grade)) > MAX_GRADE:
            raise SourceError(f"{place}: the grade {grade[:20]} is beyond {MAX_GRADE}")
    if not grades:
        raise SourceError(f"{path} has no grades; there is nothing to judge by")
    return grades


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines of a file, plain or gzipped, each with its place."""
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield f"{path}:{number}", line.rstrip("\r\n")
    except (UnicodeDecodeError, EOFError, gzip.BadGzipFile) as error:
        raise SourceError(f"{path} cannot be read: {error}") from error


def _write_run(path: Path, run: Run) -> None:
    with path.open("w", encoding="utf-8") as file:
        for query, scores in run.items():
            for place, (document, score) in enumerate(scores.items(), start=1):
                file.write(f"{query} Q0 {document} {place} {score:.6f} {TAG}\n")


def _table(figures: Mapping[str, float]) -> str:
    return "\n".join(f"{name:12} {value}" for name, value in figures.items())
