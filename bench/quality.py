"""``python -m bench.quality``: the quality of the search beside others, for ``docs/quality.md``.

The sets are those of ``../shared/data/eval``; each is a corpus, queries and which documents answer them. All
rankings are judged by the functions of ``kashshaf evaluate``. What is not on the machine is said in its row.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

import click

from bench import short_queries, smoke
from bench.baselines.lucene import Lucene
from bench.baselines.plain import as_folded, by_snowball, ranking
from bench.errors import NotHereError
from bench.report.page import NOT_HERE, into_page, measured, table
from bench.shipped.base_list import made
from kashshaf.analyzers import base_list, lexicon
from kashshaf.evaluate import judge, ranked, read_grades, read_queries
from kashshaf.index.settings import EMBEDDED, Settings, override
from kashshaf.indexer.progress import for_standard_error
from kashshaf.indexer.rebuild import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bench.baselines.plain import Rule
    from kashshaf.evaluate import Run
    from kashshaf.search_app.query.request_values import Match

ROOT = Path(__file__).parents[1]
SETS = {"questions": "pool_qa", "classical": "quran_qa", "headlines": "news_headline"}
"""The title of a set on the page, and its folder."""
LARGE = ("headlines",)
"""Sets of tens of thousands of documents, which take the Whoosh engine a quarter of an hour."""
FAST, SLOW = "tantivy", "whoosh"
NOT_RUN = "not run"
ODD = "· on every other query, which the search for weights left out"
MEASURES = "nDCG@10 · MRR@10 · recall@100"


class EvalSet(NamedTuple):
    """A corpus, its queries and the grades of documents."""

    folder: Path

    @property
    def corpus(self) -> Path:
        """Documents: id, title, text."""
        return self.folder / "corpus.jsonl.gz"

    @property
    def queries(self) -> Path:
        """Queries: id, text."""
        return self.folder / "queries.jsonl"

    @property
    def qrels(self) -> Path:
        """Query, document, grade."""
        return self.folder / "qrels.tsv"


class System(NamedTuple):
    """A search to measure, and the sets to measure it on."""

    name: str
    ranking: Callable[[EvalSet], Run]
    sets: Sequence[str] = tuple(SETS)
    halved: bool = False
    """True if the queries that no weight was chosen on have a row of their own."""


class Cells(NamedTuple):
    """The cells of a system on a set: of all queries, and of every other one."""

    every: str
    odd: str

    @classmethod
    def same(cls, text: str) -> Cells:
        """Make cells with one value in both rows."""
        return cls(text, text)


@click.command()
@click.option("--engine", type=click.Choice(EMBEDDED), help="Measure this engine alone, on every set.")
@click.option("--shared", type=click.Path(path_type=Path), default=ROOT.parent / "shared", show_default=True)
@click.option(
    "--page", type=click.Path(path_type=Path), default=ROOT / "docs" / "quality.md", show_default=True
)
def main(engine: str | None, shared: Path, page: Path) -> None:
    """Measure, and write the figures between the two markers of PAGE.

    Without --engine: Tantivy on every set, Whoosh on the small ones.
    """
    sets = {name: EvalSet(shared / "data" / "eval" / folder) for name, folder in SETS.items()}
    folders = [each.folder for each in (*sets.values(), short_set(shared))]
    if missing := [str(folder) for folder in folders if not folder.is_dir()]:
        click.echo(f"Nothing was measured, {page} stays as it is: {', '.join(missing)} cannot be found.")
        return
    into_page(page.read_text(encoding="utf-8"), "")  # better known now than after a quarter of an hour
    found = figures(sets, shared, engine)
    page.write_text(into_page(page.read_text(encoding="utf-8"), found), encoding="utf-8")


def figures(sets: Mapping[str, EvalSet], shared: Path, engine: str | None) -> str:
    """All tables, and what was measured with what."""
    lucene = Lucene(shared / "peers" / "lucene" / "run")
    rows, reasons = compared([*peers(lucene), *ours(engine)], sets)
    short = short_table(lucene, short_set(shared), engine, reasons)
    judged, more = smoke.tables(lucene, shared)
    head = measured({"Lucene": lucene.version} if lucene.version else {})
    notes = [f"{NOT_HERE.capitalize()}: {reason}." for reason in dict.fromkeys([*reasons, *more])]
    return "\n".join(
        [head, "", *table([MEASURES, *sets], rows), "", *short, "", *judged, *([""] if notes else []), *notes]
    )


def short_set(shared: Path) -> EvalSet:
    """The short queries."""
    return EvalSet(shared / "data" / "eval" / short_queries.FOLDER)


def short_table(lucene: Lucene, each: EvalSet, engine: str | None, reasons: list[str]) -> list[str]:
    """The table of the short queries."""
    grades = read_grades(each.qrels)
    run = lru_cache(partial(lucene.ranking, each.corpus, each.queries))
    rows = [short_queries.row("Lucene, `ArabicAnalyzer`", run, run, grades, reasons)]
    for name in (engine,) if engine else (FAST, SLOW):
        auto, full = partial(_ours, name, each), partial(_ours, name, each, "all")
        title = f"**Kashshaf**, {name.capitalize()} engine"
        rows.append(short_queries.row(title, auto, full, grades, reasons))
    return table(short_queries.HEAD, rows)


def compared(systems: Sequence[System], sets: Mapping[str, EvalSet]) -> tuple[list[list[str]], list[str]]:
    """A row for each system, or two, and why some of them are not here."""
    rows: list[list[str]] = []
    reasons: list[str] = []
    for system in systems:
        cells = [_measured(system, name, each, reasons) for name, each in sets.items()]
        rows.append([system.name, *(cell.every for cell in cells)])
        if system.halved:
            rows.append([ODD, *(cell.odd for cell in cells)])
    return rows, reasons


def peers(lucene: Lucene) -> list[System]:
    """Return the systems to compare with; the plain ones have our words and stop words."""
    return [
        System(
            "Lucene, `ArabicAnalyzer`", lambda each: lucene.ranking(each.corpus, each.queries), halved=True
        ),
        System("letters folded, nothing else", partial(_plain, as_folded)),
        System("snowball stems of folded letters", partial(_plain, by_snowball)),
    ]


def ours(engine: str | None) -> list[System]:
    """Kashshaf with default settings, and what it is without the shipped list of words."""
    first = engine or FAST
    found = [System(f"**Kashshaf**, {first.capitalize()} engine", partial(_ours, first), halved=True)]
    if engine is None:
        small = [name for name in SETS if name not in LARGE]
        found.append(System(f"**Kashshaf**, {SLOW.capitalize()} engine", partial(_ours, SLOW), small))
    bare = partial(_without_base_list, first)
    return [*found, System(f"the same, {first.capitalize()} engine, without the shipped word list", bare)]


def _plain(rule: Rule, each: EvalSet) -> Run:
    return ranking(each.corpus, read_queries(each.queries), rule)


def _ours(engine: str, each: EvalSet, match: Match = "auto") -> Run:
    settings = override(Settings(), engine=engine)
    return ranked(settings, each.corpus, read_queries(each.queries), for_standard_error(), match).run


def _without_base_list(engine: str, each: EvalSet) -> Run:
    with no_base_list():
        return _ours(engine, each)


def _uncounted() -> base_list.Lists:
    return base_list.read_whole()._replace(counts={})


@contextmanager
def no_base_list() -> Iterator[None]:
    """Within it, a lexicon that is built or opened knows the words of its corpus alone.

    By a patch, and in one process: as a parameter it would stand in every signature from ``Lexicon`` to
    ``SearchService``, and nobody but this benchmark has a use for it.
    """
    with (
        mock.patch.object(lexicon, "base_counts", dict),
        mock.patch.object(base_list, "base_counts", dict),
        mock.patch.object(lexicon, "read_whole", _uncounted),
        mock.patch.object(lexicon, "blocks", partial(made, {})),
        mock.patch.object(workers, "MOST", 1),  # other processes would have the list
    ):
        yield


def _measured(system: System, name: str, each: EvalSet, reasons: list[str]) -> Cells:
    """Measure a system on a set and print the result; a reason for failing goes to ``reasons``."""
    if name not in system.sets:
        return Cells.same(NOT_RUN)
    try:
        found = _cells(system.ranking(each), each)
    except NotHereError as error:
        reasons.append(str(error))
        found = Cells.same(NOT_HERE)
    click.echo(f"{system.name}, {name}: {found.every}", err=True)
    return found


def _cells(run: Run, each: EvalSet) -> Cells:
    grades = read_grades(each.qrels)
    odd = [*read_queries(each.queries)][1::2]
    return Cells(_cell(run, grades), _cell(run, {query: grades[query] for query in odd if query in grades}))


def _cell(run: Run, grades: Mapping[str, Mapping[str, int]]) -> str:
    found = judge(run, grades)
    ndcg, mrr, recall = (found[measure] for measure in ("ndcg@10", "mrr@10", "recall@100"))
    return " · ".join(text.removeprefix("0") for text in (f"{ndcg:.4f}", f"{mrr:.3f}", f"{recall:.3f}"))


if __name__ == "__main__":
    main()
