"""The commands that write, and those that look after an index."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
import orjson

from kashshaf.index.counted import counted
from kashshaf.index.schema import INDEXES
from kashshaf.index.settings import ENGINES, override
from kashshaf.index.store.generations import Store
from kashshaf.index.store.hints import hints, other_engine
from kashshaf.index.store.tombstones import Tombstones
from kashshaf.indexer.cli_options import SOURCE, SourceOptions, reading_options
from kashshaf.indexer.ingest.articles import outcomes
from kashshaf.indexer.ingest.files import files, key_of
from kashshaf.indexer.progress import for_standard_error
from kashshaf.indexer.rebuild.resume import is_noted
from kashshaf.indexer.report import Report, sum_up
from kashshaf.indexer.sources.outcome import Found, Noted, Refused

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.indexer.ingest.source_file import SourceFile
    from kashshaf.indexer.sources.source import Source

SOME_REFUSED = 3
INTERRUPTED = (
    "a rebuild goes on, or was interrupted; then the same reindex command with --resume goes on with it"
)
LISTED = 20
"""Mended documents named on a terminal; ``--json`` has all of them."""
MOST_LISTED = 100
"""Refused documents named on a terminal; ``--json`` has all of them."""

sources_argument = click.argument("sources", metavar="SOURCE...", nargs=-1, type=SOURCE)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")


@click.command()
@sources_argument
@click.option("--engine", help=f"Engine of the new index: {', '.join(ENGINES)}.")
@click.option("--resume", is_flag=True, help="Go on where the same command was interrupted.")
@reading_options
@json_option
@click.pass_obj
def reindex(
    settings: Settings,
    sources: tuple[Source, ...],
    engine: str | None,
    *,
    resume: bool,
    source_options: SourceOptions,
    as_json: bool,
) -> int:
    """Rebuild the whole index aside, then switch to it; the old one serves until then.

    SOURCE is a file, a folder, - for standard input, an address on the web or of a database. Without one,
    the articles stored in the index are indexed again.
    """
    from kashshaf.indexer.rebuild.pipeline import rebuild  # noqa: PLC0415 - heavy, and not every command needs it

    chosen = settings if engine is None else override(settings, engine=engine)
    options = source_options.options(settings, sources, saves=True)
    report = rebuild(chosen, source_options.sources(sources), options, for_standard_error(), resume=resume)
    if engine is not None and (hint := other_engine(report.engine, settings.engine)):
        report.hints.append(hint)
    return _report(report, as_json)


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=SOURCE)
@reading_options
@click.option("--sync", is_flag=True, help="Also remove what has vanished from SOURCE.")
@json_option
@click.pass_obj
def index(
    settings: Settings,
    sources: tuple[Source, ...],
    *,
    source_options: SourceOptions,
    sync: bool,
    as_json: bool,
) -> int:
    """Add new articles and update changed ones in place; files that have not changed are not read."""
    from kashshaf.indexer.update import update  # noqa: PLC0415

    options = source_options.options(settings, sources, saves=True, relearn=False)
    report = update(settings, source_options.sources(sources), options, for_standard_error(), sync=sync)
    return _report(report, as_json)


@click.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.pass_obj
def remove(settings: Settings, ids: tuple[str, ...]) -> None:
    """Take articles, or single comments, out for good: they stay out of later rebuilds too."""
    from kashshaf.indexer.remove import remove as take_out  # noqa: PLC0415

    given = [each.encode(errors="replace").decode() for each in ids]
    for sentence in take_out(settings, given, ZoneInfo(settings.timezone)):
        click.echo(sentence)


@click.command()
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, type=SOURCE)
@reading_options
@click.pass_obj
def extract(settings: Settings, sources: tuple[Source, ...], *, source_options: SourceOptions) -> int:
    """Print what would be read from sources, one JSON article a line, without indexing."""
    options = source_options.options(settings, sources).keeping_nothing()
    report = Report()
    for source in source_options.sources(sources):
        for file in files([source], options, report=report):
            given = _given(source, file)
            for outcome in outcomes(file, options):
                place = f"{given}{outcome.place.removeprefix(file.name)}"
                match outcome:
                    case Found():
                        click.echo(orjson.dumps({"file": given, **outcome.article.to_dict()}))
                        for what in outcome.mended:
                            click.echo(f"mended: {place}: {what}", err=True)
                    case Noted():
                        click.echo(f"mended: {place}: {outcome.what}", err=True)
                    case Refused():
                        report.refuse(outcome)
                        click.echo(f"refused: {place}: {outcome.reason}", err=True)
    for row in report.mended:
        click.echo(f"mended: {row['source']}: {row['what']}", err=True)
    return SOME_REFUSED if report.refused else 0


def _given(source: Source, file: SourceFile) -> str:
    """The name of a file as the person gave it: a path, or a page's address; other bytes escaped."""
    if isinstance(file.content, Path) and not file.fetched:
        path = source if isinstance(source, Path) and source.is_file() else file.content
        return os.fsencode(path).decode(errors="backslashreplace")
    return file.name


