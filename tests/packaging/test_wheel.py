"""The wheel: built from the sources, installed beside a Django project that has an ``index`` of its own."""

from __future__ import annotations

import email
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from functools import partial
from importlib.metadata import distribution
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT, SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.metadata import Distribution
    from pathlib import Path

LARGEST = 160 << 20
"""Bytes on disk of ``pip install .``, with the bytecode that pip makes: docs/dependencies.md."""
SOURCES = (
    "analyzers",
    "index",
    "indexer",
    "kashshaf",
    "search_app",
    "LICENSE",
    "README.md",
    "pyproject.toml",
)
SITE = """
from django.apps import AppConfig
class Index(AppConfig):
    name = "index"
"""
VIEW = """
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=["index"])
django.setup()
from django.apps import apps
import index.pages
import kashshaf.index.engine
from kashshaf import open_index
with open_index("built") as opened:
    print(apps.get_app_config("index").path)
    print(kashshaf.index.engine.__file__)
    print(opened.search("الجسر")["total"])
"""


def ran(folder: Path, *words: str | Path) -> str:
    """The output of a command in ``folder``, which imports nothing of the checkout."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network: what builds it is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        copy = partial(shutil.copytree, symlinks=True) if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    ran(folder, sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist")
    (built,) = (folder / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel, and the libraries of this one after it."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    own = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--quiet",
        "--python",
        folder / "bin" / "python",
        "install",
    ]
    ran(folder, *command, "--no-deps", "--no-compile", "--no-index", wheel)
    (own / "beside.pth").write_text(sysconfig.get_paths()["purelib"])
    return folder / "bin" / "python"


def test_all_that_is_installed_lies_below_one_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"kashshaf"}
    kinds = {name.rpartition(".")[2] for name in names if "/data/" in name or "/static/" in name}
    assert {"tsv", "txt", "css", "js", "woff2"} <= kinds


def test_the_wheel_passes_the_checks_of_an_index(wheel: Path) -> None:
    ran(wheel.parent, sys.executable, "-m", "twine", "check", "--strict", wheel)


def test_beside_a_django_project_with_its_own_index(python: Path, tmp_path: Path) -> None:
    app = tmp_path / "index"
    app.mkdir()
    (app / "__init__.py").write_text("")
    (app / "apps.py").write_text(SITE)
    (app / "pages.py").write_text("")
    (tmp_path / "view.py").write_text(VIEW, encoding="utf-8")
    ran(tmp_path, python, "-m", "kashshaf", "--index", "built", "reindex", SAMPLES)
    theirs, ours, total = ran(tmp_path, python, "view.py").split()
    assert theirs == str(app)
    assert ours.startswith(str(python.parents[1]))
    assert int(total) > 0


def test_what_is_installed_is_no_larger_than_it_says(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        own = sum(_blocks(each.file_size) for each in archive.infolist())
        (metadata,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        needed = email.message_from_bytes(archive.read(metadata)).get_all("Requires-Dist", [])
    found: dict[str, Distribution] = {}
    _follow(needed, found)
    assert {"flask", "lxml", "snowballstemmer"} <= found.keys()
    assert found.keys().isdisjoint({"babel", "simplemma"})
    files = {str(file.locate()) for each in found.values() for file in each.files or []}
    theirs = sum(_blocks(os.stat(file).st_size) for file in files if os.path.exists(file))  # noqa: PTH110, PTH116
    assert own + theirs < LARGEST


def _follow(needed: Iterable[str], found: dict[str, Distribution]) -> None:
    """Collect the distributions that requirements lead to, without extras that nobody asks for."""
    for requirement in map(Requirement, needed):
        name = canonicalize_name(requirement.name)
        marker = requirement.marker
        if name not in found and (marker is None or marker.evaluate({"extra": ""})):
            found[name] = distribution(name)
            _follow(found[name].requires or [], found)


def _blocks(size: int) -> int:
    """The bytes that a file takes on disk."""
    return -(-size // 4096) * 4096
