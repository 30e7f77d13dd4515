"""The commands ``export``, ``import``, ``snapshot`` and ``restore``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kashshaf.index.counted import counted
from kashshaf.index.settings import ENGINES, override
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.moving import content, index_copy
from kashshaf.indexer.progress import for_standard_error
from kashshaf.indexer.report import sum_up

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings

FILE = click.Path(dir_okay=False, path_type=Path, allow_dash=True)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE, default=content.STANDARD)
@click.pass_obj
def export(settings: Settings, file: Path) -> None:
    """Write every article with its comments, and what was removed for good, to FILE, an article a line.

    It ends with a checksum. A name that ends in .gz packs it; without a name it goes to standard output.
    """
    moved = content.export(settings, file)
    articles, comments = counted(moved.articles, "article"), counted(moved.comments, "comment")
    click.echo(f"exported {articles} with {comments} to {file}", err=True)


@click.command(name="import")
@click.argument("file", type=EXISTING)
@click.option(
    "--engine", help=f"Engine of the new index: {', '.join(ENGINES)}; else that of the one exported."
)
@click.pass_obj
def import_(settings: Settings, file: Path, engine: str | None) -> None:
    """Build an index, where there is none, of the content in FILE, which is looked through first."""
    if engine is not None:
        settings = override(settings, engine=engine)
    options = Options(None, ZoneInfo(settings.timezone))
    click.echo(sum_up(content.import_content(settings, file, options, for_standard_error())))


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.pass_obj
def snapshot(settings: Settings, folder: Path) -> None:
    """Copy the index that serves to DIR, with checksums; it may be searched and written to meanwhile."""
    copied = index_copy.snapshot(settings, folder, ZoneInfo(settings.timezone))
    linked = f", {copied.linked:,} linked" if copied.linked else ""
    click.echo(f"snapshot in {folder}: {counted(copied.files, 'file')}{linked}, {copied.bytes:,} bytes")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of the index that is there.")
@click.pass_obj
def restore(settings: Settings, folder: Path, *, replace: bool) -> None:
    """Put the snapshot in DIR into service, once every file of it is as it was written."""
    generation = index_copy.restore(settings, folder, ZoneInfo(settings.timezone), replaces=replace)
    state = generation.state()
    articles, comments = counted(state.articles, "article"), counted(state.comments, "comment")
    click.echo(f"restored {articles} and {comments}: {generation.name} serves")
