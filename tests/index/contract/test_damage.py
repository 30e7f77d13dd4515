"""Damaged indexes, on every engine that keeps files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from analyzers.errors import KashshafError
from index.engine import open_engine
from index.query import Search
from tests.index.contract.bench import Bench, record, scored, term
from tests.index.contract.conftest import ENGINES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "memory"])
@pytest.mark.parametrize("damage", ["cut", "emptied", "removed", "noise"])
def test_a_damaged_index_is_an_error_that_says_reindex(name: str, damage: str, tmp_path: Path) -> None:
    bench = Bench(open_engine(name), tmp_path / "comments")
    bench.put(*(record(str(number), f"a b{number} c", source="s") for number in range(50)))
    for file in sorted(bench.folder.iterdir()):
        whole = file.read_bytes()
        _damage(file, damage, whole)
        try:
            with bench.reader() as reader:
                reader.search(Search(term("a"), scored("a")))
                list(reader.scan())
                reader.values("source")
        except KashshafError as error:
            assert "reindex" in str(error), (file.name, error)  # noqa: PT017 - a run may also survive the damage
        file.write_bytes(whole)
    assert bench.search(Search()).total == 50


def _damage(file: Path, damage: str, whole: bytes) -> None:
    match damage:
        case "cut":
            file.write_bytes(whole[: len(whole) // 2])
        case "emptied":
            file.write_bytes(b"")
        case "removed":
            file.unlink()
        case "noise":
            file.write_bytes(os.urandom(len(whole)))
