"""Command-line options: which sources to read, and how."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from kashshaf.index.errors import UsageError
from kashshaf.indexer.ingest.fetching import Fetching
from kashshaf.indexer.ingest.options import Options
from kashshaf.indexer.sources.fields import NAMES
from kashshaf.indexer.sources.reading import POSTS
from kashshaf.indexer.sources.source import DATABASES, WEB, Address, Query, Source, scheme

if TYPE_CHECKING:
    from kashshaf.index.settings import Settings
    from kashshaf.indexer.sources.reading import Columns

Command = TypeVar("Command", bound=Callable[..., Any])
_LARGEST_QUERY = 1_000_000
_TYPE = re.compile(r"[a-z0-9_-]{1,40}")


class SourceType(click.ParamType[Source]):
    """A file, a folder, ``-``, an address on the web, or that of a database."""

    name = "source"
    _path = click.Path(exists=True, allow_dash=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Source:
        """The source; a usage error for a file that is not there and for a scheme that cannot be read."""
        kind = scheme(value) if isinstance(value, str) and not Path(value).exists() else ""
        if kind in WEB:
            if "@" in value.split("/")[2]:
                self.fail("an address may have no name and password in it: they would stand in the index")
            return Address(value)
        if kind in DATABASES:
            return Query(value, "")
        if kind:
            self.fail(
                f"{kind}:// cannot be read; a source is a file, a folder, -, an address with"
                f" {' or '.join(WEB)}, or a database: {', '.join(DATABASES)}"
            )
        path: Path = self._path.convert(value, param, ctx)
        return path


SOURCE = SourceType()


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """The options of a command that reads sources, as they were given."""

    as_of: str | None
    profile: Path | None
    columns: Columns
    types: tuple[str, ...]
    query: Path | None
    comments_query: Path | None

    def sources(self, given: Sequence[Source]) -> list[Source]:
        """The sources, databases with their queries; raises UsageError where one has none."""
        databases = [source for source in given if isinstance(source, Query)]
        if databases and self.query is None:
            raise UsageError("a database needs --query: a file with the query whose rows are the articles")
        if not databases and (self.query or self.comments_query):
            raise UsageError("--query and --comments-query are for a database; none is among the sources")
        return [self._with_query(source) if isinstance(source, Query) else source for source in given]

    def _with_query(self, source: Query) -> Query:
        articles, comments = _statement(self.query), _statement(self.comments_query)
        label = self.query.stem if self.query else ""
        return replace(source, articles=articles, comments=comments, label=label)

    def options(
        self, settings: Settings, sources: Sequence[Source], *, saves: bool = False, relearn: bool = True
    ) -> Options:
        """The options of a run, with the settings for fetching.

        ``saves`` and ``relearn`` are as in :class:`kashshaf.indexer.profiles.library.ProfileLibrary`.
        """
        from kashshaf.indexer.profiles import profile_file  # noqa: PLC0415 - a file of another kind needs none
        from kashshaf.indexer.profiles.library import FOLDER, ProfileLibrary  # noqa: PLC0415

        forced = profile_file.load(self.profile) if self.profile else None
        profiles = ProfileLibrary(
            profile_file.shipped(), forced, settings.index / FOLDER, saves=saves, relearn=relearn
        )
        profiles.add_files([source for source in sources if isinstance(source, Path)])
        zone = ZoneInfo(settings.timezone)
        return Options(
            _moment(self.as_of, zone), zone, self.columns, self.types, _fetching(settings), profiles
        )


def _fetching(settings: Settings) -> Fetching:
    return Fetching(
        delay=settings.fetch_delay,
        seconds=settings.fetch_seconds,
        megabytes=settings.fetch_megabytes,
        private=settings.fetch_private == "yes",
        authorities=settings.fetch_ca,
        contact=settings.site_url,
        folder=settings.index,
    )


_QUERY = click.Path(exists=True, dir_okay=False, path_type=Path)
_OPTIONS = (
    click.option("--comments-query", metavar="F", type=_QUERY, help="File with the query of the comments."),
    click.option("--query", metavar="F", type=_QUERY, help="File with the query of a database's articles."),
    click.option(
        "--types", metavar="TYPES", help="Types of posts of a WordPress export: post,page (default post)."
    ),
    click.option(
        "--columns",
        metavar="FIELD=COLUMN,...",
        multiple=True,
        help="What fields are called in tables, JSON and queries: title=headline,body=content.",
    ),
    click.option(
        "--profile",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Read HTML pages by this site profile, whatever site they are of.",
    ),
    click.option(
        "--as-of", metavar="DATE", help="When the pages were saved: relative ages are counted back from it."
    ),
)
"""The last is the first that ``--help`` shows."""


def reading_options(command: Command) -> Command:
    """Add the options of reading sources to a command, which gets them as ``source_options``."""

    @functools.wraps(command)
    def with_source_options(
        *given: Any,
        as_of: str | None,
        profile: Path | None,
        columns: tuple[str, ...],
        types: str | None,
        query: Path | None,
        comments_query: Path | None,
        **others: Any,
    ) -> Any:
        chosen = SourceOptions(as_of, profile, tuple(_columns(columns)), _types(types), query, comments_query)
        return command(*given, source_options=chosen, **others)

    for option in _OPTIONS:
        with_source_options = option(with_source_options)
    return with_source_options  # type: ignore[return-value] # the options are taken off, which a type cannot say


def _moment(as_of: str | None, zone: ZoneInfo) -> datetime | None:
    if as_of is None:
        return None
    try:
        moment = datetime.fromisoformat(as_of.strip())
    except ValueError as error:
        message = f"--as-of cannot be {as_of!r}; write a date as 2024-03-24 or 2024-03-24T10:00:00+03:00"
        raise UsageError(message) from error
    if "T" not in as_of and ":" not in as_of:
        moment = datetime.combine(moment.date(), time(12))  # the middle of a day known only as a day
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _columns(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    for pair in (pair for each in given for pair in each.split(",") if pair.strip()):
        field, equals, column = (part.strip() for part in pair.partition("="))
        if field not in NAMES or not equals or not column:
            raise UsageError(
                f"--columns cannot be {pair.strip()!r}; write FIELD=COLUMN, where FIELD is one of"
                f" {', '.join(NAMES)}"
            )
        yield field, column


def _types(given: str | None) -> tuple[str, ...]:
    if given is None:
        return POSTS
    types = tuple(sorted({each.strip() for each in given.split(",")}))
    if not all(map(_TYPE.fullmatch, types)):
        raise UsageError(f"--types cannot be {given!r}; write types of posts as post,page")
    return types


def _statement(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        with file.open(encoding="utf-8-sig") as stream:
            statement = stream.read(_LARGEST_QUERY)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the query in {file} cannot be read: {error}") from error
    if not statement.strip():
        raise UsageError(f"there is no query in {file}")
    return statement
