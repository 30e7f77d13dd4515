"""The tree: libraries stay in their place, files and functions stay short, everything is shipped.

That imports go down only, in no circle, is held by ``lint-imports`` (``make check``; pyproject.toml).
"""

from __future__ import annotations

import ast
import statistics
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGES = ("analyzers", "index", "indexer", "search_app", "kashshaf")
LIBRARIES = {
    "whoosh": ("analyzers/whoosh.py", "index/engines/whoosh/"),
    "tantivy": ("index/engines/tantivy/",),
}
"""Where an engine's library may be imported."""
ENVIRONMENT = ("index/settings.py",)
LONGEST_FILE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 350, 40, 6
"""Lines."""
FLAT, FLAT_ANALYZERS = 14, 20
"""Modules of one folder, at most; ``analyzers`` and its tests hold the rules of letters and words."""


def modules(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


MODULES = modules(*PACKAGES)


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
@pytest.mark.parametrize("library", LIBRARIES)
def test_an_engines_library_stays_in_its_place(library: str, path: Path) -> None:
    if not name(path).startswith(LIBRARIES[library]):
        assert not [module for module in imports(path) if module.split(".")[0] == library]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_the_settings_read_the_environment(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert name(path) in ENVIRONMENT or not ("os.environ" in source or "getenv" in source)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a module with their lengths, from ``def`` to the last line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("path", modules(*PACKAGES, "bench", "tests"), ids=name)
def test_files_and_functions_stay_short(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_FILE
    assert not [row for row in functions(path) if row[1] > LONGEST_FUNCTION]


@pytest.mark.parametrize("packages", [(*PACKAGES, "bench"), ("tests",)], ids=" ".join)
def test_half_of_the_functions_fit_in_six_lines(packages: tuple[str, ...]) -> None:
    lengths = [length for path in modules(*packages) for _, length in functions(path)]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION


FOLDERS = sorted({path.parent for path in modules(*PACKAGES, "bench", "tests")})


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_no_folder_is_a_drawer(folder: Path) -> None:
    flat = {*folder.glob("*.py")} - {folder / "__init__.py"}
    assert len(flat) <= (FLAT_ANALYZERS if folder.name == "analyzers" else FLAT)


def test_every_package_lies_below_kashshaf() -> None:
    for package in PACKAGES[:-1]:
        assert (ROOT / "kashshaf" / package).resolve() == ROOT / package


def test_every_data_file_is_shipped() -> None:
    shipped = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                folder = ".".join(("kashshaf", *path.relative_to(ROOT).parent.parts))
                patterns = [*shipped["*"], *shipped.get(folder, [])]
                assert any(path.match(pattern) for pattern in patterns), f"{name(path)} is not shipped"
