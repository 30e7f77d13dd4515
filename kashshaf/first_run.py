"""The first step of ``make run``: an index of the samples if there is none yet."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.counted import counted
from kashshaf.index.errors import NoIndexError
from kashshaf.index.settings import load
from kashshaf.index.store.generations import Store
from kashshaf.index.store.snapshot import Snapshot
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.progress import for_standard_error
from kashshaf.indexer.rebuild.pipeline import rebuild

SAVED = "2024-03-24T12:00:00+00:00"
"""The time at which the samples' pages count as saved."""


def main(samples: Path) -> None:
    """Index ``samples`` where there is no index; say what to do about one that cannot be opened."""
    settings = load()
    try:
        Snapshot(Store(settings.index).current()).close()
    except NoIndexError:
        click.echo(f"there is no index in {settings.index} yet: indexing {samples}", err=True)
        options = Options(datetime.fromisoformat(SAVED), ZoneInfo(settings.timezone))
        report = rebuild(settings, [samples], options, for_standard_error())
        click.echo(f"{counted(report.articles, 'article')}, {counted(report.comments, 'comment')}", err=True)
    except KashshafError as error:
        click.echo(f"kashshaf: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
