"""The shipped script is what its modules make, and these are in order."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest

from bench.shipped.element import FOLDER, ORDER, SHIPPED, joined, made

LONGEST = 350
"""Lines of a file."""
DECLARED = re.compile(r"^(?:export )?(?:const|let|class|(?:async )?function) (\w+)", re.MULTILINE)
IMPORTED = re.compile(r'^import .* from "\./([\w.]+)";$', re.MULTILINE)


def _text(name: str) -> str:
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")


def test_what_is_shipped_is_what_the_modules_make() -> None:
    assert SHIPPED.read_text(encoding="utf-8") == made(), "run: python -m bench.shipped.element"


def test_the_order_has_every_module() -> None:
    assert {f"{name}.js" for name in ORDER} == {file.name for file in FOLDER.glob("*.js")} - {"licence.js"}


@pytest.mark.parametrize("name", ORDER)
def test_a_module_imports_only_what_stands_before_it(name: str) -> None:
    imported = [file for file in IMPORTED.findall(_text(name)) if file != "style.css"]
    before = ORDER[: ORDER.index(name)]
    assert {PurePosixPath(file).stem for file in imported} <= set(before)


def test_no_two_modules_declare_one_name() -> None:
    declared = [each for name in ORDER for each in DECLARED.findall(_text(name))]
    assert sorted(declared) == sorted(set(declared))


def test_nothing_of_the_modules_is_left_over() -> None:
    whole = joined("")
    assert re.search(r"^(import|export) ", whole, re.MULTILINE) is None
    assert whole.count("class ") >= 8


@pytest.mark.parametrize("name", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("])
def test_no_text_becomes_markup_or_program(name: str) -> None:
    assert name not in joined("")


@pytest.mark.parametrize("file", sorted(FOLDER.iterdir()), ids=lambda file: file.name)
def test_files_stay_short(file: PurePosixPath) -> None:
    assert (FOLDER / file.name).read_text(encoding="utf-8").count("\n") <= LONGEST
