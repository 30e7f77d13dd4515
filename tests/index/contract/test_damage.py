"""Damaged indexes, on every engine that keeps files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kashshaf.analyzers.errors import KashshafError
from kashshaf.index.engine import open_engine
from kashshaf.index.query import Search
from tests.index.contract.bench import Bench, record, scored, term
from tests.opensearch.cluster import KEPT

if TYPE_CHECKING:
    from pathlib import Path


OURS = {
    "whoosh": (
        "kashshaf.index.engines.whoosh.reader.WhooshReader._scores",
        "kashshaf.index.engines.whoosh.codec.document",
    ),
    "opensearch": (
        "kashshaf.index.engines.opensearch.reader.order",
        "kashshaf.index.engines.opensearch.writer.put_lines",
    ),
    "tantivy": (
        "kashshaf.index.engines.tantivy.reader.TopHits.page",
        "kashshaf.index.engines.tantivy.writer.document",
    ),
}
"""A function of ours that a search calls, and one that a writer calls."""


@pytest.mark.parametrize("name", KEPT)
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
            assert "kashshaf reindex" in str(error), (file.name, error)  # noqa: PT017 - a run may also survive the damage
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


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize(
    "bug", [KeyError("x"), TypeError("x"), AttributeError("x"), AssertionError("x")], ids=repr
)
def test_a_fault_of_the_program_is_not_told_as_damage(
    name: str, bug: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(open_engine(name), tmp_path / "comments")
    bench.put(record("1", "a"))

    def fail(*_: object) -> None:
        raise bug

    with bench.reader() as reader, monkeypatch.context() as patch:
        for ours in OURS[name]:
            patch.setattr(ours, fail)
        with pytest.raises(type(bug)):
            reader.search(Search(term("a"), scored("a")))
        with bench.engine.writer(bench.folder, "comments") as writer, pytest.raises(type(bug)):
            writer.put(record("2", "b"))
    assert bench.search(Search()).total == 1
