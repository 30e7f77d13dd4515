"""What the tree promises: imports go down, libraries stay in their place, everything is shipped."""

from __future__ import annotations

import ast
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BELOW = {
    "analyzers": set[str](),
    "index": {"analyzers"},
    "indexer": {"index", "analyzers"},
    "search_app": {"index", "analyzers"},
    "kashshaf": {"search_app", "indexer", "index", "analyzers"},
}
LIBRARIES = {
    "whoosh": ("analyzers/whoosh.py", "index/engines/whoosh/"),
    "tantivy": ("index/engines/tantivy/",),
}
"""Where an engine's library may be imported."""
ENVIRONMENT = ("index/settings.py",)
MODULES = [path for package in BELOW for path in sorted((ROOT / package).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield str(node.module)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_down_only(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    for module in imports(path):
        top = module.split(".")[0]
        assert top not in BELOW or top == package or top in BELOW[package], f"{name(path)} imports {module}"
        assert top != "tests"


@pytest.mark.parametrize("path", MODULES, ids=name)
@pytest.mark.parametrize("library", LIBRARIES)
def test_an_engines_library_stays_in_its_place(library: str, path: Path) -> None:
    if not name(path).startswith(LIBRARIES[library]):
        assert not [module for module in imports(path) if module.split(".")[0] == library]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_the_settings_read_the_environment(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert name(path) in ENVIRONMENT or not ("os.environ" in source or "getenv" in source)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_files_and_functions_stay_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


def test_every_package_is_shipped() -> None:
    listed = set(
        tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    )
    folders = {
        path.relative_to(ROOT).as_posix().replace("/", ".")
        for package in BELOW
        for path in [ROOT / package, *(ROOT / package).rglob("*")]
        if path.is_dir() and path.name != "__pycache__" and any(path.iterdir())
    }
    assert listed == folders


def test_every_data_file_is_shipped() -> None:
    shipped = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    for package in BELOW:
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                patterns = [*shipped["*"], *shipped.get(".".join(path.relative_to(ROOT).parent.parts), [])]
                assert any(path.match(pattern) for pattern in patterns), f"{name(path)} is not shipped"
