"""``python -m bench.fields``: what each field of the ranking brings, as the quality of the search without it.

The sets are those of ``bench.quality``, each indexed once by Tantivy. A field that no document has a word in
changes nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC
from typing import TYPE_CHECKING

import click

from bench.quality import ROOT, SETS, EvalSet, short_set
from bench.report.page import table
from bench.short_queries import judged_only
from kashshaf.evaluate import ask, judge, read_grades, read_queries
from kashshaf.index.ranking import WEIGHTS
from kashshaf.index.settings import Settings, override
from kashshaf.index.storage.scratch import scratch_folder
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import for_standard_error
from kashshaf.indexer.rebuild.pipeline import rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashshaf.index.schema import Field

SHORT = "short queries, judged only"


def main() -> None:
    """Measure, and print a table."""
    shared = ROOT.parent / "shared"
    sets = {name: EvalSet(shared / "data" / "eval" / folder) for name, folder in SETS.items()}
    sets[SHORT] = short_set(shared)
    if missing := [str(each.folder) for each in sets.values() if not each.folder.is_dir()]:
        click.echo(f"Nothing was measured: {', '.join(missing)} cannot be found.")
        return
    left_out: list[tuple[Field, ...]] = [(), *((field,) for field in WEIGHTS["articles"])]
    columns = [_column(name, each, left_out) for name, each in sets.items()]
    names = [" ".join(map(" ".join, fields)) or "none" for fields in left_out]
    click.echo(
        "\n".join(table(["left out", *sets], [list(row) for row in zip(names, *columns, strict=True)]))
    )


def _column(name: str, each: EvalSet, left_out: Sequence[Sequence[Field]]) -> list[str]:
    """The nDCG@10 of a set without each of some fields."""
    show, grades = for_standard_error(), read_grades(each.qrels)
    found = []
    with scratch_folder() as folder:
        settings = override(Settings(), engine="tantivy", index=folder / "index")
        rebuild(settings, [each.corpus], Options(None, UTC), show)
        for fields in left_out:
            with _without(fields):
                run, _ = ask(settings, read_queries(each.queries), show)
            run = judged_only(run, grades) if name == SHORT else run
            found.append(f"{judge(run, grades)['ndcg@10']:.4f}".removeprefix("0"))
    return found


@contextmanager
def _without(fields: Sequence[Field]) -> Iterator[None]:
    """Within it, these fields add nothing."""
    weights = WEIGHTS["articles"]
    before = {field: weights[field] for field in fields}
    weights.update(dict.fromkeys(fields, 0.0))
    try:
        yield
    finally:
        weights.update(before)


if __name__ == "__main__":
    main()
