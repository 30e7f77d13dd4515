"""The command line: one group; each command's module is imported only when the command is called."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.errors import SettingsError, StoppedError, UsageError
from kashshaf.index.settings import load, use

if TYPE_CHECKING:
    from types import ModuleType

COMMANDS = {
    "reindex": ("kashshaf.indexer.cli", "Rebuild the whole index aside, then switch to it."),
    "index": ("kashshaf.indexer.cli", "Add new articles and update changed ones in place."),
    "remove": ("kashshaf.indexer.cli", "Take articles, or single comments, out for good."),
    "extract": ("kashshaf.indexer.cli", "Print what would be read from files, without indexing."),
    "profile": ("kashshaf.indexer.cli", "Draft a site profile from pages of the site."),
    "status": ("kashshaf.indexer.cli", "Say what the index holds, and what would better it."),
    "verify": ("kashshaf.indexer.cli", "Read the whole index and compare it with its manifest."),
    "rollback": ("kashshaf.indexer.cli", "Go back to the generation before."),
    "take-over": ("kashshaf.indexer.cli", "Make this machine the one that writes to an index on a cluster."),
    "export": ("kashshaf.indexer.moving.cli", "Write the whole content of the index to a file."),
    "import": ("kashshaf.indexer.moving.cli", "Build an index of the content that a file has."),
    "snapshot": ("kashshaf.indexer.moving.cli", "Copy the index as files, with checksums."),
    "restore": ("kashshaf.indexer.moving.cli", "Put a copy of the index into its place."),
    "keys": ("kashshaf.search_app.keys.cli", "Make, list and revoke keys to the API."),
    "search": ("kashshaf.search_app.cli", "Search, as the page and the API do."),
    "suggest": ("kashshaf.search_app.cli", "Complete what is typed with titles, names, phrases and words."),
    "similar": ("kashshaf.search_app.cli", "List the articles most like one."),
    "insights": ("kashshaf.search_app.cli", "Say what is searched, what finds nothing, and what is opened."),
    "analyze": ("kashshaf.search_app.cli", "Show how a text is understood, and why."),
    "embed": ("kashshaf.search_app.cli", "Print the tags that put the search box on another page."),
    "serve": ("kashshaf.search_app.cli", "Serve the search page and the API."),
    "evaluate": ("kashshaf.evaluate", "Judge the search on queries with known answers."),
    "bench": ("kashshaf.bench", "Measure how fast the parts are."),
}
"""The module of each command, and its line in the list of commands, which imports none of them."""
RENAMED = {"import": "import_", "take-over": "take_over"}
"""The function of a command by whose name Python knows none."""
ADDITIONS = "kashshaf.search_app.cli.additions"
"""Where the command that serves looks for what adds routes."""
FAILED, WRONG_USAGE, STOPPED, TERMINATED = 1, 2, 130, 143


class LazyGroup(click.Group):
    """A group that loads a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module; None for an unknown name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(_module(COMMANDS[cmd_name][0]), RENAMED.get(cmd_name, cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, by the table."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _module(name: str) -> ModuleType:
    """Import a module and all it needs: many objects, and no garbage, for which Python would look in vain.

    Nor has what is there by then to be looked through ever after: that took a tenth of a short command.
    """
    if name in sys.modules:
        return sys.modules[name]
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=LazyGroup, context_settings={"max_content_width": 100})
@click.option("--index", type=click.Path(path_type=Path), help="Folder of the index (default var/index).")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file (default kashshaf.toml).")
@click.version_option(package_name="kashshaf", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, index: Path | None, config: Path | None) -> None:
    """Kashshaf: search for Arabic news sites, their articles and their readers' comments."""
    ctx.obj = use(load(config, index=index))
    ctx.meta[ADDITIONS] = _additions


def _additions() -> list[Any]:
    """Functions that add the write API to a server, which knows nothing of the writing side."""
    from kashshaf.writing.routes import install  # noqa: PLC0415 - only one command serves

    return [install]


def main() -> None:
    """Run a command; every foreseeable failure is one line on standard error and an exit status."""
    terminated = []

    def terminate(*_: object) -> None:
        """End a command that the system asks to end as Ctrl-C does, tidily."""
        terminated.append(True)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, terminate)
    try:
        status: Any = cli.main(standalone_mode=False, prog_name="kashshaf")
    except (click.exceptions.Abort, KeyboardInterrupt):
        stopped = "stopped; what was committed before stays, nothing else was changed"
        _fail(stopped, TERMINATED if terminated else STOPPED)
    except StoppedError as error:
        _fail(str(error), TERMINATED if terminated else STOPPED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (UsageError, SettingsError) as error:
        _fail(str(error), WRONG_USAGE)
    except KashshafError as error:
        _fail(str(error), FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output went away
        sys.exit(0)
    except OSError as error:
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        _fail(f"{where}{error.strerror or error}; what was committed before stays", FAILED)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _fail(sentence: str, status: int) -> None:
    click.echo(f"kashshaf: {sentence}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
