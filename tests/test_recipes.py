"""The recipes of CONTRIBUTING: their files are there, and a toy made by them works."""

from __future__ import annotations

import re
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.explain import explain
from kashshaf.analyzers.letters import AIN, GHAIN
from kashshaf.analyzers.lexicon import Lexicon
from kashshaf.analyzers.stemming import stemmer
from kashshaf.index.engine import open_engine
from kashshaf.index.engines.memory import MemoryEngine
from kashshaf.index.query import Search
from kashshaf.index.settings import ENGINES
from tests.conftest import ROOT
from tests.index.contract.bench import Bench, record, scored, term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kashshaf.analyzers.stemming.evidence import Evidence

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^\*\*([^*]+?)\.?\*\*(.*?)(?=^\*\*|\Z)", TEXT, re.MULTILINE | re.DOTALL))
SUFFIX = GHAIN + AIN
MOST = {"A step of the analysis": 3, "A rule of the stems": 4, "An engine": 4, "A setting": 2}
"""Files to touch beside the tests, where a recipe has come to a number worth holding."""


def files(recipe: str) -> list[str]:
    """The paths at the end of a recipe, without those of tests."""
    listed = re.search(r"^Files: (.*)", recipe, re.MULTILINE | re.DOTALL)
    return re.findall(r"`([\w/.]+)`", listed[1].split("tests")[0]) if listed else []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`([a-z_]+/[\w/.]+)`", TEXT))))
def test_files_of_recipes_are_there(path: str) -> None:
    assert (ROOT / path).exists() or "NAME" in path


@pytest.mark.parametrize("recipe", MOST)
def test_recipes_stay_short(recipe: str) -> None:
    assert 0 < len(files(RECIPES[recipe])) <= MOST[recipe]


@pytest.fixture
def _rule(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A rule of the stems, written and registered as the recipe says."""

    def plural_of_toys(word: str, evidence: Evidence) -> str | None:
        single = word.removesuffix(SUFFIX)
        return single if single != word and evidence.count(single) else None

    monkeypatch.setattr(stemmer, "STEPS", (plural_of_toys, *stemmer.STEPS))
    monkeypatch.setattr(stemmer, "ENDS", {**stemmer.ENDS, plural_of_toys: (AIN,)})
    stemmer.steps_for.cache_clear()
    yield
    stemmer.steps_for.cache_clear()


@pytest.mark.usefixtures("_rule")
def test_a_rule_of_the_stems_is_asked_and_explained() -> None:
    analyzer = Analyzer(Lexicon(lambda word: 90 if word == "قططظ" else 0))
    (token,) = explain(f"قططظ{SUFFIX}", analyzer)
    assert token.token.forms.stem == ("قططظ",)
    assert "plural_of_toys" in [step.rule for step in token.steps]


def test_an_engine_is_found_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kashshaf.index.engine.ENGINES", (*ENGINES, "toy"))
    monkeypatch.setitem(sys.modules, "kashshaf.index.engines.toy", SimpleNamespace(ENGINE=MemoryEngine()))
    bench = Bench(open_engine("toy"), tmp_path / "comments")
    bench.put(record("1", "a"), record("2", "b"))
    assert bench.ids(Search(term("a"), scored("a"))) == ["1"]
