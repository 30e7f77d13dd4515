"""The commands ``search``, ``suggest``, ``analyze`` and ``serve``."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import click
import orjson

from analyzers.errors import KashshafError
from index.errors import UsageError
from search_app import terminal
from search_app.query.parameters import MAX_TEXT, PARAMETERS, REPEATABLE, read
from search_app.results.service import SearchService

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.settings import Settings


SERVER: dict[str, Any] = {
    "ident": "kashshaf",
    "connection_limit": 1000,  # idle ones must not keep others out
    "channel_timeout": 30,
    "max_request_body_size": 1 << 16,  # nothing is ever sent to us
}
VERBATIM = f"{__name__}.verbatim"


def _options(command: Callable[..., object]) -> Callable[..., object]:
    """An option for each parameter of a search but the query itself."""
    for name, meaning in reversed(PARAMETERS.items()):
        if name != "q":
            option = click.option(f"--{name}", f"p_{name}", multiple=name in REPEATABLE, help=meaning + ".")
            command = option(command)
    return command


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


def _words(context: click.Context, words: tuple[str, ...]) -> str:
    """The arguments of a command as one text; UsageError for an option it does not have."""
    for word in words:
        if word.startswith("--"):
            raise UsageError(f"there is no option {word}; see: kashshaf {context.info_name} --help")
    return " ".join([*words, *context.meta[VERBATIM]])


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0: any.")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 256), help="Worker threads.")
@click.pass_obj
def serve(settings: Settings, host: str, port: int, threads: int) -> None:
    """Serve the search page and the API with a production server."""
    from waitress import create_server  # noqa: PLC0415 - only this command serves

    from search_app.web.app import create_app  # noqa: PLC0415

    service = SearchService(settings)
    service.warm_up()
    app = create_app(service, settings)
    try:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line for each request that waits
        server = create_server(app, host=host, port=port, threads=threads, **SERVER)
    except (OSError, ValueError) as error:
        raise KashshafError(
            f"cannot listen on {host}:{port}: {error}; choose another with --host or --port"
        ) from error
    click.echo(f"http://{server.effective_host}:{server.effective_port}/  (Ctrl-C stops)")
    server.run()
