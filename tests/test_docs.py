"""The docs tell the truth: every command, setting and parameter stands in them, and README's commands run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from kashshaf.cli import COMMANDS, cli
from kashshaf.index.settings import PREFIX, Settings
from kashshaf.search_app.query.parameters import PARAMETERS
from tests.conftest import ROOT, SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"| `{command}" in DOCS["operating.md"]
    assert cli.get_command(click.Context(cli), command) is not None


@pytest.mark.parametrize("row", fields(Settings), ids=lambda row: row.name)
def test_every_setting_is_documented_with_its_meaning(row: object) -> None:
    name, meaning = row.name, row.metadata["meaning"]  # type: ignore[attr-defined] # a dataclass field
    assert re.search(rf"\| `{name}` \|.*\| {re.escape(meaning)} \|", DOCS["settings.md"]), name
    assert PREFIX in DOCS["settings.md"]


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_parameter_is_documented_and_an_option(parameter: str) -> None:
    assert f"| `{parameter}` |" in DOCS["api.md"]
    command = cli.get_command(click.Context(cli), "search")
    assert command is not None
    options = {option for each in command.params for option in each.opts}
    assert parameter == "q" or f"--{parameter}" in options


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(each for extra in extras for each in extra)]
    listed = DOCS["dependencies.md"].lower()
    for requirement in wanted:
        name = re.split(r"[<>=\[]", requirement)[0]
        assert name.lower() in listed, name


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def command_lines(text: str) -> list[str]:
    return re.findall(r"^\.venv/bin/kashshaf (.*?)(?:\s+#.*)?$", text, re.MULTILINE)


COMMAND_LINES = command_lines(README)


def test_the_readme_in_arabic_shows_the_same_commands() -> None:
    assert command_lines((ROOT / "README.ar.md").read_text(encoding="utf-8")) == COMMAND_LINES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_named_in_the_docs_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"(?:^|`)(?:\.venv/bin/)?kashshaf ((?:[a-z]+)[^`\n#]*)", text, re.MULTILINE):
        name, *words = line.split()
        options = {option for each in _parameters(name, words) for option in each.opts + each.secondary_opts}
        for option in re.findall(r"(?<!\S)--[a-z][a-z-]+", line):
            assert option in options, f"{page.name}: kashshaf {line}"


def _parameters(name: str, words: list[str]) -> list[click.Parameter]:
    """The parameters of a command, or of the one below it that is named next."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None, f"kashshaf {name}"
    if isinstance(command, click.Group) and words:
        below = command.get_command(click.Context(command), words[0])
        assert below is not None, f"kashshaf {name} {words[0]}"
        return below.params
    return command.params


def test_readme_shows_the_commands() -> None:
    shown = {shlex.split(line)[0] for line in COMMAND_LINES}
    assert {"reindex", "index", "search", "serve", "remove", "status"} <= shown


def test_the_commands_of_the_readme_run_in_their_order(tmp_path: Path) -> None:
    articles = tmp_path / "my-articles"
    articles.symlink_to(SAMPLES / "articles")
    for line in COMMAND_LINES:
        words = ["sindyan-2018-0130" if word == "ID" else word for word in shlex.split(line)]
        if words[0] == "serve":
            continue  # tests/end_to_end/test_serving.py
        done = subprocess.run(
            [Path(sys.executable).parent / "kashshaf", *words], cwd=tmp_path, capture_output=True, check=False
        )
        assert done.returncode == 0, (line, done.stderr.decode())


def test_the_tree_of_the_architecture_has_every_folder() -> None:
    tree = DOCS["architecture.md"].split("## The tree")[1].split("## Two walks")[0]
    drawn: set[str] = set()
    above: list[str] = []
    for indent, folder in re.findall(r"^ {4}( *)([a-z_]+)/ ", tree, re.MULTILINE):
        above = [*above[: len(indent) // 2], folder]
        drawn.add("/".join(above))
    folders = [ROOT / package for package in ("analyzers", "index", "indexer", "search_app", "kashshaf")]
    assert drawn == {path for folder in folders for path in _packages(folder)} | {"bench"}


def _packages(folder: Path) -> Iterator[str]:
    """A folder and those below it that hold anything, by their paths; links to other packages are none."""
    for path in (folder, *folder.rglob("*")):
        own = path.is_dir() and path.name != "__pycache__" and not path.is_symlink()
        if own and any(each.name != "__pycache__" for each in path.iterdir()):
            yield path.relative_to(ROOT).as_posix()


def test_files_named_in_the_docs_are_there() -> None:
    for page, text in DOCS.items():
        for path in re.findall(
            r"`((?:analyzers|index|indexer|search_app|kashshaf|bench|tests)/[\w/.]+)`", text
        ):
            assert (ROOT / path).exists(), f"{page}: {path}"
