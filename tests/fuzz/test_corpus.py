"""Every case of the corpus is stood by its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fuzz import corpus
from tests.fuzz.targets import SECONDS, TARGETS, Target

if TYPE_CHECKING:
    from pathlib import Path

CASES = [(target, path) for target in TARGETS for path in corpus.files(target)]


@pytest.mark.parametrize(("target", "path"), CASES, ids=[f"{target}-{path.name}" for target, path in CASES])
def test_a_case_is_stood(target: str, path: Path) -> None:
    TARGETS[target].check(path.read_bytes())


def test_each_folder_is_of_a_target() -> None:
    assert {path.name for path in corpus.FOLDER.iterdir()} == set(TARGETS)


def test_a_case_that_is_found_is_kept_by_its_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "FOLDER", tmp_path)
    kept = [corpus.keep("query", raw) for raw in (b"a", b"b", b"a")]
    assert kept[0] == kept[2] != kept[1]
    assert sorted(corpus.cases("query")) == [b"a", b"b"]


def test_slowness_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, SECONDS + 1])
    monkeypatch.setattr("tests.fuzz.targets.time.process_time", lambda: next(clock))
    assert "it took 6.0 seconds" in Target(lambda _: None).fault(b"")
