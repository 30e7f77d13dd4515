"""What a command loads before it does its work: little, or people wait for it each time."""

from __future__ import annotations

import gc
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kashshaf.cli import COMMANDS, _module, cli
from tests.kashshaf.site import BRIDGE, Site

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    "flask",
    "rich",
    "tqdm",
    "httpx",
    "lxml",
    "simplemma",
    "whoosh",
    "tantivy",
    "gunicorn",
    "jinja2",
    "numpy",
}
LISTED = (
    "import runpy, sys, json\n"
    "sys.argv[0] = 'kashshaf'\n"
    "try: runpy.run_module('kashshaf', run_name='__main__')\n"
    "except SystemExit: pass\n"
    "print('\\n' + ' '.join(sys.modules))"
)


def loaded(*words: str) -> set[str]:
    """The modules that a command has loaded when it ends."""
    command = [sys.executable, "-W", "ignore", "-c", LISTED, *words]
    done = subprocess.run(command, capture_output=True, check=True)
    return set(done.stdout.decode().splitlines()[-1].split())


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["nonsense"]])
def test_the_list_of_commands_loads_none_of_them(words: list[str]) -> None:
    found = loaded(*words)
    assert not found & {*HEAVY, *(module for module, _ in COMMANDS.values()), "kashshaf.analyzers.arabic"}


@pytest.mark.parametrize("text", ["الجسر", "منطادات"])
def test_a_search_loads_only_what_it_needs(tmp_path: Path, text: str) -> None:
    site = Site(tmp_path)
    site.build(BRIDGE)
    found = loaded("--index", str(site.settings.index), "search", text)
    assert found & HEAVY == {"whoosh"}, "the engine of the index alone"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_line_of_a_command_begins_as_its_help_does(command: str) -> None:
    """Two texts about one thing: they must at least begin with the same word."""
    told = cli.get_command(cli.make_context("kashshaf", ["status"]), command)
    assert told is not None
    assert COMMANDS[command][1].split()[0] == str(told.help).split()[0]


def test_garbage_is_collected_again_after_an_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "module_of_a_test.py").write_text("import gc\ncollected = gc.isenabled()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        module = _module("module_of_a_test")
        assert (module.collected, gc.isenabled()) == (False, True)
        assert _module("module_of_a_test") is module
        with pytest.raises(ModuleNotFoundError):
            _module("no_such_module_of_a_test")
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        sys.modules.pop("module_of_a_test", None)