@click.command()
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True, type=SOURCE)
def profile(pages: tuple[Path, ...]) -> None:
    """Draft a site profile from saved HTML pages of the site, or folders of them, and print it."""
    from kashshaf.indexer.profiles.library import draft_of  # noqa: PLC0415

    click.echo(draft_of(pages), nl=False)


@click.command()
@json_option
@click.pass_obj
def status(settings: Settings, *, as_json: bool) -> None:
    """Say what the index holds: engine, generation, counts, size, removals, and what would better it."""
    facts = index_facts(settings)
    if as_json:
        click.echo(orjson.dumps(facts, option=orjson.OPT_INDENT_2))
        return
    hint_lines = facts.pop("hints") or ["none"]
    for name, value in [*facts.items(), *(("hints", hint) for hint in hint_lines)]:
        click.echo(f"{name:12} {_shown(value)}")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


@click.command()
@click.pass_obj
def verify(settings: Settings) -> None:
    """Read the whole index and compare it with its manifest."""
    from kashshaf.indexer.verify import verify as check  # noqa: PLC0415

    store = Store(settings.index)
    store.follow()
    state = check(store, for_standard_error())
    click.echo(
        f"the index is sound: {counted(state.articles, 'article')}, {counted(state.comments, 'comment')}"
    )


@click.command()
@click.pass_obj
def rollback(settings: Settings) -> None:
    """Go back to the generation before; what was removed for good stays removed."""
    from kashshaf.indexer.remove import rollback as go_back  # noqa: PLC0415

    generation = go_back(settings, ZoneInfo(settings.timezone))
    held = counted(generation.state().articles, "article")
    click.echo(f"generation {generation.name} serves again: {held}")


@click.command(name="take-over")
@click.pass_obj
def take_over(settings: Settings) -> None:
    """Make this machine the one that writes to an index on a cluster, in place of the one that did."""
    store = Store(settings.index)
    store.take_over()
    held = counted(store.current().state().articles, "article")
    click.echo(f"this machine writes to generation {store.current().name} from now on: {held}")


def index_facts(settings: Settings) -> dict[str, Any]:
    """The facts that ``status`` prints, by name."""
    store = Store(settings.index)
    store.follow()
    generation = store.current()
    manifest, state, before = generation.manifest(), generation.state(), store.before()
    engine = generation.engine()
    generation.check_analyzer()
    tombstones = Tombstones.load(store.root)
    size = _size(generation.folder) + sum(engine.size(generation.index_folder(index)) for index in INDEXES)
    return {
        "index": key_of(store.root),
        "generation": generation.name,
        "before": before.name if before else "",
        "engine": manifest.engine,
        "created": manifest.created,
        "committed": state.committed,
        "articles": state.articles,
        "comments": state.comments,
        "lexicon": len(generation.lexicon()),
        "unknown": state.unknown,
        "stories": state.stories,
        "bytes": size,
        "removed": sorted([*tombstones.articles, *("/".join(pair) for pair in tombstones.comments)]),
        "hints": [
            *hints(generation, settings),
            *(INTERRUPTED for each in store.unfinished()[:1] if is_noted(each)),
        ],
    }


def _size(folder: Path) -> int:
    """Bytes of the files below a folder; a merge may take files away meanwhile."""
    total = 0
    for file in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            total += file.stat().st_size if file.is_file() else 0
    return total


def _report(report: Report, as_json: bool) -> int:
    for row in report.mended[:LISTED]:
        click.echo(f"mended: {row['source']}: {row['what']}", err=True)
    if len(report.mended) > LISTED:
        click.echo(f"mended: {len(report.mended) - LISTED:,} more; --json names them all", err=True)
    for row in report.refused[:MOST_LISTED]:
        click.echo(f"refused: {row['source']}: {row['reason']}", err=True)
    if len(report.refused) > MOST_LISTED:
        click.echo(f"refused: {len(report.refused) - MOST_LISTED:,} more; --json names them all", err=True)
    for hint in report.hints:
        click.echo(f"hint: {hint}", err=True)
    if as_json:
        click.echo(orjson.dumps(report.to_dict(), option=orjson.OPT_INDENT_2))
    else:
        click.echo(sum_up(report))
    return SOME_REFUSED if report.refused else 0
