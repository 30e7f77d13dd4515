"""The commands ``search``, ``similar``, ``suggest``, ``insights``, ``analyze``, ``embed`` and ``serve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import orjson

from kashshaf.index.errors import UsageError
from kashshaf.index.settings import override
from kashshaf.search_app import terminal
from kashshaf.search_app.query.parameters import MAX_TEXT, PARAMETERS, REPEATABLE, read
from kashshaf.search_app.results.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashshaf.index.settings import Settings


_EXPLAIN = click.option("--explain", "p_explain", flag_value="1", help="Say of each hit why it is there.")
VERBATIM = f"{__name__}.verbatim"
ADDITIONS = f"{__name__}.additions"
"""Where the command line may put a function that returns what adds routes to the server's application."""


def _options(command: Callable[..., object]) -> Callable[..., object]:
    """An option for each parameter of a search but the query itself."""
    for name, meaning in reversed(PARAMETERS.items()):
        if name not in ("q", "explain"):
            option = click.option(f"--{name}", f"p_{name}", multiple=name in REPEATABLE, help=meaning + ".")
            command = option(command)
    return _EXPLAIN(command)


class QueryCommand(click.Command):
    """A command whose words are a query: all after ``--`` are, and so is a word with one hyphen before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep what stands after ``--`` from being read as options."""
        at = args.index("--") if "--" in args else len(args)
        ctx.meta[VERBATIM] = args[at + 1 :]
        return super().parse_args(ctx, args[:at])


@click.command(cls=QueryCommand, context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@_options
@click.option("--json", "as_json", is_flag=True, help="Print the API's response.")
@click.pass_context
def search(context: click.Context, /, query: tuple[str, ...], *, as_json: bool, **options: object) -> None:
    """Search, as the page and the API do. Without QUERY, list the newest."""
    settings: Settings = context.obj
    parameters = {"q": [_words(context, query)]}
    for name, value in options.items():
        values = list(value) if isinstance(value, tuple) else [value]
        if value is not None:
            parameters[name.removeprefix("p_")] = [str(each) for each in values]
    service = SearchService(settings)
    try:
        request = read(parameters, settings)
        response = service.search(request)
    finally:
        service.close()
    click.echo(
        orjson.dumps(response, option=orjson.OPT_INDENT_2)
        if as_json
        else terminal.response_text(request, response)
    )


@click.command(cls=QueryCommand, context_settings={"ignore_unknown_options": True})
@click.argument("prefix", nargs=-1, type=click.UNPROCESSED)
@click.option("--json", "as_json", is_flag=True, help="Print the API's response.")
@click.pass_context
def suggest(context: click.Context, /, prefix: tuple[str, ...], *, as_json: bool) -> None:
    """Complete PREFIX with titles, names, phrases and words of the index, likeliest first."""
    text = _words(context, prefix)
    if len(text) > MAX_TEXT:
        raise UsageError(f"the text is longer than {MAX_TEXT} characters; shorten it")
    service = SearchService(context.obj)
    try:
        found = service.suggest(text)
    finally:
        service.close()
    click.echo(
        orjson.dumps(found, option=orjson.OPT_INDENT_2) if as_json else terminal.suggestions_text(found)
    )


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print the API's response.")
@click.pass_obj
def similar(settings: Settings, /, article_id: str, *, as_json: bool) -> None:
    """List the articles most like the one with this ID, without its re-publications."""
    service = SearchService(settings)
    try:
        found = service.similar(article_id)
    finally:
        service.close()
    click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2) if as_json else terminal.similar_text(found))


@click.command(cls=QueryCommand, context_settings={"ignore_unknown_options": True})
@click.argument("text", nargs=-1, type=click.UNPROCESSED)
@click.option("--json", "as_json", is_flag=True, help="Print the tokens as JSON.")
@click.pass_context
def analyze(context: click.Context, /, text: tuple[str, ...], *, as_json: bool) -> None:
    """Show how TEXT is understood: each word at each level, the rules that made it so, and their evidence.

    The counts are those of the index, and where there is none those of the shipped list.
    """
    written = _words(context, text)
    if not text and not context.meta[VERBATIM]:
        raise UsageError("there is no text; say which: kashshaf analyze TEXT")
    service = SearchService(context.obj)
    try:
        found = service.analyse(written)
    finally:
        service.close()
    click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2) if as_json else terminal.analysis_text(found))


@click.command()
@click.option(
    "--days", default=30, show_default=True, type=click.IntRange(1, 3650), help="The last so many days."
)
@click.option("--forget", metavar="QUERY", help="Delete a query, as insights writes it, from the log.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
@click.pass_obj
def insights(settings: Settings, days: int, forget: str | None, *, as_json: bool) -> None:
    """Say what is searched, what finds nothing, and what is opened, by the log of searches."""
    # The log is a database, which only this command asks.
    from kashshaf.search_app.usage.forget import forget as forget_query  # noqa: PLC0415
    from kashshaf.search_app.usage.insights import insights as read_insights  # noqa: PLC0415
    from kashshaf.search_app.usage.text import insights_text  # noqa: PLC0415

    if forget is not None:
        rows = forget_query(settings.usage_file, forget)
        click.echo(f"deleted from the log: {rows} rows" if rows else "there is no such query in the log")
        return
    found = read_insights(settings.usage_file, days)
    text = insights_text(found, logs=settings.log_searches == "yes")
    click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2) if as_json else text)


def _words(context: click.Context, words: tuple[str, ...]) -> str:
    """The arguments of a command as one text; UsageError for an option it does not have."""
    for word in words:
        if word.startswith("--"):
            raise UsageError(f"there is no option {word}; see: kashshaf {context.info_name} --help")
    return " ".join([*words, *context.meta[VERBATIM]])


@click.command()
@click.argument("server", metavar="ADDRESS", default="https://search.example")
def embed(server: str) -> None:
    """Print the tags that put the search box on another page; ADDRESS is where readers reach this server.

    The first script is that of this version of Kashshaf alone, with the hash by which browsers check it.
    """
    from kashshaf.search_app.web.embed.script import tags  # noqa: PLC0415 - only this command needs the web

    click.echo(tags(server))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0: any.")
@click.option(
    "--workers", type=click.IntRange(1, 256), help="Worker processes; as many as processors by default."
)
@click.option(
    "--threads",
    default=32,
    show_default=True,
    type=click.IntRange(1, 256),
    help="Requests that a worker holds.",
)
@click.option("--prefix", metavar="PATH", help="Path below which a proxy shows everything, such as /search.")
@click.pass_context
def serve(
    context: click.Context, host: str, port: int, workers: int | None, threads: int, prefix: str | None
) -> None:
    """Serve the search page and the API with a production server."""
    from loky import cpu_count  # noqa: PLC0415 - it heeds what a container may use, and only this command asks

    from kashshaf.search_app.serving import server  # noqa: PLC0415 - only this command serves

    settings: Settings = context.obj
    if prefix is not None:
        settings = override(settings, prefix=prefix.rstrip("/"))
    additions = context.meta.get(ADDITIONS, tuple)()
    server.serve(settings, host, port, workers or cpu_count(), threads, additions)
